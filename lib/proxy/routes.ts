import { QUERY_PARAMETERS, type QueryParameter } from '../core/forwarding';
import type { IngressPolicy } from '../core/security-model';
import { corsPolicy } from './cors';
import { RESTATE_CLUSTER } from './restate-cluster';
import type { JsonObject } from './typed-config';

/**
 * Requests for the named hosts, by POST, with a query of known shape. There is no wildcard host: Envoy joins two Host headers into one
 * that only a wildcard would match.
 */
export function routes(ingress: IngressPolicy): JsonObject {
  return {
    name: 'ingress',
    virtual_hosts: [
      {
        name: 'ingress',
        domains: ingress.hostnames,
        typed_per_filter_config: corsPolicy(ingress),
        routes: [callRoute(ingress), ...preflightRoute(ingress)],
      },
    ],
  };
}

/** `timeout: 0s` lets durable calls be long (Envoy would end each after 15 s); nothing is sent twice. */
function callRoute({ forwardQuery }: IngressPolicy): JsonObject {
  return {
    match: { prefix: '/', headers: [header(':method', { exact: 'POST' }), header(':path', queryOf(forwardQuery))] },
    route: { cluster: RESTATE_CLUSTER, timeout: '0s' },
  };
}

/** A preflight must find a route for the CORS filter to see it; one of a foreign origin is refused for want of a token. */
function preflightRoute({ corsOrigins }: IngressPolicy): JsonObject[] {
  if (corsOrigins.length === 0) return [];
  return [
    {
      match: { prefix: '/', headers: [header(':method', { exact: 'OPTIONS' }), header(':path', queryOf([]))] },
      direct_response: { status: 403 },
    },
  ];
}

/** `:path` holds the query: none at all, or the named parameters, each at most once and in the order of their names. */
function queryOf(names: readonly QueryParameter[]): JsonObject {
  const parameters = names.map((name) => `${name}=${QUERY_PARAMETERS[name]}`).join('|');
  return { safe_regex: { regex: parameters === '' ? '[^?#]*' : `[^?#]*(?:\\?(?:${parameters}))?` } };
}

function header(name: string, match: JsonObject): JsonObject {
  return { name, string_match: match };
}
