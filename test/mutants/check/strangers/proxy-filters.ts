import { filters, host, http, mutations, type, upstream } from '../../../check/proxy/parts';
import type { Edited } from '../sites';
import { proxy, type StrangersFault } from './fault';

const insert =
  (name: string, message: string, config: object, at = 0) =>
  (b: Edited) =>
    filters(b).splice(at, 0, {
      name: `envoy.filters.http.${name}`,
      typed_config: { '@type': type(`filters.http.${name}.v3.${message}`), ...config },
    });

const last = (b: Edited, change: object) => filters(b).splice(-1, 0, change);

/** What sees requests, and what of them is led on. */
export const PROXY_FILTERS: readonly StrangersFault[] = [
  [
    'a script before',
    proxy(
      insert('lua', 'Lua', {
        default_source_code: { inline_string: 'function envoy_on_request(h) h:headers():add("x","y") end' },
      }),
    ),
    ['ingress-authenticated', 'headers-allow-listed', 'client-certificate-required'],
  ],
  [
    'a script after',
    proxy((b) =>
      last(b, {
        name: 'envoy.filters.http.lua',
        typed_config: {
          '@type': type('filters.http.lua.v3.Lua'),
          default_source_code: {
            inline_string: 'function envoy_on_request(h) h:headers():replace(":path","/restate/health") end',
          },
        },
      }),
    ),
    ['ingress-authenticated', 'results-closed', 'headers-allow-listed', 'scope-per-handler'],
  ],
  [
    'a program before',
    proxy(
      insert('wasm', 'Wasm', {
        config: { vm_config: { runtime: 'envoy.wasm.runtime.v8', code: { local: { filename: '/x.wasm' } } } },
      }),
    ),
    ['ingress-authenticated', 'headers-allow-listed', 'client-certificate-required'],
  ],
  [
    'a service that reads all',
    proxy(
      insert('ext_proc', 'ExternalProcessor', {
        grpc_service: { envoy_grpc: { cluster_name: 'restate' } },
        failure_mode_allow: true,
      }),
    ),
    ['ingress-authenticated', 'headers-allow-listed', 'client-certificate-required'],
  ],
  [
    'a service that decides',
    proxy(
      insert('ext_authz', 'ExtAuthz', {
        http_service: { server_uri: { uri: 'http://x', cluster: 'restate', timeout: '1s' } },
        failure_mode_allow: true,
      }),
    ),
    ['ingress-authenticated', 'headers-allow-listed', 'client-certificate-required'],
  ],
  [
    'a tap',
    proxy(
      insert('tap', 'Tap', {
        common_config: {
          static_config: {
            match: { any_match: true },
            output_config: { sinks: [{ file_per_tap: { path_prefix: '/tmp/t' } }] },
          },
        },
      }),
    ),
    ['logs-hold-no-credential', 'headers-allow-listed', 'ingress-authenticated', 'client-certificate-required'],
  ],
  [
    'faults on demand',
    proxy(insert('fault', 'HTTPFault', { abort: { header_abort: {}, percentage: { numerator: 100 } } })),
    ['ingress-authenticated', 'forwarded-identity-not-trusted', 'client-certificate-required', 'rate-bounded'],
  ],
  [
    'headers by which callers are known',
    proxy((b) => {
      host(b)['request_headers_to_add'] = [{ header: { key: 'x-restate-user', value: 'admin' } }];
    }),
    ['headers-allow-listed', 'forwarded-identity-not-trusted'],
  ],
  [
    'headers of callers for the server',
    proxy((b) => {
      mutations(b)['request_mutations'] = [{ remove: 'cookie' }];
    }),
    ['headers-allow-listed'],
  ],
  [
    'no headers are taken away',
    proxy((b) => {
      upstream(b)['http_filters'].shift();
    }),
    ['headers-allow-listed'],
  ],
  [
    'headers are taken away from operators alone',
    proxy((b) => {
      mutations(b)['request_mutations'][0].remove_on_match.key_matcher = { safe_regex: { regex: 'x-.*' } };
    }),
    ['headers-allow-listed'],
  ],
  [
    'headers are put back',
    proxy((b) => {
      mutations(b)['request_mutations'].push({
        append: { header: { key: 'authorization', value: '%REQ(authorization)%' } },
      });
    }),
    ['headers-allow-listed'],
  ],
  [
    'trailers go on',
    proxy((b) => {
      mutations(b)['request_trailers_mutations'] = [];
      http(b)['http_protocol_options'].enable_trailers = true;
      upstream(b)['explicit_http_config'].http_protocol_options.enable_trailers = true;
    }),
    ['trailers-dropped'],
  ],
  [
    'trailers go on as headers',
    proxy((b) => {
      http(b)['merge_trailers'] = true;
    }),
    [
      'trailers-dropped',
      'headers-allow-listed',
      'ingress-authenticated',
      'no-request-smuggling',
      'client-certificate-required',
    ],
  ],
];
