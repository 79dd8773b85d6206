import { ipv4Address } from './listener-socket';
import { RESTATE_CLUSTER } from './restate-cluster';
import { ROUTER } from './router';
import { extension, type JsonObject } from './typed-config';

/** Where the load balancer asks. */
export const HEALTH_PATH = '/healthz';

/**
 * Answers `GET /healthz` with 200 or 503 as the proxy's own check of the server says, and names nothing: the server's own health lists
 * every service. It has no route to the server, and is not counted among the callers' connections: a flood of callers must not make
 * the balancer take the node out.
 */
export function healthListener({ port }: { port: number }): JsonObject {
  return {
    name: 'health',
    address: ipv4Address(port),
    ignore_global_conn_limit: true,
    per_connection_buffer_limit_bytes: 32_768,
    filter_chains: [{ filters: [connectionManager()] }],
  };
}

function connectionManager(): JsonObject {
  return extension(
    'envoy.filters.network.http_connection_manager',
    'filters.network.http_connection_manager.v3.HttpConnectionManager',
    {
      stat_prefix: 'health',
      codec_type: 'HTTP1',
      server_header_transformation: 'PASS_THROUGH',
      generate_request_id: false,
      request_headers_timeout: '5s',
      request_timeout: '5s',
      stream_idle_timeout: '10s',
      max_request_headers_kb: 8,
      common_http_protocol_options: { idle_timeout: '60s' },
      http_filters: [HEALTH_CHECK, ROUTER],
      route_config: { name: 'health', virtual_hosts: [] },
    },
  );
}

const HEALTH_CHECK: JsonObject = extension(
  'envoy.filters.http.health_check',
  'filters.http.health_check.v3.HealthCheck',
  {
    pass_through_mode: false,
    headers: [
      { name: ':path', string_match: { exact: HEALTH_PATH } },
      { name: ':method', string_match: { exact: 'GET' } },
    ],
    cluster_min_healthy_percentages: { [RESTATE_CLUSTER]: { value: 100 } },
  },
);
