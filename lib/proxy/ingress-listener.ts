import type { IngressPolicy } from '../core/security-model';
import { accessLog } from './access-log';
import { authorization } from './authorization';
import { bodyLimit } from './body-limit';
import type { BootstrapProps } from './bootstrap';
import { connectionManager } from './connection-manager';
import { corsFilter } from './cors';
import type { Door } from './door';
import { downstreamTls, handshakeLimit } from './downstream-tls';
import { handshakeLog } from './handshake-log';
import { ipv4Address, KEEP_ALIVE } from './listener-socket';
import { rateLimit } from './rate-limit';
import { revokedKeys } from './revoked-keys';
import { ROUTER } from './router';
import { routes } from './routes';
import { tokenAuthentication } from './token-authentication';
import type { JsonObject } from './typed-config';

/** The one listener that callers reach: TLS, then HTTP. */
export function ingressListener({ ingress, listener }: BootstrapProps): JsonObject {
  const door = ingressDoor(ingress);
  return {
    name: door.name,
    address: ipv4Address(listener.port),
    socket_options: KEEP_ALIVE,
    per_connection_buffer_limit_bytes: 32_768,
    ...handshakeLog(door),
    filter_chains: [
      {
        transport_socket: downstreamTls(door, listener),
        ...handshakeLimit(ingress.limits),
        filters: [http(door, ingress, listener.trustedHops)],
      },
    ],
  };
}

/** The callers' door. */
export function ingressDoor({ auth, hostnames }: IngressPolicy): Door {
  return { name: 'ingress', auth, hostnames };
}

/** The filters stand in the order in which they see a request. */
function http(door: Door, ingress: IngressPolicy, trustedHops?: number): JsonObject {
  return connectionManager({
    door,
    ...(trustedHops !== undefined && { trustedHops }),
    limits: ingress.limits,
    accessLog: accessLog(door, { invocation: '%RESP(X-RESTATE-ID)%' }),
    filters: [
      rateLimit(door.name, ingress.limits),
      ...corsFilter(ingress),
      ...tokenAuthentication(door),
      authorization(ingress),
      ...revokedKeys(door),
      bodyLimit(ingress.limits),
      ROUTER,
    ],
    routes: routes(ingress),
  });
}
