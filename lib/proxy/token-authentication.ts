import { API_KEY_ISSUER, type ApiKeysAuth } from '../core/api-keys-auth';
import { methodOf } from '../core/ingress-auth';
import type { JwtAuth } from '../core/jwt-auth';
import { CLAIMS, CLAIMS_OF } from './claims';
import type { Door } from './door';
import { issuerClusterOf } from './issuer-cluster';
import { extension, type JsonObject } from './typed-config';

/** An operator's clock and the proxy's may differ by so much. */
const API_KEY_SKEW_SECONDS = 60;

/**
 * Every request needs a token that an admitted issuer signed, for one of the audiences, that expires: of the identity provider, or an
 * API key. It is read from the Authorization header alone (Envoy would also read the query) and goes no further.
 *
 * The rule is a single catch-all: paths that no rule matches would be admitted without a token. Where a client certificate will do in
 * place of a token, that may be missing, but not bad, and the authorisation demands one of both. Nothing at all for certificates alone.
 */
export function tokenAuthentication(door: Door): JsonObject[] {
  const jwt = methodOf(door.auth, 'jwt');
  const apiKeys = methodOf(door.auth, 'apiKeys');
  const providers = {
    ...(jwt && { issuer: issuer(jwt, issuerClusterOf(door)) }),
    ...(apiKeys && { 'api-keys': keys(apiKeys, door.hostnames) }),
  };
  const accepted: JsonObject[] = Object.keys(providers).map((name) => ({ provider_name: name }));
  if (accepted.length === 0) return [];
  if (methodOf(door.auth, 'mutualTls')) accepted.push({ allow_missing: {} });
  const requires = accepted.length === 1 ? accepted[0]! : { requires_any: { requirements: accepted } };
  return [
    extension(CLAIMS_OF, 'filters.http.jwt_authn.v3.JwtAuthentication', {
      strip_failure_response: true,
      providers,
      rules: [{ match: { prefix: '/' }, requires }],
    }),
  ];
}

function issuer(auth: JwtAuth, cluster: string): JsonObject {
  return {
    issuer: auth.issuer,
    audiences: auth.audiences,
    max_lifetime: `${auth.maxLifetimeSeconds}s`,
    clock_skew_seconds: auth.clockSkewSeconds,
    ...BEARER,
    payload_in_metadata: CLAIMS.jwt,
    ...signingKeys(auth, cluster),
  };
}

/** The audience is a host name of this door, so that a key of one deployment, or of its other door, opens nothing here. */
function keys(auth: ApiKeysAuth, hostnames: readonly string[]): JsonObject {
  return {
    issuer: API_KEY_ISSUER,
    audiences: hostnames,
    max_lifetime: `${auth.maxLifetimeSeconds}s`,
    clock_skew_seconds: API_KEY_SKEW_SECONDS,
    ...BEARER,
    payload_in_metadata: CLAIMS.apiKeys,
    local_jwks: { inline_string: JSON.stringify(auth.jwks) },
  };
}

/** One place to look, a token that ends, and that is not passed on; scopes as a list, whether the issuer writes one or a string. */
const BEARER: JsonObject = {
  require_expiration: true,
  from_headers: [{ name: 'Authorization', value_prefix: 'Bearer ' }],
  forward: false,
  normalize_payload_in_metadata: { space_delimited_claims: ['scope'] },
};

/**
 * Fetched keys are refreshed in the background and outlive an outage of the issuer. A token under a key that is not known yet does not
 * make the proxy fetch: the issuer must publish a key before it signs with it.
 */
function signingKeys({ keys: from }: JwtAuth, cluster: string): JsonObject {
  if (from.source === 'inline') return { local_jwks: { inline_string: JSON.stringify(from.jwks) } };
  return {
    remote_jwks: {
      http_uri: { uri: from.uri, cluster, timeout: '3s' },
      cache_duration: '300s',
      async_fetch: { fast_listener: false, failed_refetch_duration: '1s' },
      retry_policy: { num_retries: 1 },
    },
  };
}
