import { createHmac, createPrivateKey, createPublicKey, randomBytes, timingSafeEqual, verify } from 'node:crypto';
import type { TokenOverrides } from '../deployment';
import { generateKeyPairs, type KeyPairs, type SigningKey } from '../issuer/signing-keys';
import { renderToken } from '../issuer/token';

/** What Google signs with in a run; made for it, and handed to its processes alone. */
export interface GoogleKeys {
  /** PEM of an RSA key. */
  readonly privateKey: string;
  /** Under which access tokens are made, so that every process of the run knows one without having seen it. */
  readonly secret: string;
}

/** Whom a token is about, and for whom. */
export interface IdTokenRequest {
  /** E-mail address of the account. */
  readonly email: string;
  readonly audience: string;
}

/** What an ID token that is in order says. */
export type VerifiedToken = { readonly email: string; readonly audience: string };

const ISSUER = 'https://accounts.google.com';
const LIFETIME_SECONDS = 3600;
const KEY_ID = 'run-google';

/** Keys of a run. */
export function createGoogleKeys(): GoogleKeys {
  const { rsa } = generateKeyPairs(['RS256']).own;
  return {
    privateKey: rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    secret: randomBytes(32).toString('base64url'),
  };
}

/**
 * An ID token as Google's metadata server and IAM Credentials make it, good but for what is overridden.
 *
 * @see https://cloud.google.com/docs/authentication/token-types#id
 */
export function mintIdToken(keys: GoogleKeys, request: IdTokenRequest, overrides: TokenOverrides = {}): string {
  const { email, audience } = request;
  const sub = uniqueId(email);
  const maker = { issuer: ISSUER, audience, lifetimeSeconds: LIFETIME_SECONDS, keys: keyPairs(keys) };
  const own = { sub, azp: sub, email, email_verified: true, nbf: undefined, jti: undefined };
  return renderToken(maker, { ...overrides, claims: { ...own, ...overrides.claims } });
}

/** Whom a token is about; else, as a word, what is wrong with it. */
export function verifyIdToken(keys: GoogleKeys, token: string): VerifiedToken | string {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const [head, claims] = [parse(header), parse(payload)];
  if (head === undefined || claims === undefined || more.length > 0) return 'no token';
  if (head['alg'] !== 'RS256') return 'algorithm';
  const key = createPublicKey(keys.privateKey);
  const isSigned = verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  if (!isSigned) return 'signature';
  const { iss, exp, aud, email, email_verified: verified } = claims;
  const now = Date.now() / 1000;
  if (iss !== ISSUER && iss !== ISSUER.slice('https://'.length)) return 'issuer';
  if (typeof exp !== 'number' || exp <= now) return 'expired';
  if (typeof email !== 'string' || verified !== true) return 'account';
  return { email, audience: typeof aud === 'string' ? aud : '' };
}

/** An access token of an account: opaque to everybody but the run. */
export function makeAccessToken({ secret }: Pick<GoogleKeys, 'secret'>, email: string): string {
  const expires = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS;
  const said = Buffer.from(JSON.stringify([email, expires])).toString('base64url');
  return `ya29.${said}.${seal(secret, said)}`;
}

/** Whose access token of the run it is; `undefined` for anything else. */
export function accountOfAccessToken({ secret }: Pick<GoogleKeys, 'secret'>, token: string): string | undefined {
  const [, said = '', seen = ''] = /^ya29\.([\w-]+)\.([\w-]+)$/.exec(token) ?? [];
  const [own, given] = [Buffer.from(seal(secret, said)), Buffer.from(seen)];
  if (own.length !== given.length || !timingSafeEqual(own, given)) return undefined;
  const [email, expires] = JSON.parse(Buffer.from(said, 'base64url').toString()) as readonly [string, number];
  return expires > Date.now() / 1000 ? email : undefined;
}

function seal(secret: string, said: string): string {
  return createHmac('sha256', secret).update(said).digest('base64url');
}

/** A token of somebody else's key bears the name of Google's, so that the name alone opens nothing. */
function keyPairs({ privateKey }: GoogleKeys): KeyPairs {
  const own: SigningKey = {
    kid: KEY_ID,
    privateKey: createPrivateKey(privateKey),
    publicKey: createPublicKey(privateKey),
  };
  foreign ??= generateKeyPairs(['RS256']).foreign.rsa;
  const other = { ...foreign, kid: KEY_ID };
  return { own: { rsa: own, ec: own }, foreign: { rsa: other, ec: other }, algorithms: ['RS256'] };
}

let foreign: SigningKey | undefined;

/** The number that Google knows an account by. */
function uniqueId(email: string): string {
  return `1${createHmac('sha256', 'unique id').update(email).digest().readBigUInt64BE().toString().padStart(20, '0')}`;
}

function parse(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
