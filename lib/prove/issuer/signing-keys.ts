import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A key pair and the name that tokens call it by. */
export interface SigningKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** One key for each family of algorithms. */
export interface SigningKeys {
  readonly rsa: SigningKey;
  readonly ec: SigningKey;
}

/** Keys of the run, and keys of somebody else under the same names. */
export function generateSigningKeys(): { readonly own: SigningKeys; readonly foreign: SigningKeys } {
  return { own: onePair(), foreign: onePair() };
}

/** The public keys as a JSON Web Key Set; each says its one algorithm, without which Envoy would admit its relatives. */
export function keySet(keys: SigningKeys): string {
  const rsa = { ...keys.rsa.publicKey.export({ format: 'jwk' }), kid: keys.rsa.kid, alg: 'RS256', use: 'sig' };
  const ec = { ...keys.ec.publicKey.export({ format: 'jwk' }), kid: keys.ec.kid, alg: 'ES256', use: 'sig' };
  return JSON.stringify({ keys: [rsa, ec] });
}

function onePair(): SigningKeys {
  return {
    rsa: { kid: 'run-rs256', ...generateKeyPairSync('rsa', { modulusLength: 2048 }) },
    ec: { kid: 'run-es256', ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
  };
}
