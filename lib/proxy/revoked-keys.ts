import { API_KEY_ISSUER, KEY_ID } from '../core/api-keys-auth';
import { methodOf } from '../core/ingress-auth';
import { claim, CLAIMS } from './claims';
import type { Door } from './door';
import { allOf, not } from './identities';
import { extension, type JsonObject } from './typed-config';

/**
 * Refuses API keys that were withdrawn, and those without an id that could be named for it. Nothing where the door admits no API keys.
 *
 * It denies what it knows and so admits all else: it stands behind the authorisation, never in its place.
 */
export function revokedKeys({ auth }: Door): JsonObject[] {
  const apiKeys = methodOf(auth, 'apiKeys');
  if (apiKeys === undefined) return [];
  return [
    extension('envoy.filters.http.rbac', 'filters.http.rbac.v3.RBAC', {
      rules: {
        action: 'DENY',
        policies: {
          'api-key-without-id': deny(WITHOUT_ID),
          ...(apiKeys.revoked.length > 0 && { 'api-key-revoked': deny(withdrawn(apiKeys.revoked)) }),
        },
      },
    }),
  ];
}

const WITHOUT_ID: JsonObject = allOf([
  claim(CLAIMS.apiKeys, 'iss', { string_match: { exact: API_KEY_ISSUER } }),
  not(claim(CLAIMS.apiKeys, 'jti', { string_match: { safe_regex: { regex: KEY_ID.source } } })),
]);

/** One look at the claim for all ids: with a look for each, fifty of them would fill the room that the configuration has. */
function withdrawn(ids: readonly string[]): JsonObject {
  const values = ids.map((id) => ({ string_match: { exact: id } }));
  return claim(CLAIMS.apiKeys, 'jti', values.length === 1 ? values[0]! : { or_match: { value_matchers: values } });
}

function deny(who: JsonObject): JsonObject {
  return { permissions: [{ any: true }], principals: [who] };
}
