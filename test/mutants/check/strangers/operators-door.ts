import { chain, drop, filters, http, logged, provider, policies, upstream } from '../../../check/proxy/parts';
import type { Edited } from '../sites';
import { proxy, type StrangersFault } from './fault';

/** The door of operators. */
export const OPERATORS_DOOR: readonly StrangersFault[] = [
  ['operators without tokens', proxy((b) => drop(b, 'jwt_authn', 2)), ['admin-authenticated'], 'Billing'],
  [
    'operators without roles',
    proxy((b) => {
      for (const name of ['rbac', 'rbac']) drop(b, name, 2);
    }),
    ['admin-authenticated'],
    'Billing',
  ],
  [
    'viewers do all',
    proxy((b) => {
      policies(b, 2)['viewer'].permissions = [{ any: true }];
    }),
    ['admin-authenticated'],
    'Billing',
  ],
  [
    'viewers write',
    proxy((b) => {
      policies(b, 2)['viewer'].permissions = policies(b, 2)['operator'].permissions;
    }),
    ['admin-authenticated', 'registration-by-deployers-only'],
    'Billing',
  ],
  [
    'viewers register',
    proxy((b) => {
      policies(b, 2)['viewer'].permissions.push(...policies(b, 2)['deployer'].permissions);
    }),
    ['admin-authenticated', 'registration-by-deployers-only'],
    'Billing',
  ],
  [
    'anybody with a key is a deployer',
    proxy((b) => {
      policies(b, 2)['deployer'].principals = [{ any: true }];
    }),
    ['admin-authenticated', 'registration-by-deployers-only'],
    'Billing',
  ],
  [
    'tokens of callers are those of operators',
    proxy((b) => {
      provider(b, 2)['audiences'] = provider(b)['audiences'];
    }),
    ['admin-authenticated', 'token-audience-bound', 'registration-by-deployers-only'],
    'Billing',
  ],
  [
    'operators of any audience',
    proxy((b) => {
      delete provider(b, 2)['audiences'];
    }),
    ['token-audience-bound', 'admin-authenticated'],
    'Billing',
  ],
  [
    'calls of operators are not written down',
    proxy((b) => {
      delete http(b, 2)['access_log'];
    }),
    ['admin-authenticated', 'audit-trail-present'],
    'Billing',
  ],
  [
    'calls of operators are written down without a name',
    proxy((b) => {
      delete logged(b, 2)['sub'];
    }),
    ['admin-authenticated', 'audit-trail-present'],
    'Billing',
  ],
  [
    'calls of operators are written down without the path',
    proxy((b) => {
      delete logged(b, 2)['path'];
    }),
    ['admin-authenticated', 'audit-trail-present'],
    'Billing',
  ],
  [
    'calls of operators are written down without the method',
    proxy((b) => {
      delete logged(b, 2)['method'];
    }),
    ['admin-authenticated', 'audit-trail-present'],
    'Billing',
  ],
  [
    'no TLS for operators',
    proxy((b) => {
      delete chain(b, 2)['transport_socket'];
    }),
    ['tls-outside'],
    'Billing',
  ],
  [
    'old TLS for operators',
    proxy((b) => {
      chain(b, 2)['transport_socket'].typed_config.common_tls_context.tls_params.tls_minimum_protocol_version =
        'TLSv1_0';
    }),
    ['tls-outside'],
    'Billing',
  ],
  ['no limit for operators', proxy((b) => drop(b, 'local_ratelimit', 2)), ['rate-bounded'], 'Billing'],
  [
    'connections of operators by the million',
    proxy((b) => {
      for (const each of chain(b, 2)['filters'])
        if (/connection_limit/.test(each.name)) each.typed_config.max_connections = 1e9;
    }),
    ['rate-bounded', 'slow-client-bounded'],
    'Billing',
  ],
  [
    'no bound of connections of operators',
    proxy((b) => {
      chain(b, 2)['filters'] = chain(b, 2)['filters'].filter((each: Edited) => !/connection_limit/.test(each.name));
    }),
    ['rate-bounded', 'slow-client-bounded'],
    'Billing',
  ],
  [
    'headers of operators go on',
    proxy((b) => {
      upstream(b, 'restate-admin')['http_filters'].shift();
    }),
    ['admin-authenticated', 'headers-allow-listed'],
    'Billing',
  ],
  [
    'health names all',
    proxy((b) => {
      filters(b, 1)[0]!['typed_config'].pass_through_mode = true;
      http(b, 1)['route_config'] = {
        virtual_hosts: [
          { name: 'x', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'restate' } }] },
        ],
      };
    }),
    ['health-names-nothing', 'ingress-authenticated'],
  ],
  [
    'the server behind the door of health',
    proxy((b) => {
      http(b, 1)['http_filters'] = http(b, 1)['http_filters'].slice(-1);
      http(b, 1)['route_config'] = {
        virtual_hosts: [
          { name: 'x', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'restate' } }] },
        ],
      };
    }),
    ['ingress-authenticated', 'health-names-nothing', 'tls-outside'],
  ],
  [
    'the console at the door of health',
    proxy((b) => {
      http(b, 1)['route_config'] = {
        virtual_hosts: [
          { name: 'x', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'restate-admin' } }] },
        ],
      };
    }),
    [
      'admin-authenticated',
      'admin-closed',
      'health-names-nothing',
      'admin-not-through-ingress',
      'ingress-authenticated',
    ],
    'Billing',
  ],
];
