import type { BalancerListener } from '../artifact';
import type { Property } from '../property';

const PROTOCOLS: ReadonlyMap<string, BalancerListener['protocol']> = new Map(
  (['TLS', 'TCP', 'UDP', 'HTTP', 'HTTPS'] as const).map((protocol) => [protocol, protocol]),
);

/** The protocol of a listener or target group by our names. */
export function protocolOf(property: Property): BalancerListener['protocol'] {
  return PROTOCOLS.get(property.string() ?? '') ?? 'unknown';
}
