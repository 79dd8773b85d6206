import ipaddr from 'ipaddr.js';
import type { FirewallRule } from '../../artifact/firewall-rule';
import { addressIn } from './address-range';
import type { Front } from './fronts-of';
import type { AddressPair, Seat } from './seat';
import type { InstanceIdentity } from '../../artifact/bearing-rules';
import { admissionsTo, admittingRule } from './vpc-rules';

/** A door of a machine, and the firewall before it. */
export interface FirewalledDoor {
  readonly rules: readonly FirewallRule[];
  /** The machine. */
  readonly task: Seat;
  /** Absent: whoever comes, comes to the machine itself. */
  readonly front: Front | undefined;
  /** Port of the door as whoever comes to it sees it. Absent: the machine does not publish it. */
  readonly port: number | undefined;
}

/** What is known when the seat of a caller, or of an operator, is chosen. */
export interface AdmittedQuestion extends FirewalledDoor {
  readonly name: 'caller' | 'operator';
  readonly internet: Seat;
  /** Addresses in the network that nobody has. */
  readonly free: AddressPair;
}

/** Offsets that keep callers and operators of one range apart, whether it is the internet's or a partner's. */
const PLACES = { caller: 10, operator: 11 } as const;

/**
 * The seat of somebody whom the network's firewall lets come to a door of a machine, and nothing more: anybody on the internet, a host of
 * the network, one with a tag or an account that a rule names, or an address of a range that it names, in this order.
 */
export function admittedSeat(question: AdmittedQuestion): Seat {
  const { name, front, task, internet, free } = question;
  const [address = '', address6 = ''] = [internet.addresses, internet.addresses6].map((own) =>
    nextTo(own, PLACES[name]),
  );
  const inside = seat(name, free, false);
  const outside = seat(name, { address, address6 }, true);
  const faces = front === undefined ? task.reachableFromOutside : front.balancer.scheme === 'internet-facing';
  const candidates = [
    ...(faces ? [outside] : []),
    inside,
    ...identities(question).map((identity) => ({ ...inside, identity })),
    ...ranges(question, faces).map((each) => ({ ...inside, ...each })),
  ];
  return candidates.find((each) => isAdmitted(question, each)) ?? (faces ? outside : inside);
}

/** Whether somebody is let in to a door. A balancer that is a process of the cloud's has no firewall of the network before it. */
export function isAdmitted({ rules, task, front, port }: FirewalledDoor, from: Seat): boolean {
  if (front !== undefined && front.balancer.type !== 'passthrough') return true;
  return port !== undefined && admittingRule(rules, { ...task, port }, from) !== undefined;
}

function admissions({ rules, task, port }: FirewalledDoor): readonly FirewallRule[] {
  return port === undefined ? [] : admissionsTo(rules, task, port);
}

function identities(question: AdmittedQuestion): readonly InstanceIdentity[] {
  return admissions(question).flatMap(({ sourceTags, sourceAccounts }) => [
    ...sourceTags.map((tag) => ({ tags: [tag] })),
    ...sourceAccounts.map((account) => ({ tags: [], account })),
  ]);
}

/** An address of each range of IPv4: outside for a public range where the internet has a way to the door, else inside, as Google's own proxies are. */
function ranges(question: AdmittedQuestion, faces: boolean): readonly Partial<Seat>[] {
  const cidrs = admissions(question).flatMap((rule) => rule.ranges);
  return cidrs.flatMap((cidr): readonly Partial<Seat>[] => {
    if (!ipaddr.isValidCIDR(cidr)) return [];
    const [network, prefix] = ipaddr.parseCIDR(cidr);
    if (network.kind() !== 'ipv4') return [];
    const place = question.name === 'caller' ? 1 : 2;
    const outside = faces && network.range() !== 'private';
    const address = addressIn(firstOf(cidr), prefix === 32 ? 0 : prefix === 31 ? place - 1 : place);
    return [{ addresses: [address], outside, reachableFromOutside: outside }];
  });
}

function firstOf(cidr: string): string {
  return `${ipaddr.IPv4.networkAddressFromCIDR(cidr).toString()}/${ipaddr.parseCIDR(cidr)[1]}`;
}

function seat(name: string, { address, address6 }: AddressPair, outside: boolean): Seat {
  return {
    name,
    link: `v-${name}`,
    addresses: [address],
    addresses6: [address6],
    memberOf: [],
    outside,
    reachableFromOutside: outside,
    reachesOutside: true,
  };
}

function nextTo(addresses: readonly string[], place: number): string {
  const [address] = addresses;
  if (address === undefined) throw new Error('the internet has no address');
  return addressIn(`${address}/${ipaddr.parse(address).kind() === 'ipv4' ? 32 : 128}`, place);
}
