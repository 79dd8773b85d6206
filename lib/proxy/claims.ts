import type { JsonObject } from './typed-config';

/** Keys under which the claims of a verified token stand for the filters behind, and for the access log: one for each kind of token. */
export const CLAIMS = { jwt: 'jwt', apiKeys: 'api_key' } as const;

/** One of them. */
export type Claims = (typeof CLAIMS)[keyof typeof CLAIMS];

/** The filter that leaves the claims. */
export const CLAIMS_OF = 'envoy.filters.http.jwt_authn';

/** Who has a claim of such a value in a verified token. A token of another kind, or none, has none. */
export function claim(claims: Claims, name: string, value: JsonObject): JsonObject {
  const matcher = { filter: CLAIMS_OF, path: [{ key: claims }, { key: name }], value };
  return { sourced_metadata: { metadata_matcher: matcher, metadata_source: 'DYNAMIC' } };
}
