import type { BootstrapProps } from './bootstrap';
import { connectionManager } from './connection-manager';
import { downstreamTls } from './downstream-tls';
import { ipv4Address, KEEP_ALIVE } from './listener-socket';
import type { JsonObject } from './typed-config';

/** The one listener that callers reach: TLS, then HTTP. */
export function ingressListener({ ingress, listener }: BootstrapProps): JsonObject {
  return {
    name: 'ingress',
    address: ipv4Address(listener.port),
    socket_options: KEEP_ALIVE,
    per_connection_buffer_limit_bytes: 32_768,
    filter_chains: [{ transport_socket: downstreamTls(listener), filters: [connectionManager(ingress)] }],
  };
}
