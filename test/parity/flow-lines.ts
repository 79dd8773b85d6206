import type { Balancer } from '../../lib/artifact/artifact';
import type { ListeningPorts } from '../../lib/check/network/listening';
import { RESTATE_PORTS } from '../../lib/restate/listeners';

/** A way in, as one line. */
export function wayIn(way: { door: string; protocol: string; port: number; source: string }): readonly string[] {
  const { door, protocol, port, source } = way;
  return [`in: ${door} stands at ${protocol} ${port}`, `in: ${door} is reached over ${protocol} by ${source}`];
}

/** A balancer before a door, as one line. */
export function ledTo(
  door: string,
  { balancer, listener }: { balancer: Pick<Balancer, 'scheme'>; listener: { port: number } },
): string {
  return `in: ${door} is led to by port ${listener.port} of an address that is ${balancer.scheme}`;
}

/** A way out, as one line. */
export function wayOut(way: { who: string; protocol: string; ports: string; to: string }): string {
  return `out: the ${way.who} reaches ${way.protocol} ${way.ports} of ${way.to}`;
}

/** What stands at a port of the host. */
export function doorOf({ ports }: ListeningPorts, port: number, health: ReadonlySet<number>): string {
  if (health.has(port)) return 'health';
  const found = ports.find((each) => each.exposed && each.port === port);
  if (found !== undefined) return `${found.worth.join(' and ')} of the ${found.by}`;
  const own = Object.entries(RESTATE_PORTS).find(([, each]) => each === port);
  return `the server's own ${own?.[0] ?? port}`;
}
