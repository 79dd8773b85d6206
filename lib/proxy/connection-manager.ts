import { methodOf } from '../core/ingress-auth';
import type { IngressPolicy } from '../core/security-model';
import { accessLog } from './access-log';
import { authorization } from './authorization';
import { bodyLimit } from './body-limit';
import { corsFilter } from './cors';
import { jwtAuthentication } from './jwt-authentication';
import { LOCAL_REPLIES } from './local-replies';
import { rateLimit } from './rate-limit';
import { routes } from './routes';
import { ROUTER } from './router';
import { extension, type JsonObject } from './typed-config';

/** HTTP on the ingress: what is refused before any filter, and the filters in the order in which they see a request. */
export function connectionManager(ingress: IngressPolicy): JsonObject {
  return extension(
    'envoy.filters.network.http_connection_manager',
    'filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: 'ingress',
      codec_type: 'AUTO',
      ...CALLER_ADDRESS,
      ...NORMALISATION,
      ...timeouts(ingress),
      ...PROTOCOLS,
      // Envoy's own name is nobody's business, and the server's is removed upstream.
      server_header_transformation: 'PASS_THROUGH',
      generate_request_id: false,
      access_log: [accessLog()],
      local_reply_config: LOCAL_REPLIES,
      http_filters: [
        rateLimit(ingress.limits),
        ...corsFilter(ingress),
        jwtAuthentication(methodOf(ingress.auth, 'jwt')!),
        authorization(ingress),
        bodyLimit(ingress.limits),
        ROUTER,
      ],
      route_config: routes(ingress),
    },
  );
}

/** The address of the connection is the caller's (the balancer preserves it): no header of a caller can say otherwise. */
const CALLER_ADDRESS: JsonObject = {
  use_remote_address: true,
  xff_num_trusted_hops: 0,
  skip_xff_append: true,
  internal_address_config: { cidr_ranges: [] },
};

/**
 * Each path has one spelling before it is authorised. Escaped slashes stay as they are: they belong to object keys, which the server
 * decodes once; unescaping them here would turn a key into another handler.
 */
const NORMALISATION: JsonObject = {
  normalize_path: true,
  merge_slashes: true,
  path_with_escaped_slashes_action: 'KEEP_UNCHANGED',
  strip_any_host_port: true,
};

/** Slow callers are cut while they send; a call that was sent in full may wait for its durable result. */
function timeouts({ limits }: IngressPolicy): JsonObject {
  return {
    request_headers_timeout: `${limits.headersSeconds}s`,
    request_timeout: `${limits.uploadSeconds}s`,
    stream_idle_timeout: `${limits.longestCallSeconds}s`,
  };
}

const PROTOCOLS: JsonObject = {
  max_request_headers_kb: 32,
  common_http_protocol_options: {
    headers_with_underscores_action: 'REJECT_REQUEST',
    max_headers_count: 64,
    idle_timeout: '3600s',
  },
  http_protocol_options: { accept_http_10: false, allow_absolute_url: false },
  http2_protocol_options: {
    max_concurrent_streams: 100,
    initial_stream_window_size: 65_536,
    initial_connection_window_size: 1_048_576,
    connection_keepalive: { interval: '30s', timeout: '10s' },
  },
};
