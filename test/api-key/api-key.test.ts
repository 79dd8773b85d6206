import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describeApiKey, signApiKey } from '../../lib/api-key/api-key';
import { generateSigningKey, privatePem, readSigningKey } from '../../lib/api-key/signing-key';
import { API_KEY_ISSUER } from '../../lib/core/api-keys-auth';
import { refusal } from '../core/refusal';

const NOW = Date.parse('2026-11-22T12:00:00.500Z');
const REQUEST = { name: 'shop', audiences: ['restate.example.com'], scopes: ['b', 'a', 'b'], days: 90 };

describe('an API key', () => {
  test('says what the registry says of it, to whoever has the public half of its signing key', async () => {
    const signingKey = await generateSigningKey();
    const described = describeApiKey(REQUEST, signingKey, NOW);
    const key = await signApiKey(described, signingKey);
    const keys = createLocalJWKSet({ keys: [signingKey.publicJwk] });
    const currentDate = new Date(NOW);
    const { payload } = await jwtVerify(key, keys, {
      issuer: API_KEY_ISSUER,
      audience: 'restate.example.com',
      currentDate,
    });

    expect(payload).toEqual({
      iss: API_KEY_ISSUER,
      aud: ['restate.example.com'],
      sub: 'shop',
      jti: described.id,
      scope: 'a b',
      iat: NOW / 1_000 - 0.5,
      exp: NOW / 1_000 - 0.5 + 90 * 86_400,
    });
    expect(decodeProtectedHeader(key)).toEqual({ alg: 'ES256', kid: signingKey.publicJwk.kid, typ: 'JWT' });
    expect(described).toMatchObject({ created: '2026-11-22T12:00:00Z', expires: '2027-02-20T12:00:00Z' });
  });

  test('has another id each time', async () => {
    const signingKey = await generateSigningKey();
    const ids = Array.from({ length: 20 }, () => describeApiKey(REQUEST, signingKey, NOW).id);
    expect(new Set(ids).size).toBe(20);
  });

  test.each([
    ['of two words', { name: 'the shop' }, 'ApiKeyNameInvalid'],
    ['without a name', { name: '' }, 'ApiKeyNameInvalid'],
    ['for a pattern of hosts', { audiences: ['*.example.com'] }, 'HostnameInvalid'],
    ['for nothing', { audiences: [] }, 'HostnameInvalid'],
    ['with two scopes in one', { scopes: ['a b'] }, 'ScopeInvalid'],
    ['of no days', { days: 0 }, 'DurationOutOfRange'],
    ['of half a day', { days: 0.5 }, 'DurationOutOfRange'],
    ['of ten years', { days: 3_650 }, 'DurationOutOfRange'],
    ['of no number of days', { days: Number.NaN }, 'DurationOutOfRange'],
  ])('%s is not made', async (_what, change, code) => {
    const signingKey = await generateSigningKey();
    expect(refusal(() => describeApiKey({ ...REQUEST, ...change }, signingKey, NOW)).code).toBe(code);
  });
});

describe('a signing key', () => {
  test('is the same when it is read again, and names itself by its thumbprint', async () => {
    const key = await generateSigningKey();
    const again = await readSigningKey(privatePem(key), 'a test');
    expect(again.publicJwk).toEqual(key.publicJwk);
    expect(key.publicJwk).not.toHaveProperty('d');
    expect((await generateSigningKey()).publicJwk.kid).not.toBe(key.publicJwk.kid);
  });

  test.each(['', 'nonsense', '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----'])(
    'is not %j, and the message does not repeat it',
    async (pem) => {
      const said = await readSigningKey(pem, 'a test').then(
        () => 'it was read',
        (error: Error) => error.message,
      );
      expect(said).toMatch(/the signing key of a test cannot be used.*\[SigningKeyInvalid\]$/);
      expect(said).not.toContain('c2VjcmV0');
    },
  );
});
