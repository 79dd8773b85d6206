import { drop, filter, host, named, policies, route, type } from '../../../check/proxy/parts';
import type { Edited } from '../sites';
import { proxy, type StrangersFault } from './fault';

const perRoute = (name: string, config: object) => (b: Edited) => {
  route(b)['typed_per_filter_config'] = { [`envoy.filters.http.${name}`]: config };
};

const perHost = (name: string, config: object) => (b: Edited) => {
  host(b)['typed_per_filter_config'] = { [`envoy.filters.http.${name}`]: config };
};

/** What callers may do. */
export const PROXY_RIGHTS: readonly StrangersFault[] = [
  [
    'no rights',
    proxy((b) => drop(b, 'rbac')),
    ['scope-per-handler', 'results-closed', 'query-allow-listed', 'cors-owned', 'client-certificate-required'],
  ],
  [
    'rights are off',
    proxy((b) => {
      named(b, 'rbac')['disabled'] = true;
    }),
    ['scope-per-handler', 'results-closed'],
  ],
  [
    'rights in the shadow',
    proxy((b) => {
      const config = filter(b, 'rbac');
      config['shadow_rules'] = config['rules'];
      delete config['rules'];
    }),
    ['scope-per-handler', 'results-closed'],
  ],
  [
    'rights that are only written down',
    proxy((b) => {
      filter(b, 'rbac')['rules'].action = 'LOG';
    }),
    ['scope-per-handler', 'results-closed'],
  ],
  [
    'rights the other way around',
    proxy((b) => {
      filter(b, 'rbac')['rules'].action = 'DENY';
    }),
    ['scope-per-handler', 'results-closed'],
  ],
  [
    'any right for anybody',
    proxy((b) => {
      policies(b)['all'] = { permissions: [{ any: true }], principals: [{ any: true }] };
    }),
    ['results-closed', 'scope-per-handler'],
  ],
  [
    'rights on what is under a path',
    proxy((b) => {
      policies(b)['all'] = {
        permissions: [{ url_path: { path: { prefix: '/restate' } } }],
        principals: [{ any: true }],
      };
    }),
    ['results-closed'],
  ],
  [
    'rights unless',
    proxy((b) => {
      policies(b)['all'] = {
        permissions: [{ not_rule: { url_path: { path: { exact: '/x' } } } }],
        principals: [{ any: true }],
      };
    }),
    ['results-closed', 'scope-per-handler'],
  ],
  [
    'rights by a header that callers write',
    proxy((b) => {
      policies(b)['all'] = {
        permissions: [{ any: true }],
        principals: [{ header: { name: 'x-internal', string_match: { exact: 'true' } } }],
      };
    }),
    ['results-closed', 'scope-per-handler'],
  ],
  [
    'rights by an address',
    proxy((b) => {
      policies(b)['all'] = {
        permissions: [{ any: true }],
        principals: [{ remote_ip: { address_prefix: '10.0.0.0', prefix_len: 8 } }],
      };
    }),
    ['results-closed', 'scope-per-handler', 'forwarded-identity-not-trusted'],
  ],
  [
    'rights are off on the route',
    proxy(perRoute('rbac', { '@type': type('filters.http.rbac.v3.RBACPerRoute') })),
    ['scope-per-handler', 'results-closed'],
  ],
  [
    'rights are others on the host',
    proxy(
      perHost('rbac', {
        '@type': type('filters.http.rbac.v3.RBACPerRoute'),
        rbac: {
          rules: { action: 'ALLOW', policies: { all: { permissions: [{ any: true }], principals: [{ any: true }] } } },
        },
      }),
    ),
    ['scope-per-handler', 'results-closed'],
  ],
];
