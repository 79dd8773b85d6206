import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { assertPublicKey, generateIdentityKey, publicKeyOf } from '../../lib/restate/request-identity';
import { refusal } from '../core/refusal';

describe('a request identity', () => {
  test('is made as a PKCS#8 PEM and the public half of the same key', () => {
    const { privateKeyPem, publicKey } = generateIdentityKey();

    expect(privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n[^-]+\n-----END PRIVATE KEY-----\n$/);
    expect(publicKey).toMatch(/^publickeyv1_[1-9A-HJ-NP-Za-km-z]{32,44}$/);
    expect(publicKeyOf(privateKeyPem)).toBe(publicKey);
    expect(() => assertPublicKey(publicKey)).not.toThrow();
  });

  test('is another one each time', () => {
    expect(generateIdentityKey().publicKey).not.toBe(generateIdentityKey().publicKey);
  });

  test('may come from openssl', () => {
    const pem = execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519'], { encoding: 'utf8' });

    expect(() => assertPublicKey(publicKeyOf(pem))).not.toThrow();
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' });
  const { privateKeyPem } = generateIdentityKey();
  const publicPem = createPublicKey(privateKeyPem).export({ format: 'pem', type: 'spki' });

  test.each([
    ['an RSA key', rsa.toString()],
    ['the public half', publicPem.toString()],
    ['half a file', privateKeyPem.slice(0, 60)],
    ['no PEM', 'hunter2'],
    ['nothing', ''],
  ])('is refused as %s, without showing it', (_, pem) => {
    const { code, message } = refusal(() => publicKeyOf(pem));

    expect(code).toBe('IdentityKeyInvalid');
    expect(message).not.toContain(pem.slice(30, 60) || 'hunter2');
  });

  test.each([
    ['a private key', privateKeyPem],
    ['the key without its prefix', generateIdentityKey().publicKey.slice('publickeyv1_'.length)],
    ['a key that is too short', 'publickeyv1_1111'],
    ['a key of 33 bytes', `publickeyv1_${'z'.repeat(44)}`],
    ['letters that base58 does not have', `publickeyv1_${'0'.repeat(43)}`],
    ['a token', '${Token[TOKEN.1]}'],
  ])('is refused as the public half when it is %s, without showing it', (_, publicKey) => {
    const { code, message } = refusal(() => assertPublicKey(publicKey));

    expect(code).toBe('PublicKeyInvalid');
    expect(message).not.toContain(publicKey);
  });
});
