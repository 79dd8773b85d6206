import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { publicKeyOf } from '../../../restate/request-identity';
import type { Deployment } from '../../deployment';

/** Headers of a signed request of the server to a service. */
export const SCHEME_HEADER = 'x-restate-signature-scheme';
/** @see SCHEME_HEADER */
export const TOKEN_HEADER = 'x-restate-jwt-v1';

/** What to sign a request with. */
export interface Signature {
  /** PEM of an Ed25519 key. */
  readonly privateKeyPem: string;
  /** The path that it is good for. */
  readonly audience: string;
  /** Public key that it claims to be of. @default - that of the private key */
  readonly keyId?: string;
  /** Seconds from now until it expires; negative for one that has. @default 60 */
  readonly expiresIn?: number;
}

/** Headers that show a request to come from the holder of a key, as the server itself makes them. */
export function signatureHeaders(signature: Signature): readonly (readonly [string, string])[] {
  const { privateKeyPem, audience, keyId = publicKeyOf(privateKeyPem), expiresIn = 60 } = signature;
  const now = Math.floor(Date.now() / 1000);
  const payload = { aud: audience, exp: now + expiresIn, iat: now - 600, nbf: now - 600 };
  const signed = `${encode({ typ: 'JWT', alg: 'EdDSA', kid: keyId })}.${encode(payload)}`;
  const token = `${signed}.${sign(null, Buffer.from(signed), privateKeyPem).toString('base64url')}`;
  return [
    [SCHEME_HEADER, 'v1'],
    [TOKEN_HEADER, token],
  ];
}

/** Why a request that a service got is not signed by the holder of the key for this path; `undefined` if it is. */
export function whyUnsigned(
  request: { readonly path: string; readonly headers: Readonly<Record<string, string>> },
  privateKeyPem: string,
): string | undefined {
  if (request.headers[SCHEME_HEADER] !== 'v1') return 'it names no signature scheme';
  const [header = '', payload = '', signature = ''] = (request.headers[TOKEN_HEADER] ?? '').split('.');
  const key = createPublicKey(privateKeyPem);
  if (!verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))) {
    return "its signature is not of the run's key";
  }
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { aud?: unknown; exp?: unknown };
  if (claims.aud !== protocolPath(request.path)) return 'its signature is for another path';
  return typeof claims.exp === 'number' ? undefined : 'its signature never expires';
}

/** The path within the service protocol, which is what is signed: a service may be served below another path. */
function protocolPath(path: string): string | undefined {
  return /\/(?:discover|invoke\/[^/]+\/[^/]+)$/.exec(path.split('?')[0] ?? '')?.[0];
}

/** The private key of the run, made for it in place of the referenced secret. Keys of listeners are of another type. */
export function identityKey(deployment: Deployment): string | undefined {
  return Object.values(deployment.secrets).find(
    (value) =>
      value.startsWith('-----BEGIN PRIVATE KEY-----') && createPrivateKey(value).asymmetricKeyType === 'ed25519',
  );
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
