import type { IngressPolicy } from '../core/security-model';
import { headerAllowList } from './header-allow-list';
import { loopbackServer } from './loopback-server';
import type { JsonObject } from './typed-config';

/** Name of the cluster that holds the server on loopback. */
export const RESTATE_CLUSTER = 'restate';

/** The server's ingress on loopback. */
export function restateCluster(ingress: IngressPolicy, upstream: { port: number }): JsonObject {
  return {
    ...loopbackServer({ name: RESTATE_CLUSTER, port: upstream.port, headers: headerAllowList(ingress) }),
    circuit_breakers: { thresholds: [concurrency(ingress.limits.concurrentCalls)] },
    health_checks: [HEALTH_CHECK],
  };
}

/** A call in flight holds a connection. Envoy would refuse the 1,025th; nothing is retried. */
function concurrency(calls: number): JsonObject {
  return { max_connections: calls, max_pending_requests: calls, max_requests: calls, max_retries: 0 };
}

/** Asked here alone: the answer lists every service. `no_traffic_interval` is 60 s unless said. */
const HEALTH_CHECK: JsonObject = {
  timeout: '3s',
  interval: '5s',
  no_traffic_interval: '5s',
  unhealthy_threshold: 3,
  healthy_threshold: 1,
  http_health_check: { path: '/restate/health' },
};
