import type { AdminDoor } from './bootstrap';
import { headerAllowList } from './header-allow-list';
import { extension, typedConfig, type JsonObject } from './typed-config';

/** Name of the cluster that holds the server's admin API on loopback. */
export const ADMIN_CLUSTER = 'restate-admin';

/** What the admin API reads of a request. The token goes no further than the proxy. */
const HEADERS: readonly string[] = ['accept', 'content-length', 'content-type'];

/** What an operator learns from its answer. */
const ANSWER_HEADERS: readonly string[] = [':status', 'content-length', 'content-type', 'retry-after'];

/** The server's admin API on loopback. Nothing is sent twice: most of what operators ask for is no question. */
export function adminCluster({ upstream }: AdminDoor): JsonObject {
  return {
    name: ADMIN_CLUSTER,
    type: 'STATIC',
    connect_timeout: '5s',
    circuit_breakers: { thresholds: [{ max_retries: 0 }] },
    load_assignment: {
      cluster_name: ADMIN_CLUSTER,
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
          headerAllowList({ forwardHeaders: HEADERS }, ANSWER_HEADERS),
          extension('envoy.filters.http.upstream_codec', 'filters.http.upstream_codec.v3.UpstreamCodec', {}),
        ],
      }),
    },
  };
}
