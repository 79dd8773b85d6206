import type { IngressLimits } from '../core/limits';
import { extension, type JsonObject } from './typed-config';

/** Counts the bytes of the body as they pass. Envoy's `buffer` filter would hold them in memory, and lets larger ones through over HTTP/2. */
export function bodyLimit({ maxBodyBytes }: Pick<IngressLimits, 'maxBodyBytes'>): JsonObject {
  return extension('envoy.filters.http.body_size_limit', 'filters.http.body_size_limit.v3.BodySizeLimit', {
    max_request_bytes: maxBodyBytes,
  });
}
