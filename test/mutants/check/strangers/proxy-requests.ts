import { host, http, listener, type } from '../../../check/proxy/parts';
import { proxy, type StrangersFault } from './fault';

/** How requests are read, and who they are said to be from. */
export const PROXY_REQUESTS: readonly StrangersFault[] = [
  [
    'underscores',
    proxy((b) => {
      http(b)['common_http_protocol_options'].headers_with_underscores_action = 'ALLOW';
    }),
    ['headers-allow-listed', 'forwarded-identity-not-trusted', 'no-request-smuggling'],
  ],
  [
    'paths as they come',
    proxy((b) => {
      http(b)['normalize_path'] = false;
    }),
    ['path-canonical'],
  ],
  [
    'slashes as they come',
    proxy((b) => {
      http(b)['merge_slashes'] = false;
    }),
    ['path-canonical'],
  ],
  [
    'slashes are unescaped',
    proxy((b) => {
      http(b)['path_with_escaped_slashes_action'] = 'UNESCAPE_AND_FORWARD';
    }),
    ['path-canonical'],
  ],
  [
    'HTTP/1.0',
    proxy((b) => {
      http(b)['http_protocol_options'].accept_http_10 = true;
    }),
    ['no-request-smuggling'],
  ],
  [
    'lengths beside chunks',
    proxy((b) => {
      http(b)['http_protocol_options'].allow_chunked_length = true;
    }),
    ['no-request-smuggling'],
  ],
  [
    'errors of messages are forgiven',
    proxy((b) => {
      http(b)['stream_error_on_invalid_http_message'] = true;
      http(b)['http2_protocol_options'].override_stream_error_on_invalid_http_message = true;
    }),
    [
      'no-request-smuggling',
      'ingress-authenticated',
      'rate-bounded',
      'client-certificate-required',
      'slow-client-bounded',
    ],
  ],
  [
    'any method',
    proxy((b) => {
      http(b)['http_protocol_options'].allow_custom_methods = true;
    }),
    ['no-request-smuggling', 'ingress-authenticated', 'client-certificate-required', 'scope-per-handler'],
  ],
  [
    'tunnels of HTTP/2',
    proxy((b) => {
      http(b)['http2_protocol_options'].allow_connect = true;
    }),
    ['no-request-smuggling', 'ingress-authenticated', 'client-certificate-required'],
  ],
  [
    'any host',
    proxy((b) => {
      host(b)['domains'] = ['*'];
    }),
    ['no-request-smuggling'],
  ],
  [
    'the address that callers say',
    proxy((b) => {
      http(b)['use_remote_address'] = false;
    }),
    ['forwarded-identity-not-trusted'],
  ],
  [
    'one hop before is trusted',
    proxy((b) => {
      http(b)['xff_num_trusted_hops'] = 1;
    }),
    ['forwarded-identity-not-trusted', 'rate-bounded'],
  ],
  [
    'the address of a header',
    proxy((b) => {
      delete http(b)['use_remote_address'];
      http(b)['original_ip_detection_extensions'] = [
        {
          name: 'envoy.http.original_ip_detection.custom_header',
          typed_config: {
            '@type': type('http.original_ip_detection.custom_header.v3.CustomHeaderConfig'),
            header_name: 'x-ip',
            allow_extension_to_set_address_as_trusted: true,
          },
        },
      ];
    }),
    ['forwarded-identity-not-trusted'],
  ],
  [
    'neighbours are insiders',
    proxy((b) => {
      http(b)['internal_address_config'] = { cidr_ranges: [{ address_prefix: '0.0.0.0', prefix_len: 0 }] };
    }),
    ['forwarded-identity-not-trusted'],
  ],
  [
    'the header of proxies',
    proxy((b) => {
      listener(b)['listener_filters'] = [
        {
          name: 'envoy.filters.listener.proxy_protocol',
          typed_config: {
            '@type': type('filters.listener.proxy_protocol.v3.ProxyProtocol'),
            allow_requests_without_proxy_protocol: true,
          },
        },
      ];
    }),
    ['forwarded-identity-not-trusted'],
  ],
  [
    'ids of requests from outside',
    proxy((b) => {
      http(b)['preserve_external_request_id'] = true;
    }),
    ['forwarded-identity-not-trusted', 'headers-allow-listed'],
  ],
];
