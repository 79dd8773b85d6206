import type { JwtAuth } from '../core/jwt-auth';
import { ISSUER_CLUSTER } from './issuer-cluster';
import { extension, type JsonObject } from './typed-config';

/**
 * Every request needs a token that the issuer signed, for one of the audiences, that expires. It is read from the Authorization header
 * alone (Envoy would also read the query) and goes no further.
 *
 * The rule is a single catch-all: paths that no rule matches would be admitted without a token.
 */
export function jwtAuthentication(auth: JwtAuth): JsonObject {
  return extension('envoy.filters.http.jwt_authn', 'filters.http.jwt_authn.v3.JwtAuthentication', {
    strip_failure_response: true,
    providers: {
      issuer: {
        issuer: auth.issuer,
        audiences: auth.audiences,
        require_expiration: true,
        max_lifetime: `${auth.maxLifetimeSeconds}s`,
        clock_skew_seconds: auth.clockSkewSeconds,
        from_headers: [{ name: 'Authorization', value_prefix: 'Bearer ' }],
        forward: false,
        // Read by the access log alone.
        payload_in_metadata: 'jwt',
        ...signingKeys(auth),
      },
    },
    rules: [{ match: { prefix: '/' }, requires: { provider_name: 'issuer' } }],
  });
}

/**
 * Fetched keys are refreshed in the background and outlive an outage of the issuer. A token under a key that is not known yet does not
 * make the proxy fetch: the issuer must publish a key before it signs with it.
 */
function signingKeys({ keys }: JwtAuth): JsonObject {
  if (keys.source === 'inline') return { local_jwks: { inline_string: JSON.stringify(keys.jwks) } };
  return {
    remote_jwks: {
      http_uri: { uri: keys.uri, cluster: ISSUER_CLUSTER, timeout: '3s' },
      cache_duration: '300s',
      async_fetch: { fast_listener: false, failed_refetch_duration: '1s' },
      retry_policy: { num_retries: 1 },
    },
  };
}
