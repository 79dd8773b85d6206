import ipaddr from 'ipaddr.js';
import type { FirewallRule } from '../../../lib/artifact/firewall-rule';
import { literal } from '../../../lib/artifact/text';
import type { Seat } from '../../../lib/prove/network/seat';
import type { Attempt } from './firewall-oracle';

/**
 * What Google documents of VPC firewall rules, in the fewest lines: of the rules that fit, the one of the lowest priority number, and a
 * denial among equals; the implied rules for what none fits. Written from the documentation and not from the firewall, which it judges;
 * `undefined` where the connection is admitted, else who refuses it.
 *
 * @see https://cloud.google.com/firewall/docs/firewalls#priority_order_for_firewall_rules
 */
export function vpcOracle({ from, to, family, port }: Attempt, rules: readonly FirewallRule[]): string | undefined {
  if (from.ipv4Only && family === 6) return `the ${from.name} has no IPv6 address`;
  if (to.ipv4Only && family === 6) return `the ${to.name} has no IPv6 address`;
  const isPublic = to.publicAddresses?.includes(addressOf(to, family)) === true;
  if (from.outside && !to.outside && !to.reachableFromOutside && !isPublic)
    return `no route from the internet to the ${to.name}`;
  if (to.outside && !from.outside && !from.reachesOutside) return `no route from the ${from.name} to the internet`;
  return (
    (from.inNetwork && verdict('out', from, to)) ??
    (to.inNetwork && verdict('in', to, from)) ??
    (to.published && !to.published.some((each) => each.port === port) ? 'docker: port not published' : undefined)
  );

  function verdict(direction: 'in' | 'out', host: Seat, peer: Seat): string | undefined {
    const fitting = rules.filter((rule) => fits(rule, direction, host, peer));
    const lowest = Math.min(...fitting.map(({ priority }) => priority));
    const equals = fitting.filter(({ priority }) => priority === lowest);
    if (equals.length === 0) return direction === 'in' ? 'implied deny (in)' : undefined;
    const deciding = equals.some(({ action }) => action === 'deny')
      ? equals.filter(({ action }) => action === 'deny')
      : equals;
    const decides = deciding.find((rule) => !isDoubtful(rule, host));
    if (decides === undefined) return 'unknown';
    return decides.action === 'deny' ? `${decides.id} (${direction})` : undefined;
  }

  function fits(rule: FirewallRule, direction: 'in' | 'out', host: Seat, peer: Seat): boolean {
    const { ranges, sourceTags, sourceAccounts, targetTags, targetAccounts } = rule;
    const unspecified = ranges.length + sourceTags.length + sourceAccounts.length === 0;
    return (
      rule.direction === direction &&
      literal(rule.network) === literal(host.inNetwork ?? []) &&
      (targetTags.length + targetAccounts.length === 0 ||
        shares(targetTags, host) ||
        has(targetAccounts, host) ||
        isDoubtful(rule, host)) &&
      rule.flows.some(
        ({ protocol, ports }) =>
          protocol === 'all' ||
          (protocol === 'tcp' && (ports.length === 0 || ports.some((each) => each.from <= port && port <= each.to))),
      ) &&
      ((unspecified && family === 4) ||
        ranges.some((range) => lies(addressOf(peer, family), range)) ||
        shares(sourceTags, peer) ||
        has(sourceAccounts, peer))
    );
  }
}

/** Whether an account that is a reference is the host's own shows at deployment alone. */
function isDoubtful({ targetAccounts }: FirewallRule, { identity }: Seat): boolean {
  return identity?.account !== undefined && targetAccounts.some((account) => literal(account) === undefined);
}

function addressOf(seat: Seat, family: 4 | 6): string {
  return (family === 4 ? seat.addresses : seat.addresses6)[0]!;
}

function lies(address: string, range: string): boolean {
  const parsed = ipaddr.parse(address);
  const [network, prefix] = ipaddr.parseCIDR(range);
  return parsed.kind() === network.kind() && parsed.match(network, prefix);
}

function shares(tags: readonly string[], { identity }: Seat): boolean {
  return identity?.tags.some((tag) => tags.includes(tag)) === true;
}

function has(accounts: FirewallRule['targetAccounts'], { identity }: Seat): boolean {
  return accounts.some((account) => identity?.account !== undefined && literal(account) === literal(identity.account));
}
