import type { ProxyFault } from './fault';
import { chain, drop, filter, filters, host, http, listener, named, requirement, route, rules, type } from './parts';

const JWT_OFF = { '@type': type('filters.http.jwt_authn.v3.PerRouteConfig'), disabled: true };
const OFF = { '@type': 'type.googleapis.com/envoy.config.route.v3.FilterConfig', disabled: true };
const JWT = 'envoy.filters.http.jwt_authn';

/** Who gets in at all: one guard less each. */
export const AUTHENTICATION_FAULTS: readonly ProxyFault[] = [
  ['no token filter', 'Orders', (b) => drop(b, 'jwt_authn'), 'ingress-authenticated'],
  [
    'a token filter that is turned off',
    'Orders',
    (b) => (named(b, 'jwt_authn')['disabled'] = true),
    'ingress-authenticated',
  ],
  ['a token filter without rules', 'Orders', (b) => (filter(b, 'jwt_authn')['rules'] = []), 'ingress-authenticated'],
  [
    'other methods than that of calls',
    'Orders',
    (b) => (rules(b)[0]!['header'].string_match = { safe_regex: { regex: 'POST|PUT' } }),
    'scope-per-handler',
    'unproven',
  ],
  ['a rule that requires nothing', 'Orders', (b) => delete requirement(b)['requires'], 'ingress-authenticated'],
  ['an empty requirement', 'Orders', (b) => (requirement(b)['requires'] = {}), 'ingress-authenticated'],
  [
    'a rule for some paths',
    'Orders',
    (b) => (requirement(b)['match'] = { prefix: '/Greeter' }),
    'ingress-authenticated',
  ],
  ['a rule for one path', 'Orders', (b) => (requirement(b)['match'] = { path: '/' }), 'ingress-authenticated'],
  [
    'a rule for an expression',
    'Orders',
    (b) => (requirement(b)['match'] = { safe_regex: { regex: '/[a-z]+/.*' } }),
    'ingress-authenticated',
  ],
  [
    'a rule for one header',
    'Orders',
    (b) => (requirement(b)['match'] = { prefix: '/', headers: [{ name: 'x', present_match: true }] }),
    'ingress-authenticated',
  ],
  [
    'a rule for a path before the rule for all',
    'Orders',
    (b) => filter(b, 'jwt_authn')['rules'].unshift({ match: { prefix: '/Open' } }),
    'ingress-authenticated',
  ],
  [
    'a missing token let through',
    'Orders',
    (b) => (requirement(b)['requires'] = { allow_missing: {} }),
    'ingress-authenticated',
  ],
  [
    'a bad token let through',
    'Orders',
    (b) => (requirement(b)['requires'] = { allow_missing_or_failed: {} }),
    'ingress-authenticated',
  ],
  [
    'a token or none',
    'Orders',
    (b) =>
      (requirement(b)['requires'] = {
        requires_any: { requirements: [requirement(b)['requires'], { allow_missing: {} }] },
      }),
    'ingress-authenticated',
  ],
  [
    'a requirement by a name that is nowhere',
    'Orders',
    (b) => (filter(b, 'jwt_authn')['rules'] = [{ match: { prefix: '/' }, requirement_name: 'gone' }]),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'tokens extracted and not verified',
    'Orders',
    (b) => (requirement(b)['requires'] = { extract_only_without_validation: {} }),
    'ingress-authenticated',
  ],
  [
    'the token filter off for the route',
    'Orders',
    (b) => (route(b)['typed_per_filter_config'] = { [JWT]: JWT_OFF }),
    'ingress-authenticated',
  ],
  [
    'the token filter off for the host',
    'Orders',
    (b) => (host(b)['typed_per_filter_config'] = { [JWT]: OFF }),
    'ingress-authenticated',
  ],
  [
    'the token filter off for all routes',
    'Orders',
    (b) => (http(b)['route_config'].typed_per_filter_config = { [JWT]: OFF }),
    'ingress-authenticated',
  ],
  [
    'another requirement for the route',
    'Orders',
    (b) =>
      (route(b)['typed_per_filter_config'] = { [JWT]: { ...JWT_OFF, disabled: false, requirement_name: 'other' } }),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'a route of its own without the token filter',
    'Orders',
    (b) =>
      host(b)['routes'].unshift({
        match: { prefix: '/Open' },
        route: { cluster: 'restate', timeout: '0s' },
        typed_per_filter_config: { [JWT]: JWT_OFF },
      }),
    'ingress-authenticated',
  ],
  [
    'a host of its own without the token filter',
    'Orders',
    (b) =>
      http(b)['route_config'].virtual_hosts.push({
        ...structuredClone(host(b)),
        name: 'other',
        domains: ['other.example.com'],
        typed_per_filter_config: { [JWT]: OFF },
      }),
    'ingress-authenticated',
  ],
  [
    'a chain of its own without the token filter',
    'Orders',
    (b) => {
      listener(b)['filter_chains'].push(structuredClone(chain(b)));
      listener(b)['filter_chains'][0].filter_chain_match = { server_names: ['open.example.com'] };
      drop(b, 'jwt_authn');
    },
    'ingress-authenticated',
  ],
  [
    'a listener of its own without the token filter',
    'Orders',
    (b) => {
      const other = structuredClone(listener(b));
      other['name'] = 'other';
      other['address'].socket_address.port_value = 9443;
      b['static_resources'].listeners.unshift(other);
      drop(b, 'jwt_authn');
    },
    'ingress-authenticated',
  ],
  [
    'a listener that leads bytes on',
    'Orders',
    (b) =>
      b['static_resources'].listeners.push({
        name: 'raw',
        address: { socket_address: { address: '0.0.0.0', port_value: 9000 } },
        filter_chains: [
          {
            filters: [
              {
                name: 'tcp',
                typed_config: {
                  '@type': type('filters.network.tcp_proxy.v3.TcpProxy'),
                  stat_prefix: 'raw',
                  cluster: 'restate',
                },
              },
            ],
          },
        ],
      }),
    'ingress-authenticated',
  ],
  [
    'the health listener leads to the server',
    'Orders',
    (b) =>
      (http(b, 1)['route_config'].virtual_hosts = [
        {
          name: 'h',
          domains: ['*'],
          routes: [{ match: { path: '/healthz' }, route: { cluster: 'restate', prefix_rewrite: '/restate/health' } }],
        },
      ]),
    'health-names-nothing',
  ],
  [
    'preflights let through',
    'Orders',
    (b) => {
      filter(b, 'jwt_authn')['bypass_cors_preflight'] = true;
      rules(b).splice(0, 1);
      rules(b).pop();
    },
    'ingress-authenticated',
  ],
  [
    'a filter nobody knows',
    'Orders',
    (b) => filters(b).unshift({ name: 'x', typed_config: { '@type': type('filters.http.ext_authz.v3.ExtAuthz') } }),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'a filter from elsewhere',
    'Orders',
    (b) => filters(b).unshift({ name: 'x', config_discovery: { config_source: { ads: {} } } }),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'a filter as a struct',
    'Orders',
    (b) => (named(b, 'jwt_authn')['typed_config']['@type'] = 'type.googleapis.com/xds.type.v3.TypedStruct'),
    'ingress-authenticated',
  ],
  [
    'routes from elsewhere',
    'Orders',
    (b) => {
      delete http(b)['route_config'];
      http(b)['rds'] = { route_config_name: 'r', config_source: { ads: {} } };
    },
    'ingress-authenticated',
    'unproven',
  ],
  [
    'listeners from elsewhere',
    'Orders',
    (b) => (b['dynamic_resources'] = { lds_config: { ads: {} } }),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'a key of the runtime',
    'Orders',
    (b) => (b['layered_runtime'].layers[0].static_layer['envoy.reloadable_features.x'] = false),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'a runtime from the disk',
    'Orders',
    (b) => b['layered_runtime'].layers.push({ name: 'disk', disk_layer: { symlink_root: '/etc' } }),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'a cluster from elsewhere',
    'Orders',
    (b) => (route(b)['route'] = { cluster_header: 'x-cluster', timeout: '0s' }),
    'ingress-authenticated',
    'unproven',
  ],
  [
    'requests mirrored',
    'Orders',
    (b) => (route(b)['route'].request_mirror_policies = [{ cluster: 'issuer' }]),
    'ingress-authenticated',
    'unproven',
  ],
  ['a matcher in place of routes', 'Orders', (b) => (host(b)['matcher'] = {}), 'ingress-authenticated', 'unproven'],
];
