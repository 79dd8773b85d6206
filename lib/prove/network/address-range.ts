import ipaddr from 'ipaddr.js';
import type { Artifact } from '../../artifact/artifact';

/** The address ranges of the run's VPC. */
export interface VpcRange {
  readonly cidr: string;
  readonly cidr6: string;
}

const DEFAULT_RANGE: VpcRange = { cidr: '10.77.0.0/16', cidr6: 'fd77::/48' };

/**
 * The range that the run's VPC takes: the one that the file gives it. Where the VPC is not in the file, the widest private range that a
 * rule names, so that a rule for "the whole VPC" written as a literal admits the run's strangers as it would admit the real ones.
 *
 * @default - 10.77.0.0/16 and fd77::/48, where neither names a range wide enough to hold the run's hosts
 */
export function vpcRange({
  groups,
  networkCidrs = [],
  firewall = [],
}: Pick<Artifact, 'groups' | 'networkCidrs' | 'firewall'>): VpcRange {
  const named = groups
    .flatMap((group) => group.rules)
    .flatMap((rule) => (rule.peer.kind === 'cidr' ? [rule.peer.cidr] : []))
    .concat(firewall.flatMap(({ ranges }) => ranges))
    .filter((cidr) => ipaddr.isValidCIDR(cidr));
  return {
    cidr: widest(networkCidrs.filter(isPrivate4)) ?? widest(named.filter(isPrivate4)) ?? DEFAULT_RANGE.cidr,
    cidr6: widest(named.filter(isInside6)) ?? DEFAULT_RANGE.cidr6,
  };
}

/** The address that many places after the beginning of a range. */
export function addressIn(cidr: string, offset: number): string {
  const [network] = ipaddr.parseCIDR(cidr);
  const bytes = network.toByteArray();
  let carry = offset;
  for (let index = bytes.length - 1; index >= 0 && carry > 0; index -= 1) {
    const sum = (bytes[index] ?? 0) + carry;
    bytes[index] = sum & 0xff;
    carry = sum >> 8;
  }
  return ipaddr.fromByteArray(bytes).toString();
}

/** Whether an address lies in a range of its own family. */
export function contains(cidr: string, address: string): boolean {
  const [network, prefix] = ipaddr.parseCIDR(cidr);
  const parsed = ipaddr.parse(address);
  return parsed.kind() === network.kind() && parsed.match(network, prefix);
}

/** Whether a range is one of those that VPCs are made from; false for what is no range. */
export function isPrivate(cidr: string): boolean {
  if (!ipaddr.isValidCIDR(cidr)) return false;
  return ['private', 'uniqueLocal'].includes(ipaddr.parseCIDR(cidr)[0].range());
}

/** Wide enough for the run's hosts (/28 is the smallest subnet of a VPC) and of the ranges that VPCs are made from. */
function isPrivate4(cidr: string): boolean {
  if (!ipaddr.isValidCIDR(cidr)) return false;
  const [network, prefix] = ipaddr.parseCIDR(cidr);
  return network.kind() === 'ipv4' && prefix >= 8 && prefix <= 28 && network.range() === 'private';
}

/** IPv6 ranges of VPCs are public or unique local and a /44 at the widest; wider ones speak of the internet. */
function isInside6(cidr: string): boolean {
  const [network, prefix] = ipaddr.parseCIDR(cidr);
  if (network.kind() !== 'ipv6' || prefix > 120) return false;
  return prefix >= 44 || (network.range() === 'uniqueLocal' && prefix >= 8);
}

function widest(cidrs: readonly string[]): string | undefined {
  const sorted = cidrs.toSorted((a, b) => ipaddr.parseCIDR(a)[1] - ipaddr.parseCIDR(b)[1]);
  const [first] = sorted;
  if (first === undefined) return undefined;
  const [address, prefix] = ipaddr.parseCIDR(first);
  const network =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(first) : ipaddr.IPv6.networkAddressFromCIDR(first);
  return `${network.toString()}/${prefix}`;
}
