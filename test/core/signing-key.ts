import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { PublicJwk } from '../../lib/core/public-jwk';

/** A key of an issuer made for a test, and tokens under it. */
export interface SigningKey {
  readonly jwk: PublicJwk;
  readonly privateKey: KeyObject;
  /** A token with these claims, ES256. */
  token(claims: Readonly<Record<string, unknown>>): string;
}

/** Makes an ES256 key. */
export function signingKey(kid: string = 'k1'): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    jwk: { ...(publicKey.export({ format: 'jwk' }) as PublicJwk), alg: 'ES256', kid },
    privateKey,
    token: (claims) => {
      const signed = `${encode({ alg: 'ES256', kid, typ: 'JWT' })}.${encode(claims)}`;
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    },
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
