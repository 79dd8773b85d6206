import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { UnsafeConfigurationError } from '../core/errors';

/** Both halves of a request identity. */
export interface IdentityKey {
  /** PKCS#8 PEM of the Ed25519 key that the server signs its requests to services with. A secret. */
  readonly privateKeyPem: string;
  /** What services are given to verify those signatures with: `publickeyv1_...`. Public. */
  readonly publicKey: string;
}

const PREFIX = 'publickeyv1_';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const PUBLIC_KEY = new RegExp(`^${PREFIX}[${BASE58}]{32,44}$`);

/** Makes a new pair. Nothing is written anywhere. */
export function generateIdentityKey(): IdentityKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: publicKeyText(createPublicKey(privateKey)),
  };
}

/**
 * The public half of a private key, as the server itself prints it at start.
 *
 * @param privateKeyPem PKCS#8 PEM of an Ed25519 key
 * @throws UnsafeConfigurationError `IdentityKeyInvalid`; the message holds nothing of what was given
 */
export function publicKeyOf(privateKeyPem: string): string {
  let key: KeyObject;
  try {
    key = createPublicKey(privateKeyPem);
  } catch {
    throw identityKeyInvalid('it is no PEM that holds a key');
  }
  if (!privateKeyPem.includes('-----BEGIN PRIVATE KEY-----')) throw identityKeyInvalid('it is no PKCS#8 private key');
  if (key.asymmetricKeyType !== 'ed25519') {
    throw identityKeyInvalid(`it is a key of type ${key.asymmetricKeyType}, and the server accepts Ed25519 alone`);
  }
  return publicKeyText(key);
}

/**
 * Refuses what is no public half of a request identity, above all a private one pasted in its place.
 *
 * @param what the name of the option that it was given as
 * @throws UnsafeConfigurationError `PublicKeyInvalid`; the message holds nothing of what was given
 */
export function assertPublicKey(publicKey: string, what = 'identity.publicKey'): void {
  if (!PUBLIC_KEY.test(publicKey) || fromBase58(publicKey.slice(PREFIX.length)).length !== 32) {
    throw new UnsafeConfigurationError({
      code: 'PublicKeyInvalid',
      given: `${what} is not the public half of a request identity`,
      because: 'services could not verify the server with it, and would answer nobody or everybody',
      write: "give what `portcullis identity-key` prints as the public key: 'publickeyv1_...'",
    });
  }
}

function publicKeyText(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  return PREFIX + toBase58(Buffer.from(String(x), 'base64url'));
}

function toBase58(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; rest > 0n; rest /= 58n) text = BASE58.charAt(Number(rest % 58n)) + text;
  return BASE58.charAt(0).repeat(leading(bytes, 0)) + text;
}

function fromBase58(text: string): Buffer {
  const value = text.split('').reduce((sum, digit) => sum * 58n + BigInt(BASE58.indexOf(digit)), 0n);
  const hex = value === 0n ? '' : value.toString(16);
  const zeros = Buffer.alloc(leading(text, BASE58.charAt(0)));
  return Buffer.concat([zeros, Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')]);
}

/** How many items at the start equal `item`. Base58 keeps leading zero bytes as leading ones. */
function leading<T>(items: Iterable<T>, item: T): number {
  let count = 0;
  for (const each of items) {
    if (each !== item) break;
    count += 1;
  }
  return count;
}

function identityKeyInvalid(because: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'IdentityKeyInvalid',
    given: 'the request identity key cannot be used',
    because,
    write: 'make one with `portcullis identity-key`, or `openssl genpkey -algorithm ed25519`',
  });
}
