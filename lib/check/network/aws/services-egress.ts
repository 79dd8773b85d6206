import type { Finding } from '../../finding';
import { isEverybody } from '../breadth';
import { blockOf } from './admission';
import type { AwsServer } from './aws-server';
import { describeOut } from './describe-rule';

/** `services-egress-bounded`: what the server calls has no way out to everybody. */
export function decideServicesEgress(server: AwsServer): readonly Finding[] {
  const { host, view } = server;
  const named = view
    .groupsOf(host.groups)
    .flatMap(({ rules }) =>
      rules.flatMap(({ direction, peer }) => (direction === 'out' && peer.kind === 'group' ? [peer.id] : [])),
    );
  const ids = [...new Set(named)].filter(
    (id) =>
      !host.groups.includes(id) && view.wearers(id).every(({ kind }) => kind !== 'endpoint' && kind !== 'balancer'),
  );
  if (ids.length === 0) {
    return [
      { verdict: 'not-applicable', subject: host.id, evidence: 'no rule of the server names a group of services' },
    ];
  }
  return ids.flatMap((id): readonly Finding[] => {
    const worn = new Set([id, ...view.wearers(id).flatMap(({ groups }) => groups)]);
    const unseen = [...worn].filter((each) => view.group(each) === undefined);
    const rules = view
      .groupsOf([...worn])
      .flatMap((group) => group.rules.filter(({ direction }) => direction === 'out'));
    const open = rules.filter(
      (rule) => rule.protocol === 'all' || isEverybody(blockOf(rule)) || rule.toPort - rule.fromPort >= 1024,
    );
    const verdict = open.length > 0 ? 'broken' : unseen.length > 0 ? 'unproven' : 'holds';
    const evidence =
      verdict === 'unproven'
        ? `the rules of ${unseen.join(', ')} are not in the file`
        : (verdict === 'broken' ? open : rules).map(describeOut).join('; ') || `no rule of ${id} lets anything out`;
    return [{ verdict, subject: id, evidence, restsOn: [...worn] }];
  });
}
