import { accessLog } from './access-log';
import { adminAuthorization, ROLE_DECISION } from './admin-authorization';
import { ADMIN_CLUSTER } from './admin-cluster';
import { ADMIN_LIMITS } from './admin-limits';
import { bodyLimit } from './body-limit';
import type { AdminDoor } from './bootstrap';
import { connectionManager } from './connection-manager';
import type { Door } from './door';
import { downstreamTls, handshakeLimit } from './downstream-tls';
import { ipv4Address, KEEP_ALIVE } from './listener-socket';
import { rateLimit } from './rate-limit';
import { revokedKeys } from './revoked-keys';
import { ROUTER } from './router';
import { tokenAuthentication } from './token-authentication';
import { extension, type JsonObject } from './typed-config';

/**
 * The operators' listener: TLS, then HTTP. Its connections are counted by themselves: a flood of callers must not lock out those who
 * would end it.
 */
export function adminListener(admin: AdminDoor): JsonObject {
  const door = adminDoor(admin);
  return {
    name: door.name,
    address: ipv4Address(admin.listener.port),
    socket_options: KEEP_ALIVE,
    ignore_global_conn_limit: true,
    per_connection_buffer_limit_bytes: 32_768,
    filter_chains: [
      {
        transport_socket: downstreamTls(door, admin.listener),
        ...handshakeLimit(ADMIN_LIMITS),
        filters: [CONNECTION_LIMIT, http(door, admin)],
      },
    ],
  };
}

/** The operators' door. */
export function adminDoor({ access: { auth, hostnames } }: AdminDoor): Door {
  return { name: 'admin', auth, hostnames };
}

const CONNECTION_LIMIT: JsonObject = extension(
  'envoy.filters.network.connection_limit',
  'filters.network.connection_limit.v3.ConnectionLimit',
  { stat_prefix: 'admin', max_connections: ADMIN_LIMITS.maxConnections },
);

/** The `restate` command line prints the message, and takes an answer without one for a broken server. Why stands in the log alone. */
const REPLIES: JsonObject = {
  body_format: {
    json_format: {
      code: '%RESPONSE_CODE%',
      source: 'proxy',
      message: 'the proxy answered in place of the server: its log says why',
    },
  },
};

/** The filters stand in the order in which they see a request: a withdrawn key is refused before its line could name a role. */
function http(door: Door, admin: AdminDoor): JsonObject {
  return connectionManager({
    door,
    limits: ADMIN_LIMITS,
    localReplies: REPLIES,
    accessLog: accessLog(door, ROLE_DECISION),
    filters: [
      rateLimit(door.name, ADMIN_LIMITS),
      ...tokenAuthentication(door),
      ...revokedKeys(door),
      adminAuthorization(admin),
      bodyLimit(ADMIN_LIMITS),
      ROUTER,
    ],
    routes: {
      name: door.name,
      virtual_hosts: [
        {
          name: door.name,
          domains: door.hostnames,
          // Silence ends a call, not its length: the rows of a query may take long.
          routes: [{ match: { prefix: '/' }, route: { cluster: ADMIN_CLUSTER, timeout: '0s' } }],
        },
      ],
    },
  });
}
