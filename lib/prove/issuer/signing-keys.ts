import { generateKeyPairSync, type KeyObject } from 'node:crypto';

/** An algorithm that issuers of the run sign with. */
export type SigningAlgorithm = 'RS256' | 'ES256';

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
export interface KeyPairs {
  readonly own: SigningKeys;
  readonly foreign: SigningKeys;
  /** Those that the key set holds, the first of which good tokens are signed with. */
  readonly algorithms: readonly SigningAlgorithm[];
}

const BOTH: readonly SigningAlgorithm[] = ['RS256', 'ES256'];

/** @param algorithms what a key set may hold; anything else than the two is left out, and nothing at all means both */
export function generateKeyPairs(algorithms: readonly string[] = BOTH): KeyPairs {
  const known = BOTH.filter((each) => algorithms.includes(each));
  return { own: onePair(), foreign: onePair(), algorithms: known.length > 0 ? known : BOTH };
}

/** The public keys as a JSON Web Key Set; each says its one algorithm, without which Envoy would admit its relatives. */
export function keySet(keys: SigningKeys, algorithms: readonly SigningAlgorithm[] = BOTH): string {
  return JSON.stringify({
    keys: algorithms.map((alg) => {
      const { publicKey, kid } = keyFor(keys, alg);
      return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
    }),
  });
}

/** The key that an algorithm takes. */
export function keyFor(keys: SigningKeys, algorithm: string): SigningKey {
  return algorithm.startsWith('ES') ? keys.ec : keys.rsa;
}

function onePair(): SigningKeys {
  return {
    rsa: { kid: 'run-rs256', ...generateKeyPairSync('rsa', { modulusLength: 2048 }) },
    ec: { kid: 'run-es256', ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
  };
}
