import type { Artifact, GroupRule, SecurityGroup } from '../../artifact/artifact';
import { resolve } from '../../artifact/text';
import { AddressSet } from '../network/address-set';
import { PortSet } from '../network/port-set';
import { grouped, openingPermission } from './openings';
import type { Permission } from './permission';

const DIRECTIONS = ['in', 'out'] as const;
/** What a rule about everything is about. */
const PROTOCOLS = ['tcp', 'udp', 'icmp', 'other protocols'] as const;

/** What the rules of security groups let through, by group, direction, protocol and other side. */
export function rulePermissions({ groups }: Artifact): readonly Permission[] {
  return groups.flatMap((group) =>
    DIRECTIONS.flatMap((direction) => PROTOCOLS.flatMap((protocol) => ofProtocol(group, direction, protocol))),
  );
}

function ofProtocol(
  { id, rules }: SecurityGroup,
  direction: GroupRule['direction'],
  protocol: (typeof PROTOCOLS)[number],
): readonly Permission[] {
  const fitting = rules.filter(
    (rule) => rule.direction === direction && (rule.protocol === 'all' || rule.protocol === protocol),
  );
  return [...grouped(fitting, peerOf)].map(([peer, of]) =>
    openingPermission({
      subject: id,
      key: `${id} ${protocol} ${direction} ${peer}`,
      openings: [...grouped(of, portsOf).values()].map((alike) => ({
        ports: rangeOf(alike[0]!),
        addresses: peer === '' ? AddressSet.unionOf(alike.map(addressesOf)) : AddressSet.ALL,
      })),
      describe: ({ ports, addresses }) =>
        `${protocol} ${ports.describe()} ${direction === 'in' ? 'from' : 'to'} ${peer === '' ? addresses.describe() : peer}`,
    }),
  );
}

/** Blocks of addresses add up, and have no name; whatever else is the other side stands for itself. */
function peerOf({ peer }: GroupRule): string {
  if (peer.kind === 'group') return `members of ${peer.id}`;
  if (peer.kind === 'prefix-list') return `the prefix list ${peer.id}`;
  if (peer.kind === 'cidr') return AddressSet.parse(peer.cidr) === undefined ? `addresses written ${peer.cidr}` : '';
  return `addresses that only the cloud knows (${resolve(peer.text, ({ logicalId }) => logicalId)})`;
}

function portsOf({ protocol, fromPort, toPort }: GroupRule): string {
  return protocol === 'all' ? 'all' : `${fromPort}-${toPort}`;
}

/** Of ICMP, whose types are no ports, -1 is every one. */
function rangeOf({ protocol, fromPort, toPort }: GroupRule): PortSet {
  return protocol === 'all' || fromPort < 0 ? PortSet.ALL : PortSet.range(fromPort, toPort);
}

function addressesOf({ peer }: GroupRule): AddressSet {
  return (peer.kind === 'cidr' ? AddressSet.parse(peer.cidr) : undefined) ?? AddressSet.NONE;
}
