import type { Editable } from './proxy';

/** The HTTP connection manager of the ingress. */
export function manager(bootstrap: Editable): Editable {
  return bootstrap.static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
}

/** The TLS of the ingress. */
export function tls(bootstrap: Editable): Editable {
  return bootstrap.static_resources.listeners[0].filter_chains[0].transport_socket.typed_config;
}

/** An HTTP filter of the ingress, by the last part of its name. */
export function filter(bootstrap: Editable, name: string): Editable {
  return manager(bootstrap).http_filters.find((each: Editable) => each.name === `envoy.filters.http.${name}`)
    .typed_config;
}

/** The one provider of tokens. */
export function provider(bootstrap: Editable): Editable {
  return filter(bootstrap, 'jwt_authn').providers.issuer;
}

/** What a request must fulfil to be authorised: method, path, not the server's own, query, origin. */
export function rules(bootstrap: Editable): Editable {
  return filter(bootstrap, 'rbac').rules.policies['call-handlers'].permissions[0].and_rules.rules;
}

/** A cluster, by name. */
export function cluster(bootstrap: Editable, name: string): Editable {
  return bootstrap.static_resources.clusters.find((each: Editable) => each.name === name);
}

/** The HTTP protocol options of the server's cluster, where the header allow-list is. */
export function upstreamHttp(bootstrap: Editable): Editable {
  return Object.values(cluster(bootstrap, 'restate').typed_extension_protocol_options)[0];
}

/** What is removed of requests and answers on their way to and from the server. */
export function mutations(bootstrap: Editable): Editable {
  return upstreamHttp(bootstrap).http_filters[0].typed_config.mutations;
}
