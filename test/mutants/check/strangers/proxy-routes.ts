import { cluster, host, http, route, type } from '../../../check/proxy/parts';
import { proxy, type StrangersFault } from './fault';

const EVERYBODY: readonly string[] = ['ingress-authenticated', 'client-certificate-required'];

const TOKENS = ['Orders', 'Billing'] as const;

/** Where requests are led. */
export const PROXY_ROUTES: readonly StrangersFault[] = [
  [
    'a route that is free',
    proxy((b) => {
      host(b)['routes'].unshift({
        match: { prefix: '/x' },
        route: { cluster: 'restate' },
        typed_per_filter_config: {
          'envoy.filters.http.jwt_authn': { '@type': type('filters.http.jwt_authn.v3.PerRouteConfig'), disabled: true },
          'envoy.filters.http.rbac': { '@type': type('filters.http.rbac.v3.RBACPerRoute') },
        },
      });
    }),
    EVERYBODY,
    ...TOKENS,
  ],
  [
    'a route to the admin at the ingress',
    proxy((b) => {
      host(b)['routes'].unshift({ match: { prefix: '/deployments' }, route: { cluster: 'restate-admin' } });
    }),
    ['admin-not-through-ingress', 'admin-authenticated', 'registration-by-deployers-only', 'admin-closed'],
    'Billing',
  ],
  [
    'the ingress leads to the admin',
    proxy((b) => {
      cluster(b)['load_assignment'].endpoints[0].lb_endpoints[0].endpoint.address.socket_address.port_value = 9070;
    }),
    ['admin-not-through-ingress', 'admin-closed', 'admin-authenticated'],
  ],
  [
    'the ingress leads to the fabric',
    proxy((b) => {
      cluster(b)['load_assignment'].endpoints[0].lb_endpoints[0].endpoint.address.socket_address.port_value = 5122;
    }),
    ['fabric-cluster-only', 'metrics-closed'],
  ],
  [
    'the ingress leads to a stranger',
    proxy((b) => {
      cluster(b)['load_assignment'].endpoints[0].lb_endpoints[0].endpoint.address.socket_address.address =
        '198.51.100.7';
    }),
    ['upstream-verified', 'ingress-no-bypass', 'tls-outside', 'ingress-authenticated'],
  ],
  [
    'a second server behind',
    proxy((b) => {
      cluster(b)['load_assignment'].endpoints[0].lb_endpoints.push({
        endpoint: { address: { socket_address: { address: '198.51.100.7', port_value: 8080 } } },
      });
    }),
    ['upstream-verified', 'tls-outside', 'ingress-no-bypass'],
  ],
  [
    'where callers want',
    proxy((b) => {
      cluster(b)['type'] = 'ORIGINAL_DST';
      cluster(b)['lb_policy'] = 'CLUSTER_PROVIDED';
      delete cluster(b)['load_assignment'];
    }),
    ['upstream-verified', 'ingress-authenticated', 'egress-closed', 'forwarded-identity-not-trusted'],
  ],
  [
    'where a header says',
    proxy((b) => {
      route(b)['route'] = { cluster_header: 'x-cluster', timeout: '0s' };
    }),
    [
      'ingress-authenticated',
      'scope-per-handler',
      'admin-not-through-ingress',
      'results-closed',
      'forwarded-identity-not-trusted',
    ],
  ],
  [
    'a copy of all requests',
    proxy((b) => {
      route(b)['route'].request_mirror_policies = [{ cluster: 'restate' }];
    }),
    ['headers-allow-listed', 'upstream-verified', 'results-closed', 'ingress-authenticated', 'scope-per-handler'],
  ],
  [
    'paths are written anew',
    proxy((b) => {
      route(b)['route'].prefix_rewrite = '/restate/';
    }),
    ['results-closed', 'path-canonical', 'scope-per-handler'],
  ],
  [
    'paths are written anew by a pattern',
    proxy((b) => {
      route(b)['route'].regex_rewrite = { pattern: { regex: '^/(.*)$' }, substitution: '/restate/\\1' };
    }),
    ['results-closed', 'path-canonical', 'scope-per-handler'],
  ],
  [
    'hosts are written anew by a header',
    proxy((b) => {
      route(b)['route'].host_rewrite_header = 'x-host';
    }),
    ['forwarded-identity-not-trusted', 'no-request-smuggling', 'headers-allow-listed'],
  ],
  [
    'web sockets',
    proxy((b) => {
      http(b)['upgrade_configs'] = [{ upgrade_type: 'websocket' }];
    }),
    ['no-request-smuggling', 'body-bounded', 'ingress-authenticated', 'slow-client-bounded', 'scope-per-handler'],
  ],
  [
    'tunnels on the route',
    proxy((b) => {
      route(b)['route'].upgrade_configs = [{ upgrade_type: 'CONNECT', connect_config: {} }];
    }),
    ['no-request-smuggling', 'body-bounded', 'ingress-authenticated', 'slow-client-bounded', 'scope-per-handler'],
  ],
  [
    'an answer that redirects',
    proxy((b) => {
      host(b)['routes'].unshift({ match: { prefix: '/go' }, redirect: { host_redirect: 'evil.example.net' } });
    }),
    ['ingress-authenticated', 'scope-per-handler', 'results-closed', 'client-certificate-required'],
  ],
  [
    'an answer of its own',
    proxy((b) => {
      host(b)['routes'].unshift({
        match: { prefix: '/x' },
        direct_response: { status: 200, body: { environment_variable: 'PORTCULLIS_IDENTITY_KEY' } },
      });
    }),
    [
      'ingress-authenticated',
      'secrets-by-reference',
      'scope-per-handler',
      'health-names-nothing',
      'logs-hold-no-credential',
    ],
  ],
];
