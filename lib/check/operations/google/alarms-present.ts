import type { AlertPolicy } from '../../../artifact/alert-policy';
import type { CheckedClaim } from '../../checked-claim';
import type { Finding } from '../../finding';
import { broken, unproven, worst } from '../../server/wrong';
import { storeClaim } from '../../stores/store-claim';
import { doorsOf } from '../access-log';
import { alertCandidates, type AlertNeed } from './alert-candidates';
import { neededAlerts } from './needed-alerts';

/** For everything that can go wrong with a machine and its doors, a policy that raises an alert in time. */
export const GOOGLE_ALARMS_PRESENT: CheckedClaim = storeClaim('alarms-present', ({ artifact, server }) => {
  if (server === undefined) return [];
  const subject = server.host.id;
  if (server.envoy !== undefined && doorsOf(server) === undefined) {
    const evidence = 'the configuration of the proxy is not in this file, so what its log says is not known';
    return [{ verdict: 'unproven', subject, evidence }];
  }
  const found = neededAlerts(artifact, server).map((need) => ({ need, best: alertCandidates(need, artifact)[0] }));
  const used = found.flatMap(({ best }) => (best?.wrong.length === 0 ? [best.policy] : []));
  return [...found.map(({ need, best }) => needFinding(subject, need, best)), ...targets(subject, [...new Set(used)])];
});

function needFinding(
  host: string,
  { about }: AlertNeed,
  best: ReturnType<typeof alertCandidates>[number] | undefined,
): Finding {
  if (best === undefined)
    return { verdict: 'broken', subject: host, evidence: `no policy raises an alert when ${about}` };
  const { policy, wrong, restsOn } = best;
  const said = wrong.map(({ verdict, evidence }) => {
    const why = `no policy surely raises an alert when ${about}: ${policy.id} would, but ${evidence}`;
    return verdict === 'broken' ? broken(why) : unproven(why);
  });
  return { subject: policy.id, ...worst(said, `${policy.id} raises an alert when ${about}`), restsOn };
}

/** Where no policy names anybody, whoever looks at the console is told. */
function targets(host: string, policies: readonly AlertPolicy[]): readonly Finding[] {
  if (policies.every(({ channels }) => channels.length === 0)) {
    const evidence = 'no policy names a channel: whom the project tells of alerts is not in this file';
    return [{ verdict: 'not-applicable', subject: host, evidence }];
  }
  return policies
    .filter(({ channels }) => channels.length === 0)
    .map(({ id }) => ({
      verdict: 'broken',
      subject: id,
      evidence: `${id} tells nobody, although others name a channel`,
    }));
}
