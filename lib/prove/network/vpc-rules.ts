import ipaddr from 'ipaddr.js';
import { type Judged, rulesOn } from '../../artifact/bearing-rules';
import type { FirewallRule } from '../../artifact/firewall-rule';
import { sameText } from '../../artifact/same-text';
import { contains } from './address-range';
import { ownAddresses, type Seat } from './seat';

/** The rules that may let somebody in to a port of a host over TCP. */
export function admissionsTo(rules: readonly FirewallRule[], host: Judged, port: number): readonly FirewallRule[] {
  return rulesOn(host, 'in', rules)
    .map(({ rule }) => rule)
    .filter((rule) => rule.action === 'allow' && carries(rule, port));
}

/** The rule that lets a connection over TCP in to a port of a host; `undefined` where none does for certain. */
export function admittingRule(
  rules: readonly FirewallRule[],
  to: Judged & { readonly port: number },
  from: Seat,
): FirewallRule | undefined {
  const first = rulesOn(to, 'in', rules).find(({ rule }) => carries(rule, to.port) && names(rule, from));
  return first?.certain === true && first.rule.action === 'allow' ? first.rule : undefined;
}

/** Whether a rule speaks of a port of TCP. */
export function carries({ flows }: FirewallRule, port: number): boolean {
  return flows.some(
    ({ protocol, ports }) =>
      protocol === 'all' ||
      (protocol === 'tcp' && (ports.length === 0 || ports.some(({ from, to }) => from <= port && port <= to))),
  );
}

/** Whether a rule of the way in names somebody as a source. */
export function names({ ranges, sourceTags, sourceAccounts }: FirewallRule, from: Seat): boolean {
  const { address } = ownAddresses(from);
  if (ranges.length + sourceTags.length + sourceAccounts.length === 0) return true;
  return (
    ranges.some((range) => ipaddr.isValidCIDR(range) && contains(range, address)) ||
    isIdentified({ sourceTags, sourceAccounts }, from)
  );
}

/** Whether a rule names somebody by a tag or an account that it wears for certain. */
export function isIdentified(
  { sourceTags, sourceAccounts }: Pick<FirewallRule, 'sourceTags' | 'sourceAccounts'>,
  { identity }: Pick<Seat, 'identity'>,
): boolean {
  return (
    sourceTags.some((tag) => identity?.tags.includes(tag) === true) ||
    sourceAccounts.some((account) => sameText(account, identity?.account) === true)
  );
}
