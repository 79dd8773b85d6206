import type { Instance } from './artifact';
import type { FirewallRule } from './firewall-rule';
import { sameText } from './same-text';
import type { Text } from './text';

/** What the firewall of a VPC network knows an instance by, beside its address. */
export interface InstanceIdentity {
  /** Network tags. */
  readonly tags: readonly string[];
  /** E-mail address of its service account. Absent: it has none. */
  readonly account?: Text;
}

/** Whose packets a firewall judges: what it knows a host by, and the network that it is in. */
export interface Judged {
  /** Absent: nothing, so that a range alone names it. */
  readonly identity?: InstanceIdentity;
  /** Absent: no firewall of a network filters its packets. */
  readonly inNetwork?: Text;
}

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

/** Whether a rule is about a host, of all that are in its network. */
function targets({ targetTags, targetAccounts }: FirewallRule, { identity }: Judged): boolean | undefined {
  if (targetTags.length + targetAccounts.length === 0) return true;
  if (identity?.tags.some((tag) => targetTags.includes(tag)) === true) return true;
  const accounts = targetAccounts.map((account) => sameText(account, identity?.account));
  if (accounts.includes(true)) return true;
  return accounts.includes(undefined) ? undefined : false;
}
