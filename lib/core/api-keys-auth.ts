import { concrete } from './concrete';
import { deepFreeze } from './deep-freeze';
import { quote, UnsafeConfigurationError } from './errors';
import { refuseUnknownOptions } from './known-options';
import { publicKeys, type PublicJwk } from './public-jwk';
import { wholeSeconds } from './whole-seconds';

/** The `iss` of every API key. The `aud` of one is a host name of the door that it opens, so that no key opens another deployment. */
export const API_KEY_ISSUER = 'urn:portcullis:api-keys';

/** API keys that an operator signs, verified by the proxy with public keys. */
export interface ApiKeysAuth {
  readonly method: 'apiKeys';
  readonly jwks: { readonly keys: readonly PublicJwk[] };
  /** Ids (`jti`) of keys that are refused although their signature is good. */
  readonly revoked: readonly string[];
  readonly maxLifetimeSeconds: number;
}

/** Options of {@link apiKeysAuth}. */
export interface ApiKeysOptions {
  /** The public halves of the keys that `portcullis api-key create` signs with: ES256 alone. `ApiKeyRegistry.fromFile` reads them. */
  readonly jwks: { readonly keys: readonly PublicJwk[] };
  /**
   * Ids of API keys that were withdrawn before they expired, as `portcullis api-key list` prints them. It takes effect with the deployment.
   *
   * @default - none
   */
  readonly revoked?: readonly string[];
  /**
   * The longest life of an accepted key, in seconds: 60 to 31622400 (366 days).
   *
   * @default 7776000 - 90 days
   */
  readonly maxLifetimeSeconds?: number;
}

const OPTIONS = ['jwks', 'revoked', 'maxLifetimeSeconds'];
/** Ids of API keys (`jti`). */
export const KEY_ID: RegExp = /^[A-Za-z0-9_-]{8,64}$/;
const DAY_SECONDS = 86_400;

/**
 * API keys for callers without an identity provider: signed by an operator, each with an id, a name, an expiry and its scopes. The
 * deployment holds public keys alone, so nothing in it can make or match a key. Callers send `Authorization: Bearer <key>`.
 *
 * @throws UnsafeConfigurationError `JwksInvalid`, `ApiKeyIdInvalid`, `DurationOutOfRange`, `OptionUnknown`, `ValueNotConcrete`
 * @see https://docs.restate.dev/server/security "a reverse proxy that authenticates callers"
 */
export function apiKeysAuth(options: ApiKeysOptions): ApiKeysAuth {
  refuseUnknownOptions('IngressAuth.apiKeys', options, OPTIONS);
  return deepFreeze({
    method: 'apiKeys',
    jwks: { keys: es256(publicKeys(options.jwks?.keys)) },
    revoked: [...new Set((options.revoked ?? []).map(keyId))].sort(),
    maxLifetimeSeconds: wholeSeconds(
      'maxLifetimeSeconds',
      options.maxLifetimeSeconds ?? 90 * DAY_SECONDS,
      60,
      366 * DAY_SECONDS,
    ),
  });
}

function es256(keys: readonly PublicJwk[]): readonly PublicJwk[] {
  const other = keys.find(({ alg, kid }) => alg !== 'ES256' || kid === undefined);
  if (other === undefined) return keys;
  throw new UnsafeConfigurationError({
    code: 'JwksInvalid',
    given: `apiKeys jwks key ${quote({ kid: other.kid, alg: other.alg })}`,
    because: 'API keys are signed with ES256 by a key that has a kid, so that it can be rotated',
    write: "read them with ApiKeyRegistry.fromFile('api-keys.json'), which `portcullis api-key signing-key` begins",
  });
}

function keyId(id: string): string {
  if (typeof concrete('a revoked API key', id) === 'string' && KEY_ID.test(id)) return id;
  throw new UnsafeConfigurationError({
    code: 'ApiKeyIdInvalid',
    given: `revoked names an API key by ${quote(typeof id === 'string' && id.length > 64 ? `${id.slice(0, 8)}...` : id)}`,
    because: 'keys are revoked by their id, and a list of keys themselves would be a list of secrets',
    write: 'give the id that `portcullis api-key list` prints',
  });
}
