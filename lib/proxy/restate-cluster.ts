import type { IngressPolicy } from '../core/security-model';
import { headerAllowList } from './header-allow-list';
import { extension, typedConfig, type JsonObject } from './typed-config';

/** Name of the cluster that holds the server on loopback. */
export const RESTATE_CLUSTER = 'restate';

/**
 * The server's ingress on loopback, spoken to in HTTP/1.1: over HTTP/2 every call may stall for 40 ms. The header filter stands here,
 * behind the router, because only there nothing is added after it.
 */
export function restateCluster(ingress: IngressPolicy, upstream: { port: number }): JsonObject {
  return {
    name: RESTATE_CLUSTER,
    type: 'STATIC',
    connect_timeout: '5s',
    circuit_breakers: { thresholds: [concurrency(ingress.limits.concurrentCalls)] },
    health_checks: [HEALTH_CHECK],
    load_assignment: {
      cluster_name: RESTATE_CLUSTER,
      endpoints: [
        {
          lb_endpoints: [
            { endpoint: { address: { socket_address: { address: '127.0.0.1', port_value: upstream.port } } } },
          ],
        },
      ],
    },
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typedConfig('upstreams.http.v3.HttpProtocolOptions', {
        explicit_http_config: { http_protocol_options: {} },
        http_filters: [
          headerAllowList(ingress),
          extension('envoy.filters.http.upstream_codec', 'filters.http.upstream_codec.v3.UpstreamCodec', {}),
        ],
      }),
    },
  };
}

/** A call in flight holds a connection. Envoy would refuse the 1,025th; nothing is retried. */
function concurrency(calls: number): JsonObject {
  return { max_connections: calls, max_pending_requests: calls, max_requests: calls, max_retries: 0 };
}

/** Asked here alone: the answer lists every service. `no_traffic_interval` is 60 s unless said. */
const HEALTH_CHECK: JsonObject = {
  timeout: '3s',
  interval: '5s',
  no_traffic_interval: '5s',
  unhealthy_threshold: 3,
  healthy_threshold: 1,
  http_health_check: { path: '/restate/health' },
};
