import type { IngressPolicy } from '../core/security-model';
import { corsPolicy } from './cors';
import { RESTATE_CLUSTER } from './restate-cluster';
import type { JsonObject } from './typed-config';

/**
 * Requests for the named hosts. There is no wildcard host: Envoy joins two Host headers into one that only a wildcard would match.
 *
 * `timeout: 0s` lets durable calls be long (Envoy would end each after 15 s); nothing is sent twice.
 */
export function routes(ingress: IngressPolicy): JsonObject {
  return {
    name: 'ingress',
    virtual_hosts: [
      {
        name: 'ingress',
        domains: ingress.hostnames,
        typed_per_filter_config: corsPolicy(ingress),
        routes: [{ match: { prefix: '/' }, route: { cluster: RESTATE_CLUSTER, timeout: '0s' } }],
      },
    ],
  };
}
