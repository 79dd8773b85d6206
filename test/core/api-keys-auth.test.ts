import { apiKeysAuth } from '../../lib/core/api-keys-auth';
import { refusal } from './refusal';
import { signingKey } from './signing-key';

const { jwk } = signingKey();
const JWKS = { keys: [jwk] };

function refused(change: object): { code: string; message: string } {
  return refusal(() => apiKeysAuth({ jwks: JWKS, ...change }));
}

describe('API keys', () => {
  test('are verified with public keys, revoke none and end after 90 days at most when nothing is said', () => {
    expect(apiKeysAuth({ jwks: JWKS })).toEqual({
      method: 'apiKeys',
      jwks: JWKS,
      revoked: [],
      maxLifetimeSeconds: 7_776_000,
    });
  });

  test('name each revoked id once, in one order, and keep no hold on what was given', () => {
    const revoked = ['key-bbbbb', 'key-aaaaa', 'key-bbbbb'];
    const auth = apiKeysAuth({ jwks: JWKS, revoked });
    revoked.push('key-ccccc');

    expect(auth.revoked).toEqual(['key-aaaaa', 'key-bbbbb']);
    expect(() => Object.assign(auth, { revoked: [] })).toThrow(TypeError);
  });

  test.each([
    ['no keys', { jwks: undefined }],
    ['an empty list', { jwks: { keys: [] } }],
    ['a private key', { jwks: { keys: [{ ...jwk, d: 'AA' }] } }],
    ['a key without kid, which could not be rotated', { jwks: { keys: [{ ...jwk, kid: undefined }] } }],
    ['a key of another algorithm', { jwks: { keys: [{ ...jwk, alg: 'ES384' }] } }],
    ['a key of no algorithm', { jwks: { keys: [{ ...jwk, alg: undefined }] } }],
  ])('refuse %s', (_, change) => {
    expect(refused(change).code).toBe('JwksInvalid');
  });

  test('refuse a key for encryption, and one of RSA', () => {
    const rsa = { kty: 'RSA', alg: 'RS256', kid: 'k', n: 'AQAB', e: 'AQAB' };

    expect(refused({ jwks: { keys: [{ ...jwk, use: 'enc' }] } }).code).toBe('JwksInvalid');
    expect(refused({ jwks: { keys: [rsa] } }).code).toBe('JwksInvalid');
  });

  test.each([[''], ['short'], ['a b c d e f'], ['x'.repeat(65)], ['key/1234567'], [7], [undefined], [{}]])(
    'refuse to revoke %j',
    (id) => {
      expect(refused({ revoked: [id] }).code).toBe('ApiKeyIdInvalid');
    },
  );

  test('do not repeat a key that was given in place of its id', () => {
    const key = signingKey().token({ sub: 'warehouse' });
    const { code, message } = refused({ revoked: [key] });

    expect(code).toBe('ApiKeyIdInvalid');
    expect(message).not.toContain(key.slice(0, 20));
  });

  test.each([59, 31_622_401, 60.5, NaN])('refuse a longest life of %d seconds', (maxLifetimeSeconds) => {
    expect(refused({ maxLifetimeSeconds }).code).toBe('DurationOutOfRange');
  });

  test('refuse a token as an id, and an option that nobody would read', () => {
    expect(refused({ revoked: ['${Token[TOKEN.1]}'] }).code).toBe('ValueNotConcrete');
    expect(refused({ audiences: ['orders'] }).code).toBe('OptionUnknown');
  });
});
