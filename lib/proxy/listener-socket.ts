import type { JsonObject } from './typed-config';

/**
 * All IPv4 addresses of the task, and no IPv6 one: balancers reach their targets over IPv4, so a listener in the other family would be a
 * door that no rule knows of.
 */
export function ipv4Address(port: number): JsonObject {
  return { socket_address: { address: '0.0.0.0', port_value: port } };
}

/** Linux: SOL_SOCKET = 1 with SO_KEEPALIVE = 9; IPPROTO_TCP = 6 with TCP_KEEPIDLE = 4, TCP_KEEPINTVL = 5, TCP_KEEPCNT = 6. Seconds. */
export const KEEP_ALIVE: readonly JsonObject[] = [
  socketOption(1, 9, 1),
  socketOption(6, 4, 60),
  socketOption(6, 5, 20),
  socketOption(6, 6, 3),
];

function socketOption(level: number, name: number, value: number): JsonObject {
  return { level, name, int_value: value, state: 'STATE_PREBIND' };
}
