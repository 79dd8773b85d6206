import type { BalancerTarget } from '../../../artifact/artifact';
import type { FrontRule } from '../../../artifact/front-policy';
import { AddressSet } from '../address-set';
import type { Mode } from './rule-order';

/** Whom a balancer lets call a target, of all addresses: everybody, unless a policy of it says otherwise. */
export function frontCallers({ policy }: Pick<BalancerTarget, 'policy'>, mode: Mode): AddressSet {
  if (policy === undefined) return AddressSet.ALL;
  if (policy.rules === 'unknown') return mode === 'sure' ? AddressSet.NONE : AddressSet.ALL;
  let undecided = AddressSet.ALL;
  let admitted = AddressSet.NONE;
  for (const rule of policy.rules) {
    const isAllowed = rule.action === 'unknown' ? mode === 'possible' : rule.action === 'allow';
    // Of what is not known the least is let through for certain, and the most perhaps.
    const isTaken = isAllowed === (mode === 'possible');
    const here = undecided.intersect(rangesOf(rule, isTaken));
    if (isAllowed) admitted = admitted.union(here);
    undecided = undecided.subtract(here);
  }
  return admitted.union(undecided);
}

function rangesOf({ ranges }: FrontRule, isTaken: boolean): AddressSet {
  const unread = isTaken ? AddressSet.ALL : AddressSet.NONE;
  return ranges === 'unknown' ? unread : AddressSet.unionOf(ranges.map((range) => AddressSet.parse(range) ?? unread));
}
