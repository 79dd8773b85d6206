import { methodOf } from '../core/ingress-auth';
import type { IngressLimits } from '../core/limits';
import type { Door } from './door';
import { LOCAL_REPLIES } from './local-replies';
import { extension, type JsonObject } from './typed-config';

/** Input of {@link connectionManager}. */
export interface ConnectionManagerProps {
  readonly door: Door;
  readonly limits: Pick<IngressLimits, 'headersSeconds' | 'uploadSeconds' | 'longestCallSeconds'>;
  readonly accessLog: JsonObject;
  /** In the order in which they see a request; the router last. */
  readonly filters: readonly JsonObject[];
  readonly routes: JsonObject;
  /** @default LOCAL_REPLIES */
  readonly localReplies?: JsonObject;
  /**
   * How many addresses balancers before the proxy have added to `x-forwarded-for`, whose first is the caller's.
   *
   * @default 0 - the address of the connection is the caller's
   */
  readonly trustedHops?: number;
}

/** HTTP at a door: what is refused before any filter. */
export function connectionManager({
  door,
  limits,
  accessLog,
  filters,
  routes,
  localReplies = LOCAL_REPLIES,
  trustedHops = 0,
}: ConnectionManagerProps): JsonObject {
  return extension(
    'envoy.filters.network.http_connection_manager',
    'filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: door.name,
      codec_type: 'AUTO',
      ...callerAddress(trustedHops),
      ...NORMALISATION,
      ...timeouts(limits),
      ...protocols(door),
      // Envoy's own name is nobody's business, and the server's is removed upstream.
      server_header_transformation: 'PASS_THROUGH',
      generate_request_id: false,
      access_log: [accessLog],
      local_reply_config: localReplies,
      http_filters: filters,
      route_config: routes,
    },
  );
}

/**
 * Where a balancer preserves it, the address of the connection is the caller's, and no header of a caller can say otherwise. Where one ends
 * HTTP, it is the one that it adds itself, counted from the end: what a caller writes stands before it.
 */
function callerAddress(trustedHops: number): JsonObject {
  return {
    use_remote_address: true,
    xff_num_trusted_hops: trustedHops,
    skip_xff_append: true,
    internal_address_config: { cidr_ranges: [] },
  };
}

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
function timeouts(limits: ConnectionManagerProps['limits']): JsonObject {
  return {
    request_headers_timeout: `${limits.headersSeconds}s`,
    request_timeout: `${limits.uploadSeconds}s`,
    stream_idle_timeout: `${limits.longestCallSeconds}s`,
  };
}

/**
 * A token is verified with each request, a client certificate with each connection. So that its end or revocation is felt, such a
 * connection takes no new calls after five minutes, as long as a revocation may be on its way; those in flight are finished.
 */
function protocols({ auth }: Door): JsonObject {
  const life: JsonObject = methodOf(auth, 'mutualTls') === undefined ? {} : { max_connection_duration: '300s' };
  return {
    max_request_headers_kb: 32,
    common_http_protocol_options: {
      headers_with_underscores_action: 'REJECT_REQUEST',
      max_headers_count: 64,
      idle_timeout: '3600s',
      ...life,
    },
    http_protocol_options: { accept_http_10: false, allow_absolute_url: false },
    http2_protocol_options: {
      max_concurrent_streams: 100,
      initial_stream_window_size: 65_536,
      initial_connection_window_size: 1_048_576,
      connection_keepalive: { interval: '30s', timeout: '10s' },
    },
  };
}
