import type { AdminDoor } from './bootstrap';
import { headerAllowList } from './header-allow-list';
import { loopbackServer } from './loopback-server';
import type { JsonObject } from './typed-config';

/** Name of the cluster that holds the server's admin API on loopback. */
export const ADMIN_CLUSTER = 'restate-admin';

/** What the admin API reads of a request. The token goes no further than the proxy. */
const HEADERS: readonly string[] = ['accept', 'content-length', 'content-type'];

/** What an operator learns from its answer. */
const ANSWER_HEADERS: readonly string[] = [':status', 'content-length', 'content-type', 'retry-after'];

/** The server's admin API on loopback. Nothing is sent twice: most of what operators ask for is no question. */
export function adminCluster({ upstream }: AdminDoor): JsonObject {
  const headers = headerAllowList({ forwardHeaders: HEADERS }, ANSWER_HEADERS);
  return {
    ...loopbackServer({ name: ADMIN_CLUSTER, port: upstream.port, headers }),
    circuit_breakers: { thresholds: [{ max_retries: 0 }] },
  };
}
