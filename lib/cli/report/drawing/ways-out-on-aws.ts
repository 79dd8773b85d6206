import type { Artifact, GroupRule, Host } from '../../../artifact/artifact';
import { AddressSet } from '../../../check/network/address-set';
import { blockOf } from '../../../check/network/aws/admission';
import { isEverybody } from '../../../check/network/breadth';
import { grouped } from './grouped';
import type { Names } from './names';
import type { WayOut } from './way-out';

/** Where the security groups of a host, and of the machine below it, let something out to. */
export function waysOutOnAws(artifact: Artifact, host: Host, names: Names): readonly WayOut[] {
  const machine = host.machine?.groups.filter((id) => !host.groups.includes(id)) ?? [];
  return [
    ...outOf(artifact, host, host.groups, '', names),
    ...outOf(artifact, host, machine, ', from the machine', names),
  ];
}

function outOf(
  { groups, network }: Artifact,
  host: Host,
  worn: readonly string[],
  note: string,
  names: Names,
): readonly WayOut[] {
  const rules = groups
    .filter(({ id }) => worn.includes(id))
    .flatMap((group) => group.rules.filter(({ direction }) => direction === 'out'));
  return grouped(rules, portsOf).flatMap((alike) => {
    const line = `${portsOf(alike[0])}${note}`;
    const addresses = AddressSet.unionOf(alike.map(blockOf));
    const named = alike
      .filter(({ peer }) => peer.kind !== 'cidr')
      .map((rule) => ({ rule, title: peerOf(rule, names) }));
    return [
      ...(addresses.isEmpty
        ? []
        : [
            {
              host: host.id,
              title: isEverybody(addresses) ? 'public addresses' : addresses.describe(2),
              lines: [line, ...(isEverybody(addresses) ? [addresses.describe(2)] : [])],
            },
          ]),
      ...named.map(({ rule: { peer }, title }) => ({
        host: host.id,
        title,
        lines: [line, ...(peer.kind === 'group' ? wearers(network, peer.id, names) : [])],
      })),
    ];
  });
}

function portsOf({ protocol, fromPort, toPort }: GroupRule): string {
  if (protocol === 'all' || protocol === 'icmp') return protocol === 'all' ? 'every port' : protocol;
  return `${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
}

function peerOf({ peer }: GroupRule, names: Names): string {
  if (peer.kind === 'group') return `members of ${names.of(peer.id)}`;
  if (peer.kind === 'prefix-list') return `prefix list ${names.of(peer.id)}`;
  return peer.kind === 'cidr' ? peer.cidr : names.inText(peer.text) || 'a peer that the file does not show';
}

/** Services behind the endpoints that wear a group, else what wears it. */
function wearers(network: Artifact['network'], group: string, names: Names): readonly string[] {
  const found = (network?.interfaces ?? []).filter(({ groups }) => groups.includes(group));
  const services = found.flatMap(({ service }) => (service === undefined ? [] : [lastOf(names.inText(service))]));
  const others = found.filter(({ service }) => service === undefined).map(({ id }) => names.of(id));
  return [...(services.length === 0 ? [] : [`endpoints: ${services.sort().join(', ')}`]), ...others.sort()];
}

/** `ecr.api` of `com.amazonaws.<region>.ecr.api`. */
function lastOf(service: string): string {
  return service.replace(/^com\.amazonaws\.(?:[a-z]{2}-[a-z-]+-\d|AWS::Region)\./, '');
}
