import ipaddr from 'ipaddr.js';
import type { GroupRule } from '../../artifact/artifact';
import type { VpcRange } from './address-range';
import type { Seat } from './seat';
import { vpcReference } from './vpc-reference';

/** A rule of a security group as nftables matches. */
export interface RenderedRule {
  readonly matches: readonly string[];
  /** Why the rule admits nobody in the run, where the file does not say whom it admits; its matches are then what it could admit. */
  readonly unproven?: string;
}

/**
 * The nftables matches of one rule; a packet that one of them fits is admitted by the rule.
 *
 * A prefix list, a range that cannot be read and an unresolved reference admit nobody and are said to be unproven, since the file
 * does not say whom they admit. The VPC's own range by reference is the run's range.
 */
export function renderRule(rule: GroupRule, seats: readonly Seat[], range: VpcRange): RenderedRule {
  const side = rule.direction === 'in' ? 'saddr' : 'daddr';
  const peers = peerMatches(rule.peer, side, seats, range);
  if (typeof peers === 'string') {
    const anybody = cidrMatch('0.0.0.0/0', side).concat(cidrMatch('::/0', side));
    return { matches: withProtocol(rule, anybody), unproven: peers };
  }
  return { matches: withProtocol(rule, peers) };
}

function withProtocol(rule: GroupRule, peers: readonly PeerMatch[]): readonly string[] {
  return peers.map(({ family, match }) => `${match} ${protocolMatch(rule, family)}`.trimEnd());
}

/** Addresses of one family as nftables matches them. */
export interface PeerMatch {
  readonly family: 4 | 6;
  readonly match: string;
}

function peerMatches(
  peer: GroupRule['peer'],
  side: 'saddr' | 'daddr',
  seats: readonly Seat[],
  range: VpcRange,
): readonly PeerMatch[] | string {
  if (peer.kind === 'cidr') return knownRange(peer.cidr, side);
  if (peer.kind === 'group') return memberMatches(peer.id, side, seats);
  if (peer.kind === 'prefix-list')
    return `the prefix list ${peer.id} is not in the file, so the run admits nobody by it`;
  const cidr = vpcReference(peer.text, range);
  return cidr === undefined ? `the peer ${describe(peer.text)} is no known address` : knownRange(cidr, side);
}

function knownRange(cidr: string, side: 'saddr' | 'daddr'): readonly PeerMatch[] | string {
  return ipaddr.isValidCIDR(cidr) ? cidrMatch(cidr, side) : `${JSON.stringify(cidr)} is no address range`;
}

/** The match of a valid range. */
export function cidrMatch(cidr: string, side: 'saddr' | 'daddr'): readonly PeerMatch[] {
  const [address, prefix] = ipaddr.parseCIDR(cidr);
  const family = address.kind() === 'ipv4' ? 4 : 6;
  if (prefix === 0) return [{ family, match: `meta nfproto ipv${family}` }];
  const network = (family === 4 ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr).toString();
  return [{ family, match: `${family === 4 ? 'ip' : 'ip6'} ${side} ${network}/${prefix}` }];
}

function memberMatches(group: string, side: 'saddr' | 'daddr', seats: readonly Seat[]): readonly PeerMatch[] {
  const members = seats.filter((seat) => seat.memberOf.includes(group));
  const addresses = members.flatMap((seat) => seat.addresses);
  const addresses6 = members.flatMap((seat) => seat.addresses6);
  if (addresses.length === 0) return [];
  return [
    { family: 4, match: `ip ${side} { ${addresses.join(', ')} }` },
    { family: 6, match: `ip6 ${side} { ${addresses6.join(', ')} }` },
  ];
}

/** For `icmp` the file's ports are type and code, -1 for any; a rule for one type is rendered for that type alone. */
function protocolMatch({ protocol, fromPort, toPort }: GroupRule, family: 4 | 6): string {
  if (protocol === 'all') return '';
  if (protocol === 'icmp') {
    const icmp = family === 4 ? 'icmp' : 'icmpv6';
    return fromPort < 0 ? `meta l4proto ${icmp}` : `${icmp} type ${fromPort}`;
  }
  return `${protocol} dport ${Math.max(0, fromPort)}-${toPort < 0 ? 65_535 : toPort}`;
}

function describe(text: Extract<GroupRule['peer'], { kind: 'unknown' }>['text']): string {
  return text.map((part) => (typeof part === 'string' ? part : `\${${part.logicalId}}`)).join('');
}
