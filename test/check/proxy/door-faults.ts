import type { ProxyFault } from './fault';
import {
  chain,
  cluster,
  drop,
  filter,
  filters,
  host,
  http,
  listener,
  logged,
  move,
  policies,
  provider,
  route,
  rules,
  tls,
  type,
} from './parts';

/** Doors, logs and what stands behind: one guard less each. */
export const DOOR_FAULTS: readonly ProxyFault[] = [
  [
    'an admin interface',
    'Orders',
    (b) => (b['admin'] = { address: { socket_address: { address: '127.0.0.1', port_value: 9901 } } }),
    'proxy-has-no-admin',
  ],
  ['no log', 'Orders', (b) => delete http(b)['access_log'], 'refusal-named'],
  ['a log without why', 'Orders', (b) => delete logged(b)['details'], 'refusal-named'],
  [
    'a log of some requests',
    'Orders',
    (b) => (http(b)['access_log'][0].filter = { status_code_filter: {} }),
    'refusal-named',
  ],
  ...[
    '%REQ(AUTHORIZATION)%',
    '%REQ(COOKIE)%',
    '%REQ(:PATH)%',
    '%PATH%',
    '%QUERY_PARAM(access_token)%',
    '%REQ(:METHOD?AUTHORIZATION)%',
    '%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:jwt)%',
    '%TRAILER(x)%',
  ].map((written): ProxyFault => [
    `a log with ${written}`,
    'Orders',
    (b) => (logged(b)['more'] = written),
    'logs-hold-no-credential',
  ]),
  [
    'a log with what nobody knows',
    'Orders',
    (b) => (logged(b)['more'] = '%CEL(request.headers)%'),
    'logs-hold-no-credential',
    'unproven',
  ],
  [
    'a log of Envoy own',
    'Orders',
    (b) => delete http(b)['access_log'][0].typed_config.log_format,
    'logs-hold-no-credential',
  ],
  [
    'a log to a server',
    'Orders',
    (b) => (http(b)['access_log'][0].typed_config['@type'] = type('access_loggers.grpc.v3.HttpGrpcAccessLogConfig')),
    'logs-hold-no-credential',
    'unproven',
  ],
  ['a body limit that logs queries', 'Orders', (b) => move(b, 'body_size_limit', 1), 'logs-hold-no-credential'],
  ['traces', 'Orders', (b) => (http(b)['tracing'] = {}), 'logs-hold-no-credential', 'unproven'],
  [
    'statistics sent away',
    'Orders',
    (b) => (b['stats_sinks'] = [{ name: 'x' }]),
    'logs-hold-no-credential',
    'unproven',
  ],
  [
    'keys of TLS written down',
    'Orders',
    (b) => (tls(b)['common_tls_context'].key_log = { path: '/tmp/keys' }),
    'logs-hold-no-credential',
    'unproven',
  ],
  ['no TLS', 'Orders', (b) => delete chain(b)['transport_socket'], 'tls-outside'],
  [
    'old TLS',
    'Orders',
    (b) => (tls(b)['common_tls_context'].tls_params.tls_minimum_protocol_version = 'TLSv1_0'),
    'tls-outside',
  ],
  ['TLS as Envoy likes', 'Orders', (b) => delete tls(b)['common_tls_context'].tls_params, 'tls-outside', 'unproven'],
  [
    'weak suites',
    'Orders',
    (b) => (tls(b)['common_tls_context'].tls_params.cipher_suites = ['AES128-SHA']),
    'tls-outside',
  ],
  [
    'weak signatures',
    'Orders',
    (b) => (tls(b)['common_tls_context'].tls_params.signature_algorithms = ['rsa_pkcs1_sha1']),
    'tls-outside',
  ],
  [
    'a chain in clear beside',
    'Orders',
    (b) => {
      const other = structuredClone(chain(b));
      delete other['transport_socket'];
      listener(b)['default_filter_chain'] = other;
    },
    'tls-outside',
  ],
  [
    'the server elsewhere',
    'Orders',
    (b) =>
      (cluster(b)['load_assignment'].endpoints[0].lb_endpoints[0].endpoint.address.socket_address.address = '10.0.0.9'),
    'upstream-verified',
  ],
  [
    'a second server elsewhere',
    'Orders',
    (b) =>
      cluster(b)['load_assignment'].endpoints[0].lb_endpoints.push({
        endpoint: { address: { socket_address: { address: '10.0.0.9', port_value: 8080 } } },
      }),
    'upstream-verified',
  ],
  [
    'the fabric in place of the ingress',
    'Orders',
    (b) =>
      (cluster(b)['load_assignment'].endpoints[0].lb_endpoints[0].endpoint.address.socket_address.port_value = 5122),
    'admin-not-through-ingress',
  ],
  [
    'nobody knows what',
    'Orders',
    (b) =>
      (cluster(b)['load_assignment'].endpoints[0].lb_endpoints[0].endpoint.address.socket_address.port_value = 9999),
    'admin-not-through-ingress',
    'unproven',
  ],
  [
    'a route to the admin API',
    'Billing',
    (b) =>
      host(b)['routes'].unshift({
        match: { prefix: '/deployments' },
        route: { cluster: 'restate-admin', timeout: '0s' },
      }),
    'admin-not-through-ingress',
  ],
  ['operators without a token', 'Billing', (b) => drop(b, 'jwt_authn', 2), 'admin-authenticated', 'unproven'],
  [
    'operators without a role',
    'Billing',
    (b) => (policies(b, 2)['viewer'].principals = [{ any: true }]),
    'admin-authenticated',
  ],
  [
    'operators without a rule for tokens',
    'Billing',
    (b) => (filter(b, 'jwt_authn', 2)['rules'] = []),
    'admin-authenticated',
  ],
  [
    'operators without a token on some path',
    'Billing',
    (b) => filter(b, 'jwt_authn', 2)['rules'].unshift({ match: { prefix: '/free' } }),
    'admin-authenticated',
  ],
  ['operators without rules', 'Billing', (b) => filters(b, 2).splice(3, 1), 'admin-authenticated'],
  [
    'a viewer who may anything',
    'Billing',
    (b) => (policies(b, 2)['viewer'].permissions = [{ any: true }]),
    'admin-authenticated',
  ],
  [
    'a viewer who queries',
    'Billing',
    (b) => policies(b, 2)['viewer'].permissions.push({ header: { name: ':path', string_match: { exact: '/query' } } }),
    'admin-authenticated',
  ],
  [
    'a viewer who registers',
    'Billing',
    (b) => policies(b, 2)['viewer'].permissions.push(...policies(b, 2)['deployer'].permissions),
    'admin-authenticated',
  ],
  [
    'an operator who may what nobody knows',
    'Billing',
    (b) => (policies(b, 2)['operator'].permissions = [{ any: true }]),
    'admin-authenticated',
  ],
  [
    'a role by its beginning',
    'Billing',
    (b) =>
      (policies(b, 2)['viewer'].principals[0].sourced_metadata.metadata_matcher.value.list_match.one_of.string_match = {
        prefix: 'restate:view',
      }),
    'admin-authenticated',
  ],
  [
    'a path by its beginning',
    'Billing',
    (b) => (rules(b, 2)[1]!['header'].string_match.safe_regex.regex += '.*'),
    'admin-authenticated',
  ],
  ['any method', 'Billing', (b) => rules(b, 2).shift(), 'admin-authenticated'],
  [
    'operators whose tokens are for anybody',
    'Billing',
    (b) => delete provider(b, 2)['audiences'],
    'admin-authenticated',
  ],
  [
    'one audience for both doors',
    'Billing',
    (b) => (provider(b, 2)['audiences'] = provider(b)['audiences']),
    'admin-authenticated',
  ],
  ['operators who leave no trace', 'Billing', (b) => delete http(b, 2)['access_log'], 'admin-authenticated'],
  ['operators without a name', 'Billing', (b) => delete logged(b, 2)['sub'], 'admin-authenticated'],
  [
    'the web UI for operators',
    'Billing',
    (b) => (policies(b, 2)['operator'].permissions = [{ any: true }]),
    'admin-ui-closed',
  ],
  [
    'the metadata server for everybody',
    'Invoices',
    (b) => (listener(b, 3)['address'].socket_address.address = '0.0.0.0'),
    'metadata-unreachable',
  ],
  ['everything of the metadata server', 'Invoices', (b) => drop(b, 'rbac', 3), 'metadata-unreachable'],
  [
    'the keys of the metadata server',
    'Invoices',
    (b) => (rules(b, 3)[1]!['header'].string_match.safe_regex.regex = '/computeMetadata/v1/.*'),
    'metadata-unreachable',
  ],
  ['any method at the metadata server', 'Invoices', (b) => rules(b, 3).shift(), 'metadata-unreachable'],
  ['no flavor', 'Invoices', (b) => rules(b, 3).splice(2, 1), 'metadata-unreachable'],
  ['any body to the metadata server', 'Invoices', (b) => drop(b, 'body_size_limit', 3), 'metadata-unreachable'],
  [
    'another audience than the server asks for',
    'Invoices',
    (b) =>
      (route(b, 3)['route'].prefix_rewrite = '/computeMetadata/v1/x?audience=https%3A%2F%2Fother.example.com&asked='),
    'cloud-run-token-audience',
  ],
  ['forwarded requests to the metadata server', 'Invoices', (b) => rules(b, 3).splice(3, 1), 'metadata-unreachable'],
];
