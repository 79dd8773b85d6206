import ipaddr from 'ipaddr.js';
import type { FirewallFlow, FirewallRule } from '../../artifact/firewall-rule';
import { cidrMatch, type PeerMatch } from './firewall-rule';
import { ownAddresses, type Seat } from './seat';
import { type BearingRule, rulesOn } from '../../artifact/bearing-rules';
import { isIdentified } from './vpc-rules';

/** The way in or out of a host, and whose rules judge it. */
export interface VpcChainQuestion {
  readonly seat: Seat;
  readonly direction: FirewallRule['direction'];
  readonly rules: readonly FirewallRule[];
  /** Everybody whom a rule may name. */
  readonly seats: readonly Seat[];
  /** The statement that refuses a packet in somebody's name. */
  readonly refuse: (who: string) => string;
  /** The statement that refuses it in nobody's, since the file does not say enough. */
  readonly unknown: string;
}

/** The lines of a chain, and what the file does not say exactly enough for them. */
export interface VpcChain {
  readonly lines: readonly string[];
  readonly unproven: readonly string[];
}

/** What the firewall does with a packet that no rule fits. */
const IMPLIED = { in: 'implied deny (in)', out: undefined } as const;
/** Without a range, a tag or an account a rule is one for all of IPv4. */
const ANYBODY = '0.0.0.0/0';

/**
 * The firewall of a VPC network for one host, as Google applies it: the lowest number of priority decides, deny before allow among equals,
 * and what no rule fits is denied on the way in and allowed on the way out.
 *
 * A rule of which the file does not say whether it is about the host, or whom it names, refuses in nobody's name whatever it would decide.
 *
 * @see https://cloud.google.com/firewall/docs/firewalls
 */
export function vpcChain(question: VpcChainQuestion): VpcChain {
  const { seat, direction, rules, refuse, unknown } = question;
  const unproven: string[] = [];
  const lines = rulesOn(seat, direction, rules).flatMap(({ rule, certain }): readonly string[] => {
    const doubt = doubtAbout({ rule, certain }, seat);
    if (doubt !== undefined) unproven.push(doubt);
    const named = rule.action === 'allow' ? 'return' : refuse(`${rule.id} (${direction})`);
    return packetsOf(rule, question.seats).map((match) => `${match} ${doubt === undefined ? named : unknown}`.trim());
  });
  const implied = IMPLIED[direction];
  return { lines: [...lines, implied === undefined ? 'return' : refuse(implied)], unproven };
}

function doubtAbout({ rule, certain }: BearingRule, seat: Seat): string | undefined {
  const bad = rule.ranges.find((range) => !ipaddr.isValidCIDR(range));
  if (bad !== undefined) return `${rule.id} names ${JSON.stringify(bad)}, which is no address range`;
  if (certain) return undefined;
  return `the file does not say whether ${rule.id} is about the ${seat.name}, so the run admits nobody by it`;
}

/** The nftables matches of a rule; a packet that fits one of them is decided by it. */
function packetsOf(rule: FirewallRule, seats: readonly Seat[]): readonly string[] {
  const peers = peersOf(rule, seats);
  return rule.flows.flatMap((flow) =>
    peers.flatMap(({ family, match }) => {
      const packets = flowMatch(flow, family);
      return packets === undefined ? [] : [`${match} ${packets}`.trim()];
    }),
  );
}

function peersOf(rule: FirewallRule, seats: readonly Seat[]): PeerMatch[] {
  const { direction, ranges, sourceTags, sourceAccounts } = rule;
  const side = direction === 'in' ? 'saddr' : 'daddr';
  const named = seats.filter((seat) => isIdentified(rule, seat));
  const isOpen = ranges.length + sourceTags.length + sourceAccounts.length === 0;
  return [
    ...(isOpen ? [ANYBODY] : ranges).flatMap((range) => rangeMatch(range, side)),
    // a tag and an account name the first address of an interface, and no forwarding rule's
    ...named.map(ownAddresses).flatMap(({ address, address6 }): readonly PeerMatch[] => [
      { family: 4, match: `ip ${side} ${address}` },
      { family: 6, match: `ip6 ${side} ${address6}` },
    ]),
  ];
}

function rangeMatch(range: string, side: 'saddr' | 'daddr'): readonly PeerMatch[] {
  if (ipaddr.isValidCIDR(range)) return cidrMatch(range, side);
  return [ANYBODY, '::/0'].flatMap((any) => cidrMatch(any, side));
}

/** `undefined` where no packet of the family is such a one; ICMP is that of IPv4 alone, as the protocol's name is Google's. */
function flowMatch({ protocol, ports }: FirewallFlow, family: 4 | 6): string | undefined {
  if (protocol === 'all') return '';
  if (protocol === 'other' || (protocol === 'icmp' && family === 6)) return undefined;
  if (protocol === 'icmp' || ports.length === 0) return `meta l4proto ${protocol}`;
  return `${protocol} dport { ${ports.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(', ')} }`;
}
