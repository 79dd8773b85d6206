import { http, logged, type } from '../../../check/proxy/parts';
import { proxy, type StrangersFault } from './fault';

/** What is written down of requests. */
export const PROXY_LOGS: readonly StrangersFault[] = [
  [
    'traces',
    proxy((b) => {
      http(b)['tracing'] = {
        provider: {
          name: 'envoy.tracers.zipkin',
          typed_config: {
            '@type': 'type.googleapis.com/envoy.config.trace.v3.ZipkinConfig',
            collector_cluster: 'restate',
            collector_endpoint: '/x',
            collector_endpoint_version: 'HTTP_JSON',
          },
        },
      };
    }),
    [
      'logs-hold-no-credential',
      'headers-allow-listed',
      'ingress-authenticated',
      'client-certificate-required',
      'egress-closed',
    ],
  ],
  [
    'tokens in the log',
    proxy((b) => {
      logged(b)['token'] = '%REQ(AUTHORIZATION)%';
    }),
    ['logs-hold-no-credential'],
  ],
  [
    'cookies in the log',
    proxy((b) => {
      logged(b)['cookie'] = '%REQ(COOKIE)%';
    }),
    ['logs-hold-no-credential'],
  ],
  [
    'queries in the log',
    proxy((b) => {
      logged(b)['path'] = '%REQ(:PATH)%';
    }),
    ['logs-hold-no-credential'],
  ],
  [
    'queries in the log, by another name',
    proxy((b) => {
      logged(b)['path'] = '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%';
    }),
    ['logs-hold-no-credential'],
  ],
  [
    'whole tokens in the log',
    proxy((b) => {
      logged(b)['token'] = '%DYNAMIC_METADATA(envoy.filters.http.jwt_authn)%';
    }),
    ['logs-hold-no-credential'],
  ],
  [
    'variables in the log',
    proxy((b) => {
      logged(b)['x'] = '%ENVIRONMENT(TLS_PRIVATE_KEY)%';
    }),
    ['logs-hold-no-credential'],
  ],
  [
    'a file of logs',
    proxy((b) => {
      http(b)['access_log'].push({
        name: 'f',
        typed_config: {
          '@type': type('access_loggers.file.v3.FileAccessLog'),
          path: '/tmp/l',
          log_format: { text_format_source: { inline_string: '%REQ(COOKIE)%' } },
        },
      });
    }),
    ['logs-hold-no-credential'],
  ],
  [
    'logs for a stranger',
    proxy((b) => {
      http(b)['access_log'].push({
        name: 'g',
        typed_config: {
          '@type': type('access_loggers.grpc.v3.HttpGrpcAccessLogConfig'),
          common_config: { log_name: 'x', grpc_service: { envoy_grpc: { cluster_name: 'restate' } } },
        },
      });
    }),
    ['logs-hold-no-credential'],
  ],
  [
    'no log',
    proxy((b) => {
      delete http(b)['access_log'];
    }),
    ['refusal-named', 'alarms-present'],
  ],
  [
    'a log without refusals',
    proxy((b) => {
      http(b)['access_log'][0].filter = {
        status_code_filter: { comparison: { op: 'LE', value: { default_value: 399, runtime_key: 'x' } } },
      };
    }),
    ['refusal-named', 'alarms-present'],
  ],
  [
    'a log without the reason',
    proxy((b) => {
      delete logged(b)['details'];
    }),
    ['refusal-named'],
  ],
  [
    'a log without the status',
    proxy((b) => {
      delete logged(b)['status'];
    }),
    ['refusal-named', 'alarms-present'],
  ],
  [
    'a log of another name',
    proxy((b) => {
      logged(b)['log'] = 'x';
    }),
    ['alarms-present'],
  ],
];
