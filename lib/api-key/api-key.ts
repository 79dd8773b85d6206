import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { API_KEY_NAME, type RegisteredApiKey } from '../core/api-key-registry';
import { API_KEY_ISSUER } from '../core/api-keys-auth';
import { scope } from '../core/caller-grant';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { hostnames } from '../core/hostnames';
import type { SigningKey } from './signing-key';

/** What a new API key is to say. */
export interface ApiKeyRequest {
  /** Whose key it is: one word, which access logs show. */
  readonly name: string;
  /** Host names of the doors that it opens. */
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
  /** 1 to 366. */
  readonly days: number;
}

const DAY_SECONDS = 86_400;
const MOST_DAYS = 366;
const ID_BYTES = 10;

/**
 * What the registry will hold of a new key.
 *
 * @param now milliseconds since 1970
 * @throws UnsafeConfigurationError `ApiKeyNameInvalid`, `HostnameInvalid`, `ScopeInvalid`, `DurationOutOfRange`
 */
export function describeApiKey(request: ApiKeyRequest, { publicJwk }: SigningKey, now: number): RegisteredApiKey {
  const { name, days } = request;
  if (!API_KEY_NAME.test(name)) {
    throw new UnsafeConfigurationError({
      code: 'ApiKeyNameInvalid',
      given: `the API key name ${quote(name)}`,
      because: 'it stands in access logs as one word',
      write: "use letters, digits, '.', '_', '@' and '-', at most 64",
    });
  }
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new UnsafeConfigurationError({
      code: 'DurationOutOfRange',
      given: `an API key of ${Number.isNaN(days) ? 'no number of' : quote(days)} days`,
      because: `it must be a whole number from 1 to ${MOST_DAYS}`,
      write: 'leave it out for 90 days, or give a number within that range',
    });
  }
  const created = Math.floor(now / 1_000);
  return {
    // hexadecimal, so that no id looks like an option of a command
    id: randomBytes(ID_BYTES).toString('hex'),
    name,
    audiences: hostnames('API key', request.audiences),
    scopes: [...new Set(request.scopes.map(scope))].sort(),
    signedWith: publicJwk.kid,
    created: utc(created),
    expires: utc(created + days * DAY_SECONDS),
  };
}

/** The key itself: a JWT that says what the registry says of it. A secret, which is kept nowhere. */
export function signApiKey(described: RegisteredApiKey, { privateKey, publicJwk }: SigningKey): Promise<string> {
  const { id, name, audiences, scopes, created, expires } = described;
  return new SignJWT({ scope: scopes.join(' ') })
    .setProtectedHeader({ alg: 'ES256', kid: publicJwk.kid, typ: 'JWT' })
    .setIssuer(API_KEY_ISSUER)
    .setAudience([...audiences])
    .setSubject(name)
    .setJti(id)
    .setIssuedAt(Date.parse(created) / 1_000)
    .setExpirationTime(Date.parse(expires) / 1_000)
    .sign(privateKey);
}

/** A time as the registry writes it. */
export function utc(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}
