import type { Artifact } from '../../../artifact/artifact';
import type { FirewallRule } from '../../../artifact/firewall-rule';
import { RESTATE_PORTS } from '../../../restate/listeners';
import type { Finding } from '../../finding';
import { AddressSet } from '../address-set';
import { whyWide } from '../breadth';
import { type Admitted, admittedBy, keyOf, type Name } from './admitted';
import { describeRules } from './describe-reach';
import { type Mode, type Party, rulesAbout, speaking } from './rule-order';
import { verdictOf } from './verdict';

type Door = 'admin' | 'fabric';

/**
 * Who is let in to a port of the server, of a file that has the firewall's rules and not the machine: to each machine that a rule is about,
 * and wears nothing else. Whoever comes is named, and no wide range.
 */
export function decideRulesAlone(artifact: Artifact, door: Door): readonly Finding[] {
  const port = RESTATE_PORTS[door];
  const rules = artifact.firewall ?? [];
  const opening = rules.filter(
    (rule) =>
      rule.direction === 'in' &&
      rule.action === 'allow' &&
      speaking([{ rule, certain: true }], { protocol: 'tcp', port }, 'sure').length > 0,
  );
  if (opening.length === 0) {
    return [
      {
        verdict: 'not-applicable',
        subject: artifact.name,
        evidence: `the file has no server, and no rule that lets anybody in to its port ${port}`,
      },
    ];
  }
  return opening.map((rule) => {
    const parties = partiesOf(rule);
    const wide = (mode: Mode): readonly string[] =>
      parties.flatMap((party) => {
        const admitted = admittedBy(
          speaking(rulesAbout(party, 'in', rules), { protocol: 'tcp', port }, mode),
          AddressSet.ALL,
        );
        const why = admitted.rules.includes(rule) ? whyNobody(admitted, door) : undefined;
        return why === undefined
          ? []
          : [
              `tcp ${port}, where Restate's ${door} listens unless it is told otherwise, is open to ${why}, by ${describeRules(admitted.rules)}`,
            ];
      });
    return verdictOf(
      { host: { id: rule.id }, restsOn: [rule.id] },
      { wrong: wide, holds: `to tcp ${port} it lets in ${rule.ranges.join(', ') || 'machines by their names'} alone` },
    );
  });
}

function whyNobody({ addresses, names }: Admitted, door: Door): string | undefined {
  const wide = whyWide(addresses, AddressSet.NONE);
  if (wide !== undefined) return wide;
  const isNamed = [...names.values()].length > 0 || !addresses.isEmpty;
  return isNamed && door === 'fabric' && !addresses.isEmpty
    ? `${addresses.describe()}, which is no cluster by its account`
    : undefined;
}

/** Machines that a rule is about, one for each way in which it says so. */
function partiesOf({ network, targetTags, targetAccounts }: FirewallRule): readonly Party[] {
  const names: readonly Name[] = [
    ...targetTags.map((tag): Name => ({ kind: 'tag', tag })),
    ...targetAccounts.map((account): Name => ({ kind: 'account', account })),
  ];
  const distinct = [...new Map(names.map((name) => [keyOf(name), name])).values()];
  if (distinct.length === 0) return [{ network, tags: [] }];
  return distinct.map((name) =>
    name.kind === 'tag' ? { network, tags: [name.tag] } : { network, tags: [], account: name.account },
  );
}
