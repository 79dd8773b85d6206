import ipaddr from 'ipaddr.js';
import type { FirewallFlow, FirewallRule } from './firewall-rule';
import type { Text } from './text';

/** Whom a firewall of a VPC network knows a machine by. */
export interface FirewallParty {
  readonly tags: readonly string[];
  readonly account?: Text;
}

/** A packet that opens a connection. */
export interface FirewallPacket {
  /** IPv4 or IPv6. */
  readonly source: string;
  readonly destination: string;
  readonly protocol: Exclude<FirewallFlow['protocol'], 'all'>;
  /** Of the destination; absent for a protocol without ports. */
  readonly port?: number;
  /** Who sends it, when it is a machine of the same network: an address alone has neither tags nor an account. */
  readonly sender?: FirewallParty;
}

/** What becomes of a packet, and by which rule; without one it is what Google does where no rule fits. */
export interface FirewallDecision {
  readonly action: 'allow' | 'deny';
  readonly rule?: FirewallRule;
}

/**
 * The rules that a host is under, in the order in which they are asked: the lowest number of priority first, among equals deny before allow.
 *
 * @param network as the host and the rules name it
 */
export function rulesFor(
  host: FirewallParty & { readonly network: Text },
  direction: FirewallRule['direction'],
  rules: readonly FirewallRule[],
): readonly FirewallRule[] {
  return rules
    .filter((rule) => rule.direction === direction && isSame(rule.network, host.network) && isTarget(rule, host))
    .sort((left, right) => left.priority - right.priority || order(left) - order(right));
}

/**
 * What a host's firewall does with a packet on the way in to it, or out of it.
 *
 * @param rules of {@link rulesFor}, in their order
 */
export function decideByFirewall(
  packet: FirewallPacket,
  direction: FirewallRule['direction'],
  rules: readonly FirewallRule[],
): FirewallDecision {
  const rule = rules.find((each) => isAbout(each, packet));
  return rule === undefined ? { action: direction === 'in' ? 'deny' : 'allow' } : { action: rule.action, rule };
}

/** Deny comes before allow. */
function order({ action }: FirewallRule): number {
  return action === 'deny' ? 0 : 1;
}

function isTarget({ targetTags, targetAccounts }: FirewallRule, host: FirewallParty): boolean {
  const isEverybody = targetTags.length + targetAccounts.length === 0;
  return isEverybody || carries(host, targetTags, targetAccounts);
}

function carries({ tags, account }: FirewallParty, anyTag: readonly string[], anyAccount: readonly Text[]): boolean {
  return (
    tags.some((tag) => anyTag.includes(tag)) ||
    (account !== undefined && anyAccount.some((each) => isSame(each, account)))
  );
}

function isAbout(rule: FirewallRule, packet: FirewallPacket): boolean {
  return isOfPeer(rule, packet) && rule.flows.some((flow) => isOfFlow(flow, packet));
}

function isOfPeer({ direction, ranges, sourceTags, sourceAccounts }: FirewallRule, packet: FirewallPacket): boolean {
  const peer = direction === 'in' ? packet.source : packet.destination;
  const isOpen = ranges.length + sourceTags.length + sourceAccounts.length === 0;
  if (isOpen || ranges.some((range) => isIn(peer, range))) {
    // A rule that names nobody is about all of IPv4, and about nothing of IPv6.
    return !isOpen || ipaddr.parse(peer).kind() === 'ipv4';
  }
  return direction === 'in' && packet.sender !== undefined && carries(packet.sender, sourceTags, sourceAccounts);
}

function isIn(address: string, range: string): boolean {
  const [of, within] = [ipaddr.parse(address), ipaddr.parseCIDR(range)];
  return of.kind() === within[0].kind() && of.match(within);
}

/** The name `icmp` is that of IPv4's: IPv6 has a protocol of its own, which has a number alone. */
function isOfFlow({ protocol, ports }: FirewallFlow, packet: FirewallPacket): boolean {
  if (protocol === 'all') {
    return true;
  }
  if (protocol !== packet.protocol || protocol === 'other') {
    return false;
  }
  if (protocol === 'icmp') {
    return ipaddr.parse(packet.destination).kind() === 'ipv4';
  }
  const { port } = packet;
  return ports.length === 0 || (port !== undefined && ports.some(({ from, to }) => from <= port && port <= to));
}

/** References are equal when they are to the same attribute of the same resource. */
function isSame(left: Text, right: Text): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
