import { generateKeyPairSync } from 'node:crypto';
import { assertPublicJwk, type PublicJwk } from '../../lib/core/public-jwk';
import { refusal } from './refusal';
import { signingKey } from './signing-key';

const { jwk, privateKey } = signingKey();
const rsa = (modulusLength: number): PublicJwk =>
  generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' }) as PublicJwk;
const ed25519 = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as PublicJwk;

describe('a signing key of an issuer', () => {
  test.each([
    ['ES256', jwk],
    ['RS256', { ...rsa(2048), alg: 'RS256', use: 'sig' }],
    ['EdDSA', { ...ed25519, alg: 'EdDSA' }],
  ])('may be one of %s', (_, key) => {
    expect(() => assertPublicJwk(key)).not.toThrow();
  });

  test.each<[string, PublicJwk]>([
    ['the private half', { ...(privateKey.export({ format: 'jwk' }) as PublicJwk), alg: 'ES256' }],
    ['a shared secret', { kty: 'oct', k: 'c2VjcmV0', alg: 'HS256' }],
    ['a key without an algorithm', { ...jwk, alg: undefined }],
    ['a symmetric algorithm', { ...jwk, alg: 'HS256' }],
    ['no algorithm at all', { ...jwk, alg: 'none' }],
    ['the name of a method', { ...jwk, alg: 'constructor' }],
    ['an algorithm of another type of key', { ...jwk, alg: 'RS256' }],
    ['an algorithm of another curve', { ...jwk, alg: 'ES384' }],
    ['a key for encryption', { ...jwk, use: 'enc' }],
    ['a key with a piece missing', { kty: 'EC', crv: 'P-256', x: jwk['x'], alg: 'ES256' }],
    ['a point that is not on its curve', { ...jwk, y: jwk['x'] }],
    ['an RSA key of 1024 bits', { ...rsa(1024), alg: 'RS256' }],
  ])('is never %s', (_, key) => {
    expect(refusal(() => assertPublicJwk(key)).code).toBe('JwksInvalid');
  });

  test.each([null, undefined, '-----BEGIN PRIVATE KEY-----\nMIGH'])('is never %j, which no message repeats', (key) => {
    const { code, message } = refusal(() => assertPublicJwk(key as never));

    expect(code).toBe('JwksInvalid');
    expect(message).not.toContain('PRIVATE');
  });

  test.each(['kid', 'x5t'])('is known at synthesis, its %s too', (member) => {
    expect(refusal(() => assertPublicJwk({ ...jwk, [member]: '${Token[TOKEN.1]}' })).code).toBe('ValueNotConcrete');
  });

  test('shows none of its private members when it is refused', () => {
    const key: PublicJwk = { ...(privateKey.export({ format: 'jwk' }) as PublicJwk), alg: 'ES256' };
    const { message } = refusal(() => assertPublicJwk(key));

    expect(message).toContain('"members":["d"]');
    expect(message).not.toContain(key['d']);
  });
});
