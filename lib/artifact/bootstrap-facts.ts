import type { Bootstrap } from './bootstrap';

/** A port that the proxy listens on. */
export interface ProxyListener {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
}

/** A token issuer that the proxy trusts. */
export interface JwtProvider {
  readonly name: string;
  /** Absent: tokens of any issuer pass. */
  readonly issuer?: string;
  readonly audiences: readonly string[];
  readonly keys:
    | { readonly kind: 'remote'; readonly uri: string; readonly cluster: string }
    | { readonly kind: 'inline'; readonly jwks: string }
    | { readonly kind: 'unknown' };
}

/** A server that the proxy talks to. */
export interface ProxyCluster {
  readonly name: string;
  readonly endpoints: readonly { readonly address: string; readonly port: number }[];
  readonly tls: boolean;
}

/** The listeners of a bootstrap, in its order. */
export function listenersOf(bootstrap: Bootstrap): readonly ProxyListener[] {
  return list(bootstrap, 'static_resources', 'listeners').map((listener) => ({
    name: text(at(listener, 'name')),
    address: text(at(listener, 'address', 'socket_address', 'address')),
    port: port(at(listener, 'address', 'socket_address', 'port_value')),
    tls: list(listener, 'filter_chains').some((chain) => at(chain, 'transport_socket') !== undefined),
  }));
}

/** The clusters of a bootstrap, in its order. */
export function clustersOf(bootstrap: Bootstrap): readonly ProxyCluster[] {
  return list(bootstrap, 'static_resources', 'clusters').map((cluster) => ({
    name: text(at(cluster, 'name')),
    endpoints: list(cluster, 'load_assignment', 'endpoints')
      .flatMap((locality) => list(locality, 'lb_endpoints'))
      .map((endpoint) => ({
        address: text(at(endpoint, 'endpoint', 'address', 'socket_address', 'address')),
        port: port(at(endpoint, 'endpoint', 'address', 'socket_address', 'port_value')),
      })),
    tls: at(cluster, 'transport_socket') !== undefined,
  }));
}

/** The JWT providers of every `jwt_authn` filter on any listener. */
export function jwtProvidersOf(bootstrap: Bootstrap): readonly JwtProvider[] {
  return httpFilters(bootstrap)
    .filter((filter) =>
      text(at(filter, 'typed_config', '@type')).endsWith('.filters.http.jwt_authn.v3.JwtAuthentication'),
    )
    .flatMap((filter) => entries(at(filter, 'typed_config', 'providers')))
    .map(([name, provider]) => {
      const issuer = at(provider, 'issuer');
      return {
        name,
        ...(typeof issuer === 'string' && { issuer }),
        audiences: list(provider, 'audiences').map(text),
        keys: keysOf(provider),
      };
    });
}

/** The HTTP filters of every connection manager, in the order in which requests pass them. */
export function httpFilters(bootstrap: Bootstrap): readonly unknown[] {
  return list(bootstrap, 'static_resources', 'listeners')
    .flatMap((listener) => list(listener, 'filter_chains'))
    .flatMap((chain) => list(chain, 'filters'))
    .flatMap((filter) => list(filter, 'typed_config', 'http_filters'));
}

function keysOf(provider: unknown): JwtProvider['keys'] {
  const uri = at(provider, 'remote_jwks', 'http_uri', 'uri');
  const jwks = at(provider, 'local_jwks', 'inline_string');
  if (typeof uri === 'string') {
    return { kind: 'remote', uri, cluster: text(at(provider, 'remote_jwks', 'http_uri', 'cluster')) };
  }
  return typeof jwks === 'string' ? { kind: 'inline', jwks } : { kind: 'unknown' };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
        ? (inner as Readonly<Record<string, unknown>>)[name]
        : undefined,
    value,
  );
}

function list(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function port(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
