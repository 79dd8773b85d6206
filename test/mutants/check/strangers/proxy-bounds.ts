import { chain, filters, host, http, listener, route, type } from '../../../check/proxy/parts';
import type { Edited } from '../sites';
import { proxy, type StrangersFault } from './fault';

const EVERYBODY: readonly string[] = ['ingress-authenticated', 'client-certificate-required'];

/** The same at each of several doors: the first, or that of operators. */
const raw = (b: Edited): Edited => b;

/** How long is waited, and what comes from elsewhere. */
export const PROXY_BOUNDS: readonly StrangersFault[] = [
  [
    'buffers of a gigabyte',
    proxy((b) => {
      listener(b)['per_connection_buffer_limit_bytes'] = 1 << 30;
    }),
    ['body-bounded', 'slow-client-bounded', 'rate-bounded'],
  ],
  [
    'headers of a day',
    proxy((b) => {
      delete http(b)['request_headers_timeout'];
    }),
    ['slow-client-bounded'],
  ],
  [
    'requests of any time',
    proxy((b) => {
      http(b)['request_timeout'] = '0s';
    }),
    ['slow-client-bounded'],
  ],
  [
    'requests of a day',
    proxy((b) => {
      http(b)['request_timeout'] = '86400s';
    }),
    ['slow-client-bounded'],
  ],
  [
    'streams that idle for ever',
    proxy((b) => {
      http(b)['stream_idle_timeout'] = '0s';
    }),
    ['slow-client-bounded'],
  ],
  [
    'connections that idle for ever',
    proxy((b) => {
      http(b)['common_http_protocol_options'].idle_timeout = '0s';
    }),
    ['slow-client-bounded', 'rate-bounded'],
  ],
  [
    'handshakes that never end',
    proxy((b) => {
      delete chain(b)['transport_socket_connect_timeout'];
    }),
    ['slow-client-bounded'],
  ],
  [
    'headers by the thousand',
    proxy((b) => {
      http(b)['common_http_protocol_options'].max_headers_count = 1_000_000;
    }),
    ['slow-client-bounded', 'body-bounded', 'rate-bounded'],
  ],
  [
    'headers of eight megabytes',
    proxy((b) => {
      http(b)['max_request_headers_kb'] = 8192;
    }),
    ['slow-client-bounded', 'body-bounded', 'rate-bounded'],
  ],
  [
    'streams by the million',
    proxy((b) => {
      http(b)['http2_protocol_options'].max_concurrent_streams = 2_147_483_647;
    }),
    ['slow-client-bounded', 'rate-bounded', 'body-bounded'],
  ],
  [
    'streams as Envoy has it',
    proxy((b) => {
      delete http(b)['http2_protocol_options'].max_concurrent_streams;
    }),
    ['slow-client-bounded', 'rate-bounded', 'body-bounded'],
  ],
  [
    'windows of a gigabyte',
    proxy((b) => {
      http(b)['http2_protocol_options'].initial_stream_window_size = 1 << 30;
    }),
    ['body-bounded', 'slow-client-bounded', 'rate-bounded'],
  ],
  [
    'connections without number',
    proxy((b) => {
      delete raw(b).overload_manager;
    }),
    ['rate-bounded', 'slow-client-bounded'],
  ],
  [
    'connections by the billion',
    proxy((b) => {
      raw(b).overload_manager.resource_monitors[0].typed_config.max_active_downstream_connections = 1e9;
    }),
    ['rate-bounded', 'slow-client-bounded'],
  ],
  [
    'the door is out of the count',
    proxy((b) => {
      listener(b)['ignore_global_conn_limit'] = true;
    }),
    ['rate-bounded', 'slow-client-bounded'],
  ],
  [
    'requests are sent again',
    proxy((b) => {
      route(b)['route'].retry_policy = { retry_on: '5xx', num_retries: 5 };
    }),
    [
      'no-request-smuggling',
      'results-closed',
      'ingress-authenticated',
      'rate-bounded',
      'scope-per-handler',
      'client-certificate-required',
    ],
  ],
  [
    'any origin',
    proxy((b) => {
      filters(b).unshift({
        name: 'envoy.filters.http.cors',
        typed_config: { '@type': type('filters.http.cors.v3.Cors') },
      });
      host(b)['typed_per_filter_config'] = {
        'envoy.filters.http.cors': {
          '@type': type('filters.http.cors.v3.CorsPolicy'),
          allow_origin_string_match: [{ safe_regex: { regex: '.*' } }],
          allow_credentials: true,
        },
      };
    }),
    ['cors-owned'],
  ],
  [
    'any origin by its end',
    proxy((b) => {
      filters(b).unshift({
        name: 'envoy.filters.http.cors',
        typed_config: { '@type': type('filters.http.cors.v3.Cors') },
      });
      host(b)['typed_per_filter_config'] = {
        'envoy.filters.http.cors': {
          '@type': type('filters.http.cors.v3.CorsPolicy'),
          allow_origin_string_match: [{ suffix: 'example.com' }],
        },
      };
    }),
    ['cors-owned'],
  ],
  [
    'settings from elsewhere',
    proxy((b) => {
      raw(b).dynamic_resources = { cds_config: { path_config_source: { path: '/tmp/c' } } };
    }),
    [...EVERYBODY, 'proxy-has-no-admin', 'upstream-verified'],
  ],
  [
    'listeners from elsewhere',
    proxy((b) => {
      raw(b).dynamic_resources = { lds_config: { path_config_source: { path: '/tmp/l' } } };
    }),
    [...EVERYBODY, 'proxy-has-no-admin', 'tls-outside'],
  ],
  [
    'routes from elsewhere',
    proxy((b) => {
      delete http(b)['route_config'];
      http(b)['rds'] = { route_config_name: 'x', config_source: { path_config_source: { path: '/tmp/r' } } };
    }),
    [...EVERYBODY],
  ],
  [
    'a runtime from the disk',
    proxy((b) => {
      raw(b).layered_runtime.layers.push({ name: 'd', disk_layer: { symlink_root: '/tmp/r' } });
    }),
    [...EVERYBODY, 'rate-bounded', 'proxy-has-no-admin'],
  ],
  [
    'a runtime from the admin',
    proxy((b) => {
      raw(b).layered_runtime.layers.push({ name: 'a', admin_layer: {} });
    }),
    [...EVERYBODY, 'rate-bounded', 'proxy-has-no-admin'],
  ],
  [
    'a feature of the past',
    proxy((b) => {
      raw(b).layered_runtime.layers[0].static_layer['envoy.reloadable_features.http_reject_path_with_fragment'] = false;
    }),
    ['path-canonical', 'no-request-smuggling', ...EVERYBODY],
  ],
  [
    'numbers for a stranger',
    proxy((b) => {
      raw(b).stats_sinks = [
        {
          name: 'envoy.stat_sinks.statsd',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.config.metrics.v3.StatsdSink',
            address: { socket_address: { address: '198.51.100.7', port_value: 8125 } },
          },
        },
      ];
    }),
    ['egress-closed', 'proxy-has-no-admin', ...EVERYBODY],
  ],
  [
    'more is let through over HTTP/3',
    proxy((b) => {
      listener(b)['udp_listener_config'] = { quic_options: {} };
    }),
    ['tls-outside', ...EVERYBODY],
  ],
];
