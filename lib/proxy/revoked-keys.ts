import { API_KEY_ISSUER, KEY_ID } from '../core/api-keys-auth';
import { methodOf } from '../core/ingress-auth';
import { claim, CLAIMS } from './claims';
import type { Door } from './door';
import { allOf, anyOf, not } from './identities';
import { extension, type JsonObject } from './typed-config';

/**
 * Refuses API keys that were withdrawn, and those without an id that could be named for it. Nothing where the door admits no API keys.
 *
 * It denies what it knows and so admits all else: it stands behind the authorisation, never in its place.
 */
export function revokedKeys({ auth }: Door): JsonObject[] {
  const apiKeys = methodOf(auth, 'apiKeys');
  if (apiKeys === undefined) return [];
  const withdrawn = apiKeys.revoked.map((id) => claim(CLAIMS.apiKeys, 'jti', { string_match: { exact: id } }));
  return [
    extension('envoy.filters.http.rbac', 'filters.http.rbac.v3.RBAC', {
      rules: {
        action: 'DENY',
        policies: {
          'api-key-without-id': deny(WITHOUT_ID),
          ...(withdrawn.length > 0 && { 'api-key-revoked': deny(anyOf(withdrawn)) }),
        },
      },
    }),
  ];
}

const WITHOUT_ID: JsonObject = allOf([
  claim(CLAIMS.apiKeys, 'iss', { string_match: { exact: API_KEY_ISSUER } }),
  not(claim(CLAIMS.apiKeys, 'jti', { string_match: { safe_regex: { regex: KEY_ID.source } } })),
]);

function deny(who: JsonObject): JsonObject {
  return { permissions: [{ any: true }], principals: [who] };
}
