import { extension, typedConfig, type JsonObject } from './typed-config';

/** Input of {@link loopbackServer}. */
export interface LoopbackServerProps {
  /** Of the cluster. */
  readonly name: string;
  /** TCP port of the server on loopback. */
  readonly port: number;
  /** Filter of what goes to the server and comes back. It stands here, behind the router, because only there nothing is added after it. */
  readonly headers: JsonObject;
}

/** A port of the server on loopback, spoken to in HTTP/1.1: over HTTP/2 every call may stall for 40 ms. */
export function loopbackServer({ name, port, headers }: LoopbackServerProps): JsonObject {
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  return {
    name,
    type: 'STATIC',
    connect_timeout: '5s',
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typedConfig('upstreams.http.v3.HttpProtocolOptions', {
        explicit_http_config: { http_protocol_options: {} },
        http_filters: [
          headers,
          extension('envoy.filters.http.upstream_codec', 'filters.http.upstream_codec.v3.UpstreamCodec', {}),
        ],
      }),
    },
  };
}
