import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { TokenOverrides } from '../../../lib/prove/deployment';
import { RunIssuer } from '../../../lib/prove/issuer/run-issuer';

const issuer = new RunIssuer({ issuer: 'https://login.example.com/', audience: 'orders' });

function verify(token: string, jwks: string = issuer.jwks) {
  const keys = createLocalJWKSet(JSON.parse(jwks) as Parameters<typeof createLocalJWKSet>[0]);
  return jwtVerify(token, keys, {
    issuer: 'https://login.example.com/',
    audience: 'orders',
    requiredClaims: ['exp', 'iat'],
  });
}

test.each<[string, TokenOverrides | undefined]>([
  ['by default', undefined],
  ['with ES256', { header: { alg: 'ES256' } }],
  ['with claims of its own', { claims: { scope: 'read' } }],
  ['without a key id of its own', { header: { kid: undefined, alg: 'RS256' } }],
])('a token is good in every respect %s', async (_name, overrides) => {
  const { payload } = await verify(issuer.token(overrides));
  expect(payload).toMatchObject({ sub: 'portcullis-caller', ...overrides?.claims });
});

test.each<[string, TokenOverrides]>([
  ['signed by somebody else', { signature: 'foreign' }],
  ['signed by somebody else with ES256', { signature: 'foreign', header: { alg: 'ES256' } }],
  ['not signed', { signature: 'none' }],
  ['not signed but said to be', { signature: 'none', header: { alg: 'RS256' } }],
  ['keyed with the public key', { signature: 'hmac-public-key' }],
  ['of another algorithm of the same key', { header: { alg: 'RS384' } }],
  ['of a padding that the key set does not name', { header: { alg: 'PS256' } }],
  ['for another audience', { claims: { aud: 'other' } }],
  ['of another issuer', { claims: { iss: 'https://evil.example.com/' } }],
  ['expired', { claims: { exp: 1 } }],
  ['not yet valid', { claims: { nbf: 4_000_000_000 } }],
  ['without an expiry', { claims: { exp: undefined } }],
])('a token that is %s is refused', async (_name, overrides) => {
  await expect(verify(issuer.token(overrides))).rejects.toThrow();
});

test('a foreign token has the names of the good one and is good for the foreign key set alone', async () => {
  const foreign = issuer.token({ signature: 'foreign' });
  expect(decodeProtectedHeader(foreign)).toEqual(decodeProtectedHeader(issuer.token()));
  await expect(verify(foreign, issuer.foreignJwks)).resolves.toBeDefined();
  await expect(verify(issuer.token(), issuer.foreignJwks)).rejects.toThrow();
});

test.each(['RS384', 'RS512', 'PS256'])(
  'a token signed with %s is only refused for the algorithm that its key names',
  async (alg) => {
    const { keys } = JSON.parse(issuer.jwks) as { keys: Record<string, unknown>[] };
    const unnamed = JSON.stringify({ keys: keys.map(({ alg: _alg, ...key }) => key) });
    await expect(verify(issuer.token({ header: { alg } }), unnamed)).resolves.toBeDefined();
  },
);

test('no private key leaves by the key sets', () => {
  for (const jwks of [issuer.jwks, issuer.foreignJwks]) expect(jwks).not.toMatch(/"(d|p|q|dp|dq|qi)":/);
});
