import type { Message } from '../fields/message';
import type { Filter, Http, Way } from './proxy';
import { overrides, withOverrides } from './filter-overrides';
import type { ListenerContext } from './read-listeners';

/** HTTP as a connection manager does it. */
export function readHttp(manager: Message, context: ListenerContext): Http {
  const filters = readFilters(manager, context);
  const configuration = manager.message('route_config');
  if (configuration === undefined) {
    context.doubt({ path: `${manager.path}.route_config`, reason: 'is missing: routes come from elsewhere' });
  }
  const hosts = configuration?.messages('virtual_hosts') ?? [];
  return {
    manager,
    filters,
    domains: hosts.flatMap((host) => host.texts('domains')),
    ways: hosts.flatMap((host) => readWays(filters, [configuration!, host], context)),
  };
}

function readFilters(manager: Message, { doubt }: ListenerContext): readonly Filter[] {
  const filters = manager.messages('http_filters').flatMap((filter) => {
    const settings = filter.message('typed_config');
    if (settings === undefined) doubt({ path: filter.path, reason: 'has no settings that could be read' });
    if (filter.has('disabled') && filter.flag('disabled')) {
      // A way may turn it on again: then its override says so, which is not followed.
      return [];
    }
    return settings === undefined ? [] : [{ type: settings.type, name: filter.text('name') ?? '', settings }];
  });
  const last = filters.findIndex(({ type }) => type === 'Router');
  if (last !== filters.length - 1 || last === -1) {
    doubt({ path: `${manager.path}.http_filters`, reason: 'do not end with the router' });
  }
  doubtMutations(manager, filters, doubt);
  return filters;
}

/** Filters are judged as if each saw the request as it came, and as if nothing came from the proxy itself. */
function doubtMutations(manager: Message, filters: readonly Filter[], doubt: ListenerContext['doubt']): void {
  const last = filters.findLastIndex(({ type }) => type === 'JwtAuthentication' || type === 'RBAC');
  for (const [index, { type, settings, name }] of filters.entries()) {
    if (type !== 'HeaderMutation') continue;
    const mutations = settings.message('mutations');
    const adds = ['request_mutations', 'response_mutations'].some((list) =>
      mutations?.messages(list).some((change) => change.has('append')),
    );
    const isRead = index < last && (mutations?.count('request_mutations') ?? 0) > 0;
    if (adds || isRead) {
      doubt({ path: `${manager.path}.http_filters`, reason: `hold ${name}, which changes what is judged or led on` });
    }
  }
}

/** Ways behind one that takes every request are never gone. */
function readWays(
  filters: readonly Filter[],
  above: readonly [configuration: Message, host: Message],
  context: ListenerContext,
): readonly Way[] {
  const [, host] = above;
  const routes = host.messages('routes');
  const last = routes.findIndex((route) => takesAll(route.message('match')));
  return routes
    .slice(0, last === -1 ? routes.length : last + 1)
    .map((route, index) => readWay(filters, { above, route, index }, context));
}

function takesAll(match: Message | undefined): boolean {
  return match?.text('prefix') === '/' && match.count('headers') === 0 && match.count('query_parameters') === 0;
}

interface Place {
  readonly above: readonly [configuration: Message, host: Message];
  readonly route: Message;
  readonly index: number;
}

function readWay(filters: readonly Filter[], { above, route, index }: Place, context: ListenerContext): Way {
  const [configuration, host] = above;
  const action = route.message('route');
  const match = route.message('match');
  if (match === undefined) context.doubt({ path: route.path, reason: 'matches nothing that could be read' });
  if (action === undefined && !route.has('direct_response') && !route.has('redirect')) {
    context.doubt({ path: route.path, reason: 'leads nowhere that could be read' });
  }
  const weights = action?.message('weighted_clusters')?.messages('clusters') ?? [];
  const single = action?.text('cluster');
  const names = [...(single === undefined ? [] : [single]), ...weights.flatMap((each) => each.text('name') ?? [])];
  if (action !== undefined && names.length === 0) {
    context.doubt({ path: action.path, reason: 'names no cluster' });
  }
  const clusters = names.flatMap((name) => {
    const cluster = context.clusters.get(name);
    if (cluster === undefined)
      context.doubt({ path: action!.path, reason: `leads to a cluster ${name} that is not here` });
    return cluster ?? [];
  });
  const said = overrides([configuration, host, route, ...weights], context);
  const cors = said.find(({ settings }) => settings?.type === 'CorsPolicy')?.settings;
  return {
    name: `route ${index} of ${host.text('name') ?? host.path}`,
    domains: host.texts('domains'),
    match: match ?? route,
    route,
    ...(action !== undefined && { action }),
    clusters,
    filters: withOverrides(filters, said, context),
    ...(cors !== undefined && { cors }),
    headerRules: [configuration, host, route],
  };
}
