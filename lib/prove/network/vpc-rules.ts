import ipaddr from 'ipaddr.js';
import type { Instance } from '../../artifact/artifact';
import type { FirewallRule } from '../../artifact/firewall-rule';
import { sameText } from '../../artifact/same-text';
import { contains } from './address-range';
import { ownAddresses, type Seat } from './seat';

/** Whose packets a firewall judges: what it knows a host by, and the network that it is in. */
export type Judged = Pick<Seat, 'identity' | 'inNetwork'>;

/** What the firewall of its network knows a machine by. */
export function judgedInstance({ network, tags, account }: Instance): Required<Judged> {
  return { identity: { tags, ...(account && { account }) }, inNetwork: network };
}

/** A rule of a firewall for a host, and whether the file says for certain that it is one. */
export interface BearingRule {
  readonly rule: FirewallRule;
  readonly certain: boolean;
}

/** The rules that may be about a host, in the order in which they are asked. */
export function rulesOn(
  host: Judged,
  direction: FirewallRule['direction'],
  rules: readonly FirewallRule[],
): readonly BearingRule[] {
  return rules
    .filter((rule) => rule.direction === direction)
    .flatMap((rule) => {
      const said = [sameText(rule.network, host.inNetwork), targets(rule, host)];
      return said.includes(false) ? [] : [{ rule, certain: !said.includes(undefined) }];
    })
    .toSorted((a, b) => a.rule.priority - b.rule.priority || urgency(a) - urgency(b));
}

/** Among rules of one priority: denials first, and of one kind those that are about the host for certain. */
function urgency({ rule, certain }: BearingRule): number {
  return Number(rule.action === 'allow') * 2 + Number(!certain);
}

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

/** Whether a rule is about a host, of all that are in its network. */
function targets({ targetTags, targetAccounts }: FirewallRule, { identity }: Judged): boolean | undefined {
  if (targetTags.length + targetAccounts.length === 0) return true;
  if (identity?.tags.some((tag) => targetTags.includes(tag)) === true) return true;
  const accounts = targetAccounts.map((account) => sameText(account, identity?.account));
  if (accounts.includes(true)) return true;
  return accounts.includes(undefined) ? undefined : false;
}
