import type { ProxyFault } from './fault';
import { chain, drop, filter, http, listener, move, named, route, type } from './parts';

/** What a request may do to the proxy, and who it is taken for: one guard less each. */
export const LIMIT_FAULTS: readonly ProxyFault[] = [
  ['any body', 'Orders', (b) => drop(b, 'body_size_limit'), 'body-bounded'],
  ['a body limit of nothing', 'Orders', (b) => (filter(b, 'body_size_limit')['max_request_bytes'] = 0), 'body-bounded'],
  [
    'a body of a gigabyte',
    'Orders',
    (b) => (filter(b, 'body_size_limit')['max_request_bytes'] = 1_073_741_824),
    'body-bounded',
  ],
  [
    'a buffer in place of the limit',
    'Orders',
    (b) => {
      named(b, 'body_size_limit')['typed_config'] = {
        '@type': type('filters.http.buffer.v3.Buffer'),
        max_request_bytes: 1_000,
      };
    },
    'body-bounded',
  ],
  [
    'a large buffer',
    'Orders',
    (b) => (listener(b)['per_connection_buffer_limit_bytes'] = 1_073_741_824),
    'body-bounded',
  ],
  [
    'large windows',
    'Orders',
    (b) => (http(b)['http2_protocol_options'].initial_stream_window_size = 268_435_456),
    'body-bounded',
  ],
  ['windows of Envoy own', 'Orders', (b) => delete http(b)['http2_protocol_options'], 'body-bounded', 'unproven'],
  ['large headers', 'Orders', (b) => (http(b)['max_request_headers_kb'] = 8_192), 'body-bounded'],
  ['no rate limit', 'Orders', (b) => drop(b, 'local_ratelimit'), 'rate-bounded'],
  [
    'a rate limit that is not on',
    'Orders',
    (b) => delete filter(b, 'local_ratelimit')['filter_enabled'],
    'rate-bounded',
  ],
  [
    'a rate limit that is not enforced',
    'Orders',
    (b) => delete filter(b, 'local_ratelimit')['filter_enforced'],
    'rate-bounded',
  ],
  [
    'a rate limit for some',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['filter_enforced'].default_value.denominator = 'TEN_THOUSAND'),
    'rate-bounded',
  ],
  [
    'a rate limit by the runtime',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['filter_enforced'].runtime_key = 'x'),
    'rate-bounded',
    'unproven',
  ],
  [
    'a rate of more than there is',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['token_bucket'].fill_interval = '0.000001s'),
    'rate-bounded',
  ],
  ['one bucket for all', 'Orders', (b) => delete filter(b, 'local_ratelimit')['descriptors'], 'rate-bounded'],
  ['a bucket that nobody fills', 'Orders', (b) => delete filter(b, 'local_ratelimit')['rate_limits'], 'rate-bounded'],
  [
    'a bucket for one address alone',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['descriptors'][0].entries[0].value = '10.0.0.1'),
    'rate-bounded',
  ],
  [
    'one address takes all',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['descriptors'][0].token_bucket.tokens_per_fill = 2_000),
    'rate-bounded',
  ],
  [
    'one address has more at once than all',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['descriptors'][0].token_bucket.max_tokens = 900_000),
    'rate-bounded',
  ],
  [
    'buckets for twenty addresses',
    'Orders',
    (b) => delete filter(b, 'local_ratelimit')['max_dynamic_descriptors'],
    'rate-bounded',
  ],
  [
    'buckets of operators for no address',
    'Billing',
    (b) => (filter(b, 'local_ratelimit', 2)['max_dynamic_descriptors'] = 0),
    'rate-bounded',
  ],
  ['a rate limit behind the token check', 'Orders', (b) => move(b, 'local_ratelimit', 1), 'rate-bounded'],
  ['any number of connections', 'Orders', (b) => delete b['overload_manager'], 'rate-bounded'],
  ['a listener that is not counted', 'Orders', (b) => (listener(b)['ignore_global_conn_limit'] = true), 'rate-bounded'],
  ['connections of operators without end', 'Billing', (b) => chain(b, 2)['filters'].shift(), 'rate-bounded'],
  [
    'streams without end',
    'Orders',
    (b) => (http(b)['http2_protocol_options'].max_concurrent_streams = 2_147_483_647),
    'rate-bounded',
  ],
  ['a balancer for every caller', 'Storefront', (b) => (http(b)['xff_num_trusted_hops'] = 0), 'rate-bounded'],
  ['one hop too few', 'Storefront', (b) => (http(b)['xff_num_trusted_hops'] = 1), 'rate-bounded'],
  ['one hop too many', 'Orders', (b) => (http(b)['xff_num_trusted_hops'] = 1), 'forwarded-identity-not-trusted'],
  [
    'one hop too many behind Google',
    'Storefront',
    (b) => (http(b)['xff_num_trusted_hops'] = 3),
    'forwarded-identity-not-trusted',
  ],
  ['addresses out of headers', 'Orders', (b) => delete http(b)['use_remote_address'], 'forwarded-identity-not-trusted'],
  [
    'private addresses as internal',
    'Orders',
    (b) => (http(b)['internal_address_config'].cidr_ranges = [{ address_prefix: '10.0.0.0', prefix_len: 8 }]),
    'forwarded-identity-not-trusted',
  ],
  [
    'internal addresses left to Envoy',
    'Orders',
    (b) => delete http(b)['internal_address_config'],
    'forwarded-identity-not-trusted',
    'unproven',
  ],
  [
    'addresses by an extension',
    'Orders',
    (b) => (http(b)['original_ip_detection_extensions'] = [{}]),
    'forwarded-identity-not-trusted',
    'unproven',
  ],
  [
    'addresses by the proxy protocol',
    'Orders',
    (b) =>
      (listener(b)['listener_filters'] = [
        { name: 'p', typed_config: { '@type': type('filters.listener.proxy_protocol.v3.ProxyProtocol') } },
      ]),
    'forwarded-identity-not-trusted',
    'unproven',
  ],
  ['headers for ever', 'Orders', (b) => delete http(b)['request_headers_timeout'], 'slow-client-bounded'],
  ['bodies for ever', 'Orders', (b) => (http(b)['request_timeout'] = '0s'), 'slow-client-bounded'],
  ['silence for ever', 'Orders', (b) => (http(b)['stream_idle_timeout'] = '0s'), 'slow-client-bounded'],
  ['handshakes for ever', 'Orders', (b) => delete chain(b)['transport_socket_connect_timeout'], 'slow-client-bounded'],
  [
    'idle connections for ever',
    'Orders',
    (b) => (http(b)['common_http_protocol_options'].idle_timeout = '0s'),
    'slow-client-bounded',
  ],
  ['calls that end after 15 s', 'Orders', (b) => delete route(b)['route'].timeout, 'slow-client-bounded'],
];
