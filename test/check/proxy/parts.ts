import type { EditedBootstrap } from './edited-proxy';

/** A listener by its place: callers, health, operators or, where there are none, the metadata server. */
export function listener(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return bootstrap['static_resources'].listeners[index];
}

/** The one chain of a listener. */
export function chain(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return listener(bootstrap, index)['filter_chains'][0];
}

/** What does HTTP at a listener. */
export function http(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return chain(bootstrap, index)['filters'].at(-1).typed_config;
}

/** The filters of a listener. */
export function filters(bootstrap: EditedBootstrap, index = 0): EditedBootstrap[] {
  return http(bootstrap, index)['http_filters'];
}

/** Settings of the first filter of a kind: `jwt_authn`. */
export function filter(bootstrap: EditedBootstrap, name: string, index = 0): EditedBootstrap {
  return named(bootstrap, name, index)['typed_config'];
}

/** The first filter of a kind. */
export function named(bootstrap: EditedBootstrap, name: string, index = 0): EditedBootstrap {
  const found = filters(bootstrap, index).find((each) => each['name'] === `envoy.filters.http.${name}`);
  if (found === undefined) throw new Error(`there is no filter ${name}`);
  return found;
}

/** Takes the first filter of a kind out. */
export function drop(bootstrap: EditedBootstrap, name: string, index = 0): void {
  const all = filters(bootstrap, index);
  all.splice(all.indexOf(named(bootstrap, name, index)), 1);
}

/** Puts the first filter of a kind at another place. */
export function move(bootstrap: EditedBootstrap, name: string, to: number, index = 0): void {
  const moved = named(bootstrap, name, index);
  drop(bootstrap, name, index);
  filters(bootstrap, index).splice(to, 0, moved);
}

/** The one provider of tokens. */
export function provider(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return Object.values(filter(bootstrap, 'jwt_authn', index)['providers'])[0] as EditedBootstrap;
}

/** What is required of every path. */
export function requirement(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return filter(bootstrap, 'jwt_authn', index)['rules'][0];
}

/** The policies of the filter that allows. */
export function policies(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  const found = filters(bootstrap, index).find((each) => each['typed_config'].rules?.action === 'ALLOW');
  return found!['typed_config'].rules.policies;
}

/** What the first policy asks of a request, one condition each. */
export function rules(bootstrap: EditedBootstrap, index = 0): EditedBootstrap[] {
  const policy = Object.values(policies(bootstrap, index))[0] as EditedBootstrap;
  return policy['permissions'][0].and_rules.rules;
}

/** The virtual host of a listener. */
export function host(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return http(bootstrap, index)['route_config'].virtual_hosts[0];
}

/** The route of a listener. */
export function route(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return host(bootstrap, index)['routes'][0];
}

/** A cluster by its name. */
export function cluster(bootstrap: EditedBootstrap, name = 'restate'): EditedBootstrap {
  const found = bootstrap['static_resources'].clusters.find((each: EditedBootstrap) => each['name'] === name);
  if (found === undefined) throw new Error(`there is no cluster ${name}`);
  return found;
}

/** What is changed of headers behind the router. */
export function mutations(bootstrap: EditedBootstrap, name = 'restate'): EditedBootstrap {
  return upstream(bootstrap, name)['http_filters'][0].typed_config.mutations;
}

/** How a cluster is spoken to. */
export function upstream(bootstrap: EditedBootstrap, name = 'restate'): EditedBootstrap {
  return Object.values(cluster(bootstrap, name)['typed_extension_protocol_options'])[0] as EditedBootstrap;
}

/** TLS of a listener. */
export function tls(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return chain(bootstrap, index)['transport_socket'].typed_config;
}

/** How certificates are verified: of clients at the first listener, or of a cluster. */
export function validation(bootstrap: EditedBootstrap, name?: string): EditedBootstrap {
  const context = name === undefined ? tls(bootstrap) : cluster(bootstrap, name)['transport_socket'].typed_config;
  const common = context['common_tls_context'];
  return common.combined_validation_context?.default_validation_context ?? common.validation_context;
}

/** What a listener writes for each request. */
export function logged(bootstrap: EditedBootstrap, index = 0): EditedBootstrap {
  return http(bootstrap, index)['access_log'][0].typed_config.log_format.json_format;
}

/** Settings that the proxy reads from a file. */
export const IN_A_FILE = { name: 'settings', sds_config: { path_config_source: { path: '/run/settings.json' } } };

/** The type of an extension of Envoy. */
export function type(message: string): string {
  return `type.googleapis.com/envoy.extensions.${message}`;
}
