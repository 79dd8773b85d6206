import { createLocalJWKSet, jwtVerify } from 'jose';
import { RunIssuer } from '../../../lib/prove/issuer/run-issuer';
import { RunKeySets } from '../../../lib/prove/issuer/run-key-sets';

const inline = (jwks: string) => ({ keys: { kind: 'inline', jwks } as const });
const EC = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', alg: 'ES256', kid: 'a' }] });
const RSA = JSON.stringify({ keys: [{ kty: 'RSA', kid: 'b' }] });

test('equal key sets get the same keys, and others keys of their own', () => {
  const sets = new RunKeySets();
  expect(sets.of(inline(EC))).toBe(sets.of(inline(EC)));
  expect(sets.of(inline(RSA))).not.toBe(sets.of(inline(EC)));
  expect(sets.replacement(EC)).toBe(sets.replacement(EC));
});

test.each([
  [EC, ['ES256']],
  [RSA, ['RS256']],
  ['no key set', ['RS256', 'ES256']],
])('the keys in place of %s have its algorithms and no other', (jwks, algorithms) => {
  const { keys } = JSON.parse(new RunKeySets().replacement(jwks)) as { keys: { alg: string }[] };
  expect(keys.map(({ alg }) => alg)).toEqual(algorithms);
});

test('a token is signed by a key of the set, with the scope that it is to have', async () => {
  const sets = new RunKeySets();
  const keys = sets.of(inline(EC));
  const issuer = new RunIssuer({ issuer: 'urn:keys', audience: 'api.example.com', keys, scope: 'cart:write' });
  const set = createLocalJWKSet(JSON.parse(sets.replacement(EC)) as Parameters<typeof createLocalJWKSet>[0]);
  const { payload, protectedHeader } = await jwtVerify(issuer.token(), set, { audience: 'api.example.com' });
  expect(protectedHeader.alg).toBe('ES256');
  expect(payload).toMatchObject({ iss: 'urn:keys', scope: 'cart:write', jti: expect.any(String) });
  await expect(jwtVerify(issuer.token({ signature: 'foreign' }), set)).rejects.toThrow();
  await expect(jwtVerify(issuer.token({ signature: 'hmac-public-key' }), set)).rejects.toThrow();
});
