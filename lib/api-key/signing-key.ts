import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { UnsafeConfigurationError } from '../core/errors';
import type { PublicJwk } from '../core/public-jwk';

/** What API keys are signed with. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** The public half, by whose `kid` each API key names it: its thumbprint (RFC 7638), so that no two keys ever share one. */
  readonly publicJwk: PublicJwk & { readonly kid: string };
}

/** Makes a signing key. Nothing is written anywhere. */
export function generateSigningKey(): Promise<SigningKey> {
  return withPublicHalf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
}

/** PKCS#8 PEM. A secret. */
export function privatePem({ privateKey }: SigningKey): string {
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/**
 * Reads a signing key.
 *
 * @param pem PKCS#8 PEM of a P-256 key
 * @param from where it was found, for messages; they hold nothing of the key
 * @throws UnsafeConfigurationError `SigningKeyInvalid`
 */
export async function readSigningKey(pem: string, from: string): Promise<SigningKey> {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw signingKeyInvalid(from, 'it is no PEM that holds a private key');
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw signingKeyInvalid(from, 'API keys are signed with ES256, by a key on the curve P-256');
  }
  return withPublicHalf(key);
}

/** @throws UnsafeConfigurationError `SigningKeyInvalid`; the message holds nothing of the key */
export function signingKeyInvalid(from: string, because: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'SigningKeyInvalid',
    given: `the signing key of ${from} cannot be used`,
    because,
    write: 'name another with --signing-key, or make one with `portcullis api-key signing-key`',
  });
}

async function withPublicHalf(privateKey: KeyObject): Promise<SigningKey> {
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' }) as PublicJwk;
  const kid = await calculateJwkThumbprint(jwk);
  return { privateKey, publicJwk: { ...jwk, kid, alg: 'ES256', use: 'sig' } };
}
