import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { concrete } from './concrete';
import { quote, UnsafeConfigurationError } from './errors';

/** A public JSON Web Key. Private members (`d`, `p`, `q`, `k` ...) are refused. */
export interface PublicJwk {
  readonly kty: string;
  readonly alg?: string;
  readonly kid?: string;
  readonly [member: string]: unknown;
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const LEAST_RSA_BITS = 2048;

/** What each algorithm needs of a key: its type, and the curve where it has one. */
const ALGORITHMS: Readonly<Record<string, { readonly kty: string; readonly crv?: string }>> = {
  RS256: { kty: 'RSA' },
  RS384: { kty: 'RSA' },
  RS512: { kty: 'RSA' },
  PS256: { kty: 'RSA' },
  PS384: { kty: 'RSA' },
  PS512: { kty: 'RSA' },
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
};

/**
 * Refuses keys that are private, unusable, weak, or that would verify more than one algorithm.
 *
 * @throws UnsafeConfigurationError `JwksInvalid`, `ValueNotConcrete`; the message never holds private key material
 */
export function assertPublicJwk(key: PublicJwk): void {
  if (typeof key !== 'object' || key === null) {
    throw invalid({ type: typeof key }, 'it is no JSON Web Key', 'copy the whole key from the issuer');
  }
  const secret = PRIVATE_MEMBERS.filter((member) => key[member] !== undefined);
  if (key.kty === 'oct' || secret.length > 0) {
    throw invalid({ kty: key.kty, members: secret }, 'it holds private key material', 'export the public half alone');
  }
  for (const [member, value] of Object.entries(key)) concrete(`jwks key member ${quote(member)}`, value);
  const { kty, kid, alg, use } = key;
  const needs = alg !== undefined && Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
  if (needs === undefined) {
    throw invalid(
      { kty, kid, alg },
      'a key without one stated asymmetric algorithm accepts tokens of several',
      `give it one "alg" of ${Object.keys(ALGORITHMS).join(', ')}`,
    );
  }
  if (use !== undefined && use !== 'sig') {
    throw invalid({ kty, kid, use }, 'it is not meant for signatures', 'state the signing keys alone');
  }
  if (kty !== needs.kty || key['crv'] !== needs.crv) {
    throw invalid(
      { kty, kid, alg, crv: key['crv'] },
      'its type does not fit its algorithm',
      'take both from the issuer',
    );
  }
  assertStrong(key);
}

/**
 * The keys that tokens are verified with: at least one, each public, strong and of one algorithm; copies.
 *
 * @throws UnsafeConfigurationError `JwksInvalid`, `ValueNotConcrete`
 */
export function publicKeys(keys: readonly PublicJwk[]): readonly PublicJwk[] {
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new UnsafeConfigurationError({
      code: 'JwksInvalid',
      given: `jwks keys ${quote(keys)}`,
      because: 'without keys no token can be verified',
      write: 'state at least one public key: jwks: { keys: [...] }',
    });
  }
  keys.forEach(assertPublicJwk);
  return keys.map((key) => ({ ...key }));
}

function assertStrong(key: PublicJwk): void {
  const { kty, kid, alg } = key;
  let parsed: KeyObject;
  try {
    parsed = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
  } catch {
    throw invalid({ kty, kid, alg }, 'no public key can be read from it', 'copy the whole key from the issuer');
  }
  const bits = parsed.asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && bits < LEAST_RSA_BITS) {
    throw invalid({ kty, kid, bits }, `RSA keys below ${LEAST_RSA_BITS} bits can be broken`, 'make a larger key');
  }
}

function invalid(value: unknown, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code: 'JwksInvalid', given: `jwks key ${quote(value)}`, because, write });
}
