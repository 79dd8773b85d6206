import { verify } from 'node:crypto';
import { type KnownCredentials, TOKEN_URI } from './credential-file';
import { type GoogleKeys, makeAccessToken, mintIdToken } from './google-tokens';

/** What one of Google's own services answers. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: object;
}

const ASSERTION = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const CREDENTIALS_AUDIENCE = 'https://iamcredentials.googleapis.com/';
const LIFETIME_SECONDS = 3600;
/** Of Google's clients, who put both times of what they sign that much apart from now. */
const SKEW_SECONDS = 30;

/**
 * Turns credentials that the run has made, and no others, into tokens: an assertion that the key of an account has signed into an ID token
 * of that account for the audience it names, or an access token; a person's refresh token into an access token, and never an ID token.
 *
 * @see https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
export function answerToken(body: string, known: KnownCredentials | undefined, keys: GoogleKeys): ApiAnswer {
  const asked = fieldsOf(body);
  switch (asked['grant_type']) {
    case ASSERTION: {
      const claims = known && assertionOf(known, String(asked['assertion']));
      if (claims === undefined || known === undefined || claims['aud'] !== TOKEN_URI) return refusal('invalid_grant');
      const { target_audience: audience, scope } = claims;
      if (typeof audience === 'string' && audience !== '')
        return { status: 200, body: { id_token: mintIdToken(keys, { email: known.email, audience }) } };
      return scope === SCOPE ? access(keys, known.email) : refusal('invalid_scope');
    }
    case 'refresh_token': {
      if (known?.kind !== 'user') return refusal('invalid_grant');
      const { refreshToken, clientId, clientSecret, email } = known;
      if (asked['client_id'] !== clientId || asked['client_secret'] !== clientSecret) return refusal('invalid_client');
      return asked['refresh_token'] === refreshToken ? access(keys, email) : refusal('invalid_grant');
    }
    default:
      return refusal('unsupported_grant_type');
  }
}

/**
 * Whose a token is that an account has signed for itself, in place of an access token; `undefined` for anything else.
 *
 * @see https://google.aip.dev/auth/4111
 */
export function accountOfSelfSigned(known: KnownCredentials | undefined, token: string): string | undefined {
  const claims = known && assertionOf(known, token);
  const isForThis = claims?.['scope'] === SCOPE || claims?.['aud'] === CREDENTIALS_AUDIENCE;
  return isForThis ? known?.email : undefined;
}

/** The claims of what the key of an account has signed, if they are in order. */
function assertionOf(known: KnownCredentials, token: string): Readonly<Record<string, unknown>> | undefined {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const [head, claims] = [decoded(header), decoded(payload)];
  if (known.kind !== 'account' || head['alg'] !== 'RS256' || head['kid'] !== known.keyId || more.length > 0) {
    return undefined;
  }
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', signed, known.publicKey, Buffer.from(signature, 'base64url'))) return undefined;
  const { iss, sub = iss, iat, exp } = claims;
  if (iss !== known.email || sub !== known.email) return undefined;
  return typeof iat === 'number' && typeof exp === 'number' && isNow(iat, exp) ? claims : undefined;
}

function isNow(iat: number, exp: number): boolean {
  const now = Date.now() / 1000;
  return iat <= now + SKEW_SECONDS && exp > now && exp - iat <= LIFETIME_SECONDS + SKEW_SECONDS;
}

function access(keys: GoogleKeys, email: string): ApiAnswer {
  const token = makeAccessToken(keys, email);
  return { status: 200, body: { access_token: token, expires_in: LIFETIME_SECONDS - 1, token_type: 'Bearer' } };
}

function refusal(error: string): ApiAnswer {
  return { status: error === 'invalid_client' ? 401 : 400, body: { error } };
}

/** Keys ask by a form, people by JSON. */
function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  return body.startsWith('{') ? parsed(body) : Object.fromEntries(new URLSearchParams(body));
}

function decoded(part: string): Readonly<Record<string, unknown>> {
  return parsed(Buffer.from(part, 'base64url').toString());
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
