import ipaddr from 'ipaddr.js';
import type { GroupRule, SecurityGroup } from '../../../lib/artifact/artifact';
import type { Seat } from '../../../lib/prove/network/seat';

/** A TCP connection that somebody tries to open. */
export interface Attempt {
  readonly from: Seat;
  readonly to: Seat;
  readonly family: 4 | 6;
  readonly port: number;
}

/**
 * What AWS documents of security groups, in the fewest lines: nothing passes that no rule admits on both sides. Written from the
 * documentation and not from the firewall, which it judges; `undefined` where the connection is admitted, else who refuses it.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function oracle(attempt: Attempt, groups: readonly SecurityGroup[], seats: readonly Seat[]): string | undefined {
  const { from, to } = attempt;
  if (from.outside && !to.outside && !to.reachableFromOutside) return `no route from the internet to the ${to.name}`;
  if (to.outside && !from.outside && !from.reachesOutside) return `no route from the ${from.name} to the internet`;
  if (!admits(from, 'out', to, attempt)) return refuser(from, 'out');
  if (!admits(to, 'in', from, attempt)) return refuser(to, 'in');
  return undefined;

  /** Nobody can be named where a prefix list, which the file does not hold, might admit the connection in the cloud. */
  function refuser({ filteredBy = [] }: Seat, direction: 'in' | 'out'): string {
    const rules = groups.filter(({ id }) => filteredBy.includes(id)).flatMap((group) => group.rules);
    const doubtful = rules.some(
      (rule) => rule.direction === direction && rule.peer.kind === 'prefix-list' && onPort(rule, attempt.port),
    );
    return doubtful ? 'unknown' : `${filteredBy.join(' + ')} (${direction})`;
  }

  function admits(filtered: Seat, direction: 'in' | 'out', peer: Seat, { family, port }: Attempt): boolean {
    if (filtered.filteredBy === undefined) return true;
    const address = family === 4 ? peer.addresses[0] : peer.addresses6[0];
    return groups
      .filter(({ id }) => filtered.filteredBy?.includes(id))
      .flatMap(({ rules }) => rules)
      .some((rule) => rule.direction === direction && onPort(rule, port) && names(rule, address ?? '', seats));
  }
}

function onPort(rule: GroupRule, port: number): boolean {
  if (rule.protocol === 'all') return true;
  return rule.protocol === 'tcp' && rule.fromPort <= port && port <= rule.toPort;
}

function names({ peer }: GroupRule, address: string, seats: readonly Seat[]): boolean {
  if (peer.kind === 'cidr') {
    const parsed = ipaddr.parse(address);
    const range = ipaddr.parseCIDR(peer.cidr);
    return parsed.kind() === range[0].kind() && parsed.match(range);
  }
  if (peer.kind !== 'group') return false;
  return seats.some(
    (seat) => seat.memberOf.includes(peer.id) && [...seat.addresses, ...seat.addresses6].includes(address),
  );
}
