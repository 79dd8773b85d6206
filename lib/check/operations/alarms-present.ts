import type { Alarm } from '../../artifact/alarm';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { relatedTo } from '../stores/related';
import { storeClaim } from '../stores/store-claim';
import { doorsOf } from './access-log';
import { type AlarmNeed, candidates } from './alarm-needs';
import { neededAlarms } from './needed-alarms';
import { topicFindings } from './alarm-topics';

/** For everything that can go wrong with a deployment that has it, an alarm that goes off in time and tells somebody. */
export const ALARMS_PRESENT: CheckedClaim = storeClaim('alarms-present', (deployment) => {
  const { artifact, server } = deployment;
  if (server === undefined) return [];
  const subject = server.host.id;
  if (artifact.alarms === undefined) {
    return [{ verdict: 'unproven', subject, evidence: 'alarms are not read from this file' }];
  }
  if (server.envoy !== undefined && doorsOf(server) === undefined) {
    const evidence = 'the configuration of the proxy is not in this file, so what its log says is not known';
    return [{ verdict: 'unproven', subject, evidence }];
  }
  const needs = neededAlarms(deployment, server);
  const found = needs.map((need) => ({ need, all: candidates(need, artifact.alarms ?? []) }));
  const used = found.flatMap(({ all: [best] }) => (best === undefined || best.faults.length > 0 ? [] : [best.alarm]));
  return [
    ...found.map(({ need, all }) => needFinding(subject, need, all)),
    ...targets(subject, used),
    ...topicFindings(deployment, used),
    ...clusters(deployment),
  ];
});

function needFinding(host: string, { about }: AlarmNeed, [best]: ReturnType<typeof candidates>): Finding {
  if (best === undefined) return { verdict: 'broken', subject: host, evidence: `no alarm goes off when ${about}` };
  const { alarm, faults, restsOn } = best;
  return faults.length === 0
    ? { verdict: 'holds', subject: alarm.id, evidence: `${alarm.id} goes off when ${about}`, restsOn }
    : {
        verdict: 'broken',
        subject: alarm.id,
        evidence: `no alarm goes off when ${about}: ${alarm.id} would, but ${faults.join('; ')}`,
        restsOn,
      };
}

/**
 * Whom the alarms tell. Where none names anybody, whoever is told is told by rules of EventBridge on every change of an alarm, or by nobody:
 * neither is in the file.
 */
function targets(host: string, alarms: readonly Alarm[]): readonly Finding[] {
  const telling = alarms.filter(({ actions }) => actions.length > 0);
  if (telling.length === 0) {
    const evidence = 'no alarm names a target: whom the account tells of changes of alarms is not in this file';
    return [{ verdict: 'not-applicable', subject: host, evidence }];
  }
  return alarms
    .filter(({ actions }) => actions.length === 0)
    .map(({ id }) => ({
      verdict: 'broken',
      subject: id,
      evidence: `${id} tells nobody, although other alarms name a target`,
    }));
}

function clusters(deployment: CheckedDeployment): readonly Finding[] {
  const related = relatedTo(deployment);
  return (deployment.artifact.taskClusters ?? [])
    .filter(({ id }) => related.has(id))
    .map(({ id, insights }): Finding => {
      if (insights === true) return { verdict: 'holds', subject: id, evidence: `${id} keeps numbers of its tasks` };
      return insights === false
        ? { verdict: 'broken', subject: id, evidence: `${id} keeps no numbers of its tasks: containerInsights is off` }
        : {
            verdict: 'unproven',
            subject: id,
            evidence: `${id} does not say whether containerInsights is on: the account decides`,
          };
    });
}
