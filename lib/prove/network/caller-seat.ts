import ipaddr from 'ipaddr.js';
import type { Artifact, Balancer, GroupRule } from '../../artifact/artifact';
import { addressIn, contains, type VpcRange } from './address-range';
import { admissions } from './admissions';
import { ownAddresses, type Seat } from './seat';
import { vpcReference } from './vpc-reference';

/** What is known when the seat of a caller, or of an operator, is chosen. */
export interface CallerQuestion {
  readonly name: 'caller' | 'operator';
  readonly artifact: Artifact;
  readonly range: VpcRange;
  readonly internet: Seat;
  /** Absent: no balancer forwards to the host. */
  readonly front: Balancer | undefined;
  /** Port of the balancer that it comes to. @default - any */
  readonly port?: number | undefined;
  /** Addresses in the VPC that nobody has. */
  readonly free: string;
  readonly free6: string;
}

/** Offsets that keep callers and operators of one range apart, whether it is the internet's or a partner's. */
const PLACES = { caller: 10, operator: 11 } as const;

/**
 * The seat of somebody whom the deployment's own groups let call its balancer, and nothing more: anybody on the internet, a host of
 * the VPC, a member of the group that a rule names, or an address of the partner's range that it names, in this order.
 */
export function callerSeat(question: CallerQuestion): Seat {
  const { name, front, internet, free, free6 } = question;
  const [address = '', address6 = ''] = [internet.addresses, internet.addresses6].map((own) =>
    nextTo(own, PLACES[name]),
  );
  const inside = seat({ name, address: free, address6: free6, outside: false });
  const outside = seat({ name, address, address6, outside: true });
  const rules = admissions(question.artifact, front, question.port);
  const faces = front?.scheme === 'internet-facing';
  if (faces && (rules === undefined || admits(rules, outside, question.range))) return outside;
  if (rules === undefined || admits(rules, inside, question.range)) return inside;
  const group = rules.find(({ peer }) => peer.kind === 'group')?.peer;
  if (group?.kind === 'group') return { ...inside, memberOf: [group.id] };
  return partner(rules, inside, faces, name === 'caller' ? 1 : 2) ?? (faces ? outside : inside);
}

function seat(where: Pick<CallerQuestion, 'name'> & { address: string; address6: string; outside: boolean }): Seat {
  return {
    name: where.name,
    link: `v-${where.name}`,
    addresses: [where.address],
    addresses6: [where.address6],
    memberOf: [],
    outside: where.outside,
    reachableFromOutside: where.outside,
    reachesOutside: true,
  };
}

/** Whether rules let somebody in. */
export function admits(rules: readonly GroupRule[], caller: Seat, range: VpcRange): boolean {
  const { address } = ownAddresses(caller);
  return rules.some(({ peer }) => {
    if (peer.kind === 'group') return caller.memberOf.includes(peer.id);
    if (peer.kind === 'cidr') return ipaddr.isValidCIDR(peer.cidr) && contains(peer.cidr, address);
    return peer.kind === 'unknown' && !caller.outside && vpcReference(peer.text, range) !== undefined;
  });
}

/** An address of the first range that a rule names: outside for a public range, in the VPC for a private one. */
function partner(rules: readonly GroupRule[], inside: Seat, faces: boolean, place: number): Seat | undefined {
  for (const { peer } of rules) {
    if (peer.kind !== 'cidr' || !ipaddr.isValidCIDR(peer.cidr)) continue;
    const [network, prefix] = ipaddr.parseCIDR(peer.cidr);
    if (network.kind() !== 'ipv4') continue;
    const address = addressIn(peer.cidr, prefix === 32 ? 0 : prefix === 31 ? place - 1 : place);
    const outside = faces && network.range() !== 'private';
    return { ...inside, addresses: [address], outside, reachableFromOutside: outside };
  }
  return undefined;
}

function nextTo(addresses: readonly string[], place: number): string {
  const [address] = addresses;
  if (address === undefined) throw new Error('the internet has no address');
  return addressIn(`${address}/${ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128}`, place);
}
