import { editBootstrap, extension, listener, type Node, removeExtension, removeMember, setMember } from '../envoy';
import type { Mutant } from '../mutant';
import { environment, some, type Template, the } from '../template';

/** What the proxy lets through of a request whose token is good. */
export const FILTERING_MUTANTS: readonly Mutant[] = [
  {
    id: 'all-headers-forwarded',
    guard: 'the allow-list of request headers',
    attack: 'credentials-to-the-journal',
    edit: edit((bootstrap) => removeMember(extension(bootstrap, 'HeaderMutation'), 'request_mutations')),
  },
  {
    id: 'some-headers-removed',
    guard: 'the allow-list of request headers, replaced by a list of what to remove,',
    attack: 'forged-forwarding-headers',
    edit: edit((bootstrap) => {
      const remove = ['authorization', 'cookie', 'proxy-authorization', 'x-forwarded-for'].map((name) => ({
        remove: name,
      }));
      setMember(extension(bootstrap, 'HeaderMutation'), 'request_mutations', remove);
    }),
  },
  {
    id: 'trailers-forwarded',
    guard: 'the removal of request trailers',
    attack: 'trailers-to-the-server',
    edit: edit((bootstrap) => {
      removeMember(extension(bootstrap, 'HeaderMutation'), 'request_trailers_mutations');
      // Envoy forwards none over HTTP/1.1 unless told.
      setMember(extension(bootstrap, 'HttpProtocolOptions'), 'http_protocol_options', { enable_trailers: true });
    }),
  },
  {
    id: 'any-query',
    guard: 'the allow-list of query parameters',
    attack: 'credentials-in-the-query',
    edit: edit((bootstrap) => removeRule(bootstrap, isHeader(':path'))),
  },
  {
    id: 'server-routes-open',
    guard: "the refusal of the server's own routes",
    attack: 'result-of-another-call',
    edit: edit((bootstrap) => removeRule(bootstrap, (rule) => 'not_rule' in rule)),
  },
  {
    id: 'private-results-open',
    guard: "the refusal of the server's own routes, which ask nobody whether a service is private,",
    attack: 'private-service',
    edit: edit((bootstrap) => removeRule(bootstrap, (rule) => 'not_rule' in rule)),
  },
  {
    id: 'server-health-open',
    guard: "the refusal of the server's own routes and of other methods",
    attack: 'services-from-server-health',
    edit: edit((bootstrap) => {
      removeRule(bootstrap, (rule) => 'not_rule' in rule);
      removeRule(bootstrap, isHeader(':method'));
    }),
  },
  {
    id: 'server-health-to-balancer',
    guard: "the proxy's own health answer",
    attack: 'services-from-balancer-health',
    edit: edit((bootstrap) => {
      const health = extension(listener(bootstrap, 'plaintext'), 'HttpConnectionManager');
      removeExtension(health, 'HealthCheck');
      const route = { match: { prefix: '/' }, route: { cluster: 'restate', regex_rewrite: TO_SERVER_HEALTH } };
      health['route_config'] = { name: 'health', virtual_hosts: [{ name: 'health', domains: ['*'], routes: [route] }] };
    }),
  },
  {
    id: 'escaped-slashes-unescaped',
    guard: 'the care for escaped slashes in keys',
    attack: 'path-spelled-otherwise',
    edit: edit((bootstrap) => setMember(bootstrap, 'path_with_escaped_slashes_action', 'UNESCAPE_AND_FORWARD')),
  },
  {
    id: 'any-host',
    guard: 'the names of the hosts that the proxy answers for',
    attack: 'smuggled-request',
    edit: edit((bootstrap) => setMember(listener(bootstrap, 'tls'), 'domains', ['*'])),
  },
  {
    id: 'server-answers-origins',
    guard: "the refusal of foreign origins and of the server's answer to them",
    attack: 'foreign-origin-call',
    edit: edit((bootstrap) => {
      removeRule(bootstrap, (rule) => 'or_rules' in rule);
      removeMember(extension(bootstrap, 'HeaderMutation'), 'request_mutations');
      removeMember(extension(bootstrap, 'HeaderMutation'), 'response_mutations');
    }),
  },
  {
    id: 'any-origin',
    guard: 'the names of origins in the answer to preflights',
    attack: 'foreign-origin-preflight',
    edit: edit(answerPreflights),
  },
  {
    id: 'admin-routed',
    guard: "the want of any route to the server's admin API",
    attack: 'admin-through-ingress',
    edit: (template: Template) => {
      environment(template, 'RESTATE_ADMIN__LISTEN_MODE', 'all');
      editBootstrap(template, routeAdmin);
    },
  },
];

const TO_SERVER_HEALTH: Node = { pattern: { regex: '.*' }, substitution: '/restate/health' };

function edit(change: (bootstrap: Node) => void): Mutant['edit'] {
  return (template) => editBootstrap(template, change);
}

type Rule = Record<string, unknown>;

/** Takes one condition out of what a call must meet. */
function removeRule(bootstrap: Node, matches: (rule: Rule) => boolean): void {
  const policies = (extension(bootstrap, 'RBAC')['rules'] as { policies: Record<string, { permissions: Node[] }> })
    .policies;
  const lists = Object.values(policies).flatMap(({ permissions }) =>
    permissions.flatMap((permission) => (permission['and_rules'] as { rules: Rule[] } | undefined) ?? []),
  );
  const list = the(some(lists, 'list of rules'), 'list of rules');
  const rule = the(list.rules.filter(matches), 'such rule');
  list.rules.splice(list.rules.indexOf(rule), 1);
}

function isHeader(name: string): (rule: Rule) => boolean {
  return (rule) => (rule['header'] as { name?: string } | undefined)?.name === name;
}

function answerPreflights(bootstrap: Node): void {
  const manager = extension(listener(bootstrap, 'tls'), 'HttpConnectionManager');
  const cors = 'envoy.filters.http.cors';
  const type = 'type.googleapis.com/envoy.extensions.filters.http.cors.v3';
  (manager['http_filters'] as Node[]).unshift({ name: cors, typed_config: { '@type': `${type}.Cors` } });
  for (const host of (manager['route_config'] as { virtual_hosts: Node[] }).virtual_hosts) {
    host['typed_per_filter_config'] = {
      [cors]: {
        '@type': `${type}.CorsPolicy`,
        allow_origin_string_match: [{ safe_regex: { regex: '.*' } }],
        allow_methods: 'POST',
        allow_headers: 'authorization',
      },
    };
  }
}

function routeAdmin(bootstrap: Node): void {
  removeExtension(bootstrap, 'RBAC');
  const { clusters } = bootstrap['static_resources'] as { clusters: Node[] };
  const address = { socket_address: { address: '127.0.0.1', port_value: 9070 } };
  clusters.push({
    name: 'admin',
    type: 'STATIC',
    connect_timeout: '5s',
    load_assignment: { cluster_name: 'admin', endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
  });
  const manager = extension(listener(bootstrap, 'tls'), 'HttpConnectionManager');
  for (const { routes } of (manager['route_config'] as { virtual_hosts: { routes: Node[] }[] }).virtual_hosts) {
    routes.unshift({ match: { prefix: '/deployments' }, route: { cluster: 'admin' } });
  }
}
