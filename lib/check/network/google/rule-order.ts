import type { FirewallFlow, FirewallRule } from '../../../artifact/firewall-rule';
import { sameText } from '../../../artifact/same-text';
import type { Text } from '../../../artifact/text';
import { AddressSet } from '../address-set';

/** What the firewall of a network knows one end of a connection by. */
export interface Party {
  readonly network: Text;
  readonly tags: readonly string[];
  readonly account?: Text;
}

/** A rule, and whether the file says for certain that it is about somebody. */
export interface JudgedRule {
  readonly rule: FirewallRule;
  readonly certain: boolean;
}

/** What is asked about: what the files say for certain, or what may be where they do not. */
export type Mode = 'sure' | 'possible';

/** Packets of one protocol, to one port where it has ports. */
export interface Packets {
  readonly protocol: Exclude<FirewallFlow['protocol'], 'all'>;
  readonly port?: number;
}

/** The rules that may be about somebody in the order in which they are asked: the lowest number first, among equals deny before allow. */
export function rulesAbout(
  party: Party,
  direction: FirewallRule['direction'],
  rules: readonly FirewallRule[],
): readonly JudgedRule[] {
  return rules
    .filter((rule) => rule.direction === direction)
    .flatMap((rule): readonly JudgedRule[] => {
      const said = [sameText(rule.network, party.network), isTarget(rule, party)];
      return said.includes(false) ? [] : [{ rule, certain: !said.includes(undefined) }];
    })
    .toSorted((a, b) => a.rule.priority - b.rule.priority || urgency(a) - urgency(b));
}

/**
 * The rules of an order that speak of some packets. A rule that is not certain denies when it is asked what is sure, and allows when it is
 * asked what is possible: whatever the others say, that is the least and the most that may be let through.
 */
export function speaking(order: readonly JudgedRule[], packets: Packets, mode: Mode): readonly FirewallRule[] {
  const other = mode === 'sure' ? 'deny' : 'allow';
  return order
    .filter(({ rule, certain }) => (certain || rule.action === other) && covers(rule, packets))
    .map(({ rule }) => rule);
}

/** The stretches of an order in which all rules do the same, so that it is all one which of them comes first. */
export function runsOf(rules: readonly FirewallRule[]): readonly (readonly FirewallRule[])[] {
  const runs: FirewallRule[][] = [];
  for (const rule of rules) {
    const last = runs.at(-1);
    if (last?.[0]?.action === rule.action) last.push(rule);
    else runs.push([rule]);
  }
  return runs;
}

/** The addresses that a rule names by ranges. Without any, and without tags and accounts, Google takes all of IPv4. */
export function rangesOf(rule: FirewallRule): AddressSet {
  const known = RANGES.get(rule);
  if (known !== undefined) return known;
  const isOpen = rule.ranges.length + rule.sourceTags.length + rule.sourceAccounts.length === 0;
  // What is no range may be any to a rule that allows, and is none to one that denies.
  const unread = rule.action === 'allow' ? AddressSet.ALL : AddressSet.NONE;
  const made = isOpen
    ? AddressSet.IPV4
    : AddressSet.unionOf(rule.ranges.map((range) => AddressSet.parse(range) ?? unread));
  RANGES.set(rule, made);
  return made;
}

const RANGES = new WeakMap<FirewallRule, AddressSet>();

/** Whether a rule speaks of packets; of a protocol that has no name here only one about all of them does for certain when it denies. */
function covers({ flows, action }: FirewallRule, { protocol, port }: Packets): boolean {
  return flows.some((flow) => {
    if (flow.protocol === 'all') return true;
    if (flow.protocol !== protocol || (protocol === 'other' && action === 'deny')) return false;
    return (
      flow.ports.length === 0 || (port !== undefined && flow.ports.some(({ from, to }) => from <= port && port <= to))
    );
  });
}

function urgency({ rule }: JudgedRule): number {
  return rule.action === 'deny' ? 0 : 1;
}

function isTarget({ targetTags, targetAccounts }: FirewallRule, { tags, account }: Party): boolean | undefined {
  if (targetTags.length + targetAccounts.length === 0) return true;
  if (tags.some((tag) => targetTags.includes(tag))) return true;
  const accounts = targetAccounts.map((each) => sameText(each, account));
  if (accounts.includes(true)) return true;
  return accounts.includes(undefined) ? undefined : false;
}
