import type { IngressPolicy } from '../core/security-model';
import { extension, typedConfig, type JsonObject } from './typed-config';

const CORS_FILTER = 'envoy.filters.http.cors';

/** Answers preflights of the named origins before authentication, since browsers send no token with them. Without origins: nothing. */
export function corsFilter({ corsOrigins }: IngressPolicy): JsonObject[] {
  return corsOrigins.length === 0 ? [] : [extension(CORS_FILTER, 'filters.http.cors.v3.Cors', {})];
}

/**
 * What browsers of the named origins may send and read. The server itself would admit every origin with credentials; its own answer
 * to that is removed on the way back. No credentials: a bearer token is sent by code, never by the browser.
 */
export function corsPolicy({ corsOrigins, forwardHeaders }: IngressPolicy): JsonObject {
  if (corsOrigins.length === 0) return {};
  return {
    [CORS_FILTER]: typedConfig('filters.http.cors.v3.CorsPolicy', {
      allow_origin_string_match: corsOrigins.map((origin) => ({ exact: origin })),
      allow_methods: 'POST',
      allow_headers: ['authorization', ...forwardHeaders.filter((name) => name !== 'content-length')].join(', '),
      expose_headers: 'x-restate-id',
      max_age: '600',
      allow_credentials: false,
      forward_not_matching_preflights: true,
    }),
  };
}
