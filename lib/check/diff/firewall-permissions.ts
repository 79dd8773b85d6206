import type { Artifact } from '../../artifact/artifact';
import type { FirewallFlow, FirewallRule } from '../../artifact/firewall-rule';
import { spell } from '../identity/text-pattern';
import { AddressSet } from '../network/address-set';
import { PortSet } from '../network/port-set';
import { grouped, openingPermission } from './openings';
import type { Permission } from './permission';

/**
 * What rules of Google's firewall say of one action, by network, direction, priority, whom they protect and the other side: what others of
 * another priority make of it is not reckoned with here, so that a rule that moves is told as one that goes and one that comes.
 */
export function firewallPermissions(
  { firewall = [] }: Artifact,
  action: FirewallRule['action'],
): readonly Permission[] {
  const parts = firewall
    .filter((rule) => rule.action === action)
    .flatMap((rule) => rule.flows.flatMap((flow) => othersOf(rule).map((other) => ({ rule, flow, other }))));
  return [...grouped(parts, keyOf)].map(([key, alike]) => {
    const { rule, flow, other } = alike[0]!;
    return openingPermission({
      subject: rule.id,
      key,
      openings: alike.map((part) => ({
        ports: portsOf(part.flow),
        addresses: other === '' ? rangesOf(part.rule) : AddressSet.ALL,
      })),
      describe: ({ ports, addresses }) =>
        `${action === 'deny' ? 'denies ' : ''}${flow.protocol} ${ports.describe()} ${rule.direction === 'in' ? 'from' : 'to'} ` +
        `${other === '' ? addresses.describe() : other}, ${targetsOf(rule)}, at priority ${rule.priority}`,
    });
  });
}

/** The other side by name; empty for addresses. */
function othersOf({ ranges, sourceTags, sourceAccounts }: FirewallRule): readonly string[] {
  const named = [
    ...sourceTags.map((tag) => `machines tagged ${tag}`),
    ...sourceAccounts.map((account) => `machines of ${spell(account)}`),
  ];
  return ranges.length > 0 || named.length === 0 ? ['', ...named] : named;
}

function keyOf({ rule, flow, other }: { rule: FirewallRule; flow: FirewallFlow; other: string }): string {
  return [spell(rule.network), rule.direction, rule.priority, rule.action, targetsOf(rule), flow.protocol, other].join(
    ' ',
  );
}

function targetsOf({ targetTags, targetAccounts }: FirewallRule): string {
  const targets = [
    ...targetTags.map((tag) => `tagged ${tag}`),
    ...targetAccounts.map((account) => `of ${spell(account)}`),
  ];
  return targets.length === 0 ? 'every machine' : `machines ${targets.join(' or ')}`;
}

function portsOf({ ports }: FirewallFlow): PortSet {
  return ports.length === 0 ? PortSet.ALL : PortSet.unionOf(ports.map(({ from, to }) => PortSet.range(from, to)));
}

function rangesOf({ ranges }: FirewallRule): AddressSet {
  return ranges.length === 0
    ? AddressSet.ALL
    : AddressSet.unionOf(ranges.flatMap((range) => AddressSet.parse(range) ?? []));
}
