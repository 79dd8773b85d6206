import type { FirewallRule } from '../../../artifact/firewall-rule';
import type { Text } from '../../../artifact/text';
import { AddressSet } from '../address-set';
import { rangesOf, runsOf } from './rule-order';

/** What a rule names machines by, wherever they stand in its network. */
export type Name =
  { readonly kind: 'tag'; readonly tag: string } | { readonly kind: 'account'; readonly account: Text };

/** Machines of the network that are let through for their name. */
export interface NamedSources {
  readonly name: Name;
  /** Those of their addresses about which nothing was decided before. */
  readonly addresses: AddressSet;
}

/** Who is let through on the way in. */
export interface Admitted {
  /** Whoever sends from one of these. */
  readonly addresses: AddressSet;
  /**
   * By the text of a name: who has it alone is let through. Whoever has several is let through at most where one of them, or the address alone,
   * is: the first rule that means him means one of these.
   */
  readonly names: ReadonlyMap<string, NamedSources>;
  /** The rules that let them through. */
  readonly rules: readonly FirewallRule[];
}

/**
 * Whom rules let in, of some senders: each in its turn decides about those whom none has decided about before.
 *
 * @param rules that speak of the packets, in their order
 * @param senders addresses that can send at all
 */
export function admittedBy(rules: readonly FirewallRule[], senders: AddressSet): Admitted {
  let undecided = senders;
  let addresses = AddressSet.NONE;
  const names = new Map<string, NamedSources>();
  const decided = new Set<string>();
  const admitting: FirewallRule[] = [];
  for (const run of runsOf(rules)) {
    if (undecided.isEmpty) break;
    const isAllowed = run[0]?.action === 'allow';
    const here = AddressSet.unionOf(run.map(rangesOf)).intersect(undecided);
    const before = senders.subtract(undecided);
    for (const rule of run) {
      const own = namesOf(rule).filter((name) => !decided.has(keyOf(name)));
      for (const name of own) {
        decided.add(keyOf(name));
        if (isAllowed) names.set(keyOf(name), { name, addresses: undecided });
      }
      if (isAllowed && (own.length > 0 || !before.covers(rangesOf(rule).intersect(senders)))) admitting.push(rule);
    }
    if (isAllowed) addresses = addresses.union(here);
    undecided = undecided.subtract(here);
  }
  return { addresses, names, rules: admitting };
}

/** The text that tells one name from others. */
export function keyOf(name: Name): string {
  return name.kind === 'tag' ? `tag ${name.tag}` : `account ${JSON.stringify(name.account)}`;
}

/** The names by which a rule means sources. */
export function namesOf({ sourceTags, sourceAccounts }: FirewallRule): readonly Name[] {
  return [
    ...sourceTags.map((tag): Name => ({ kind: 'tag', tag })),
    ...sourceAccounts.map((account): Name => ({ kind: 'account', account })),
  ];
}
