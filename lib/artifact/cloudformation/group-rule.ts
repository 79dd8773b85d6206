import type { GroupRule } from '../artifact';
import type { Text } from '../text';
import { groupId } from './group-id';
import type { Property } from '../property';
import type { Resources } from './resources';

type Protocol = GroupRule['protocol'];

/** IANA numbers and EC2's names. */
const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ['-1', 'all'],
  ['tcp', 'tcp'],
  ['6', 'tcp'],
  ['udp', 'udp'],
  ['17', 'udp'],
  ['icmp', 'icmp'],
  ['1', 'icmp'],
  ['icmpv6', 'icmp'],
  ['58', 'icmp'],
]);

/** Reads one rule, inline or by a resource of its own. `undefined`: nothing is admitted by it, or it was reported. */
export function readRule(rule: Property, direction: 'in' | 'out', resources: Resources): GroupRule | undefined {
  const named = rule.get('IpProtocol').string()?.toLowerCase();
  const protocol = PROTOCOLS.get(named ?? '');
  if (protocol === undefined) {
    rule.unreadable(`has protocol ${JSON.stringify(named)}, which is not modelled`);
    return undefined;
  }
  const ports = portsOf(rule, protocol);
  const peer = peerOf(rule, direction, resources);
  if (ports === undefined || peer === undefined) {
    return undefined;
  }
  const read: GroupRule = { direction, protocol, ...ports, peer };
  return admitsNothing(read) ? undefined : read;
}

/** Absent or -1 means every port of TCP and UDP, every type and code of ICMP; `all` has no ports whatever is written. */
function portsOf(rule: Property, protocol: Protocol): { fromPort: number; toPort: number } | undefined {
  const from = rule.get('FromPort');
  const to = rule.get('ToPort');
  const fromPort = from.integer() ?? -1;
  const toPort = to.integer() ?? -1;
  if (protocol === 'icmp') {
    return { fromPort, toPort };
  }
  if (protocol === 'all' || fromPort === -1 || toPort === -1) {
    return { fromPort: 0, toPort: 65_535 };
  }
  if (fromPort < 0 || toPort > 65_535 || fromPort > toPort) {
    rule.unreadable(`has ports ${fromPort} to ${toPort}`);
    return undefined;
  }
  return { fromPort, toPort };
}

function peerOf(rule: Property, direction: 'in' | 'out', resources: Resources): GroupRule['peer'] | undefined {
  const side = direction === 'in' ? 'Source' : 'Destination';
  for (const name of ['CidrIp', 'CidrIpv6']) {
    if (rule.get(name).present) {
      return cidrOf(rule.get(name), resources);
    }
  }
  const group = rule.get(`${side}SecurityGroupId`);
  const prefixList = rule.get(`${side}PrefixListId`);
  const id = group.present ? groupId(group) : groupId(prefixList);
  if (id !== undefined) {
    return { kind: group.present ? 'group' : 'prefix-list', id };
  }
  rule.unreadable('names no peer that is understood');
  return undefined;
}

function cidrOf(property: Property, resources: Resources): GroupRule['peer'] | undefined {
  const vpc = resources.referredBy(property, 'AWS::EC2::VPC');
  const text: Text | undefined = vpc === undefined ? property.text() : vpc.properties.get('CidrBlock').text();
  if (text === undefined) {
    return undefined;
  }
  if (text.every((part) => typeof part === 'string')) {
    return { kind: 'cidr', cidr: text.join('').trim() };
  }
  property.unreadable('is known to the cloud alone');
  return { kind: 'unknown', text };
}

/** The rule that the CDK writes to say "nothing": without any egress rule EC2 would admit everything. */
function admitsNothing(rule: GroupRule): boolean {
  return (
    rule.protocol === 'icmp' &&
    rule.fromPort === 252 &&
    rule.toPort === 86 &&
    rule.peer.kind === 'cidr' &&
    rule.peer.cidr === '255.255.255.255/32'
  );
}
