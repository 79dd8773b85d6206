import { constants, createHmac, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { TokenOverrides } from '../deployment';
import { keyFor, type KeyPairs } from './signing-keys';

/** What a good token of the run says, and the keys that good and forged ones are signed with. */
export interface TokenMaker {
  readonly issuer: string;
  readonly audience: string;
  readonly lifetimeSeconds: number;
  readonly keys: KeyPairs;
  /** Words of the scope claim, with blanks between them. @default - no such claim */
  readonly scope?: string;
}

/**
 * A token, good but for what is overridden. Written by hand because a library refuses to make most of the bad ones; that the good
 * ones are good is tested with one.
 */
export function renderToken(maker: TokenMaker, overrides: TokenOverrides = {}): string {
  const { signature = 'issuer' } = overrides;
  const now = Math.floor(Date.now() / 1000);
  const { alg } = overrides.header ?? {};
  const [own = 'RS256'] = maker.keys.algorithms;
  const algorithm = typeof alg === 'string' ? alg : defaultAlgorithm(signature, own);
  const keys = signature === 'foreign' ? maker.keys.foreign : maker.keys.own;
  const key = keyFor(keys, /^(?:[RPE]S)/.test(algorithm) ? algorithm : own);
  const header = merge({ alg: algorithm, typ: 'JWT', kid: key.kid }, overrides.header);
  const claims = merge(
    {
      iss: maker.issuer,
      aud: maker.audience,
      sub: 'portcullis-caller',
      iat: now,
      nbf: now,
      exp: now + maker.lifetimeSeconds,
      jti: randomUUID(),
      scope: maker.scope,
    },
    overrides.claims,
  );
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${signatureOf(signed, signature, algorithm, key)}`;
}

function defaultAlgorithm(signature: NonNullable<TokenOverrides['signature']>, own: string): string {
  if (signature === 'none') return 'none';
  return signature === 'hmac-public-key' ? 'HS256' : own;
}

function signatureOf(
  signed: string,
  signature: NonNullable<TokenOverrides['signature']>,
  algorithm: string,
  key: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
): string {
  if (signature === 'none') return '';
  const hash = `sha${/(256|384|512)$/.exec(algorithm)?.[1] ?? '256'}`;
  if (signature === 'hmac-public-key') {
    const pem = key.publicKey.export({ type: 'spki', format: 'pem' });
    return createHmac(hash, pem).update(signed).digest('base64url');
  }
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const options = algorithm.startsWith('PS') ? pss : { dsaEncoding: 'ieee-p1363' as const };
  return sign(hash, Buffer.from(signed), { key: key.privateKey, ...options }).toString('base64url');
}

/** Members that are overridden by `undefined` are left out. */
function merge(base: object, overrides: Readonly<Record<string, unknown>> = {}): object {
  return Object.fromEntries(Object.entries({ ...base, ...overrides }).filter(([, value]) => value !== undefined));
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
