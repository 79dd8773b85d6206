import type { Artifact } from '../../../artifact/artifact';
import { spell } from '../../../artifact/iam/principal';
import type { LogRoute } from '../../../artifact/log-routing';
import type { RestateDeployment } from '../../../artifact/role';
import { sameText } from '../../../artifact/same-text';
import type { Store } from '../../../artifact/store';
import { references } from '../../../artifact/text';
import type { TrafficLog } from '../../../artifact/traffic-log';
import type { CheckedClaim } from '../../checked-claim';
import type { Finding } from '../../finding';
import { broken, unproven, type Wrong, worst } from '../../server/wrong';
import { storeClaim } from '../../stores/store-claim';
import { doorFindings } from '../audit-trail-present';
import { containerEntry, machineNames } from './log-entries';
import { logDriverFindings } from './log-drivers';
import { loggingQuery } from './logging-query';
import { gatewaysOf, networkTrails } from './network-trails';
import { writerFinding } from './line-writers';

/** An incident is found after months more often than after days. */
const LEAST_DAYS = 90;

/** Subnets, rules and balancers write down who spoke with the machine, and what its containers say is kept. */
export const GOOGLE_AUDIT_TRAIL: CheckedClaim = storeClaim('audit-trail-present', ({ artifact, server }) => {
  if (server === undefined) return [];
  return [
    ...subnetFindings(artifact, server),
    ...ruleFindings(artifact, server),
    ...balancerFindings(artifact, server),
    ...gatewaysOf(artifact, server).map((id) => logged(artifact, id, 'translations')),
    ...networkTrails(artifact, server),
    lineFinding(artifact, server),
    ...writerFinding(artifact, server),
    ...logDriverFindings(server),
    ...doorFindings(server),
  ];
});

function logged(artifact: Artifact, id: string, what: string): Finding {
  const log = logsOf(artifact.trafficLogs ?? []).get(id);
  return {
    subject: id,
    ...worst(
      [
        ...(log === undefined ? [broken(`${id} writes down no ${what}: it has no log_config that is on`)] : []),
        ...(log?.lacks ?? []).map((missing) => broken(`${id} writes down its ${what}, and not ${missing}`)),
        ...(log?.traffic === 'sampled' ? [broken(`${id} writes down some ${what} alone`)] : []),
        ...(log?.traffic === 'unknown' ? [unproven(`which ${what} ${id} writes down is not known from the file`)] : []),
      ],
      `${id} writes down every one of its ${what}`,
    ),
  };
}

/** By what they are of, put together once: every rule asks. */
function logsOf(logs: readonly TrafficLog[]): ReadonlyMap<string, TrafficLog> {
  const known = BY_SUBJECT.get(logs);
  if (known !== undefined) return known;
  const found = new Map<string, TrafficLog>();
  for (const log of logs) {
    for (const { logicalId } of log.of.flatMap(references)) if (!found.has(logicalId)) found.set(logicalId, log);
  }
  BY_SUBJECT.set(logs, found);
  return found;
}

const BY_SUBJECT = new WeakMap<readonly TrafficLog[], ReadonlyMap<string, TrafficLog>>();

function subnetFindings({ vpc, ...artifact }: Artifact, { host }: RestateDeployment): readonly Finding[] {
  const placed = (vpc?.placements ?? []).filter(({ machine }) => machine === host.id.split('/')[0]);
  const known = placed.flatMap(({ subnet }) => (subnet === 'unknown' ? [] : [subnet]));
  if (known.length === 0 || known.length < placed.length) {
    const evidence = `in which subnet ${host.id} stands is not known from the file`;
    return [{ verdict: 'unproven', subject: host.id, evidence }];
  }
  return [...new Set(known)].map((subnet) => logged(artifact, subnet, 'connections'));
}

/** Rules that may be about the machine. */
function ruleFindings(artifact: Artifact, { host: { instance } }: RestateDeployment): readonly Finding[] {
  return (artifact.firewall ?? [])
    .filter(({ network, targetTags, targetAccounts }) => {
      const isOfAll = targetTags.length === 0 && targetAccounts.length === 0;
      const isTarget =
        isOfAll ||
        targetTags.some((tag) => instance?.tags.includes(tag)) ||
        targetAccounts.some((account) => sameText(account, instance?.account) !== false);
      return isTarget && sameText(network, instance?.network) !== false;
    })
    .map(({ id }) => logged(artifact, id, 'connections'));
}

/** Backend services, by which balancers reach the machine. */
function balancerFindings(artifact: Artifact, { host }: RestateDeployment): readonly Finding[] {
  const targets = artifact.balancers.flatMap(({ listeners }) => listeners.flatMap((listener) => listener.targets));
  const groups = new Set(targets.filter((target) => target.host === host.id).map(({ group }) => group));
  return [...groups].map((group) => logged(artifact, group, 'requests'));
}

/** What containers of the machine say reaches a place of the file that keeps it. */
function lineFinding(artifact: Artifact, { host }: RestateDeployment): Finding {
  const [machine = ''] = machineNames(artifact, host);
  const { routes = [], exclusions = [] } = artifact.logRouting ?? {};
  const takes = (filter: string): boolean | undefined =>
    loggingQuery(filter)?.(containerEntry(machine, '{"log":"ingress","status":200}', filter));
  const judged = routes.map((route) => ({ route, taken: taken(route, takes) }));
  const taking = judged.filter(({ taken: is }) => is !== false);
  const faults = taking.map(({ route, taken: is }) => ({
    route,
    wrong: routeFaults(route, is, artifact.stores ?? []),
  }));
  const [best] = faults.toSorted((one, other) => one.wrong.length - other.wrong.length);
  const dropped = exclusions.filter(({ filter }) => takes(spell(filter)) !== false);
  return {
    subject: best?.route.id ?? host.id,
    ...worst(
      best === undefined
        ? [
            ...dropped.map(({ id }) =>
              broken(`what containers of ${host.id} say is kept nowhere: ${id} leaves it out`),
            ),
            broken(`no sink of this file writes what containers of ${host.id} say to a place that keeps it`),
          ]
        : best.wrong,
      `${best?.route.id ?? ''} writes what containers of ${host.id} say to ${best?.route.store ?? ''}, which keeps it`,
    ),
    restsOn: [host.id, ...(best?.route.store === undefined ? [] : [best.route.store])],
  };
}

function taken(
  { filter, enabled, exclusions }: LogRoute,
  takes: (filter: string) => boolean | undefined,
): boolean | undefined {
  if (enabled === false) return false;
  const is = filter === undefined ? true : takes(spell(filter));
  const left = exclusions.map((each) => takes(spell(each)));
  if (is === false || left.includes(true)) return false;
  return is === undefined || left.includes(undefined) || enabled === 'unknown' ? undefined : true;
}

function routeFaults(
  { id, store, destination }: LogRoute,
  is: boolean | undefined,
  stores: readonly Store[],
): readonly Wrong[] {
  const kept = stores.find((each) => each.id === store);
  if (kept === undefined) {
    return [
      unproven(`${id} writes to ${spell(destination)}, which is not in this file: whether that keeps it is not known`),
    ];
  }
  const { retentionDays: days } = kept;
  return [
    ...(is === undefined ? [unproven(`which lines ${id} takes is not understood`)] : []),
    ...(days === 'unknown' || days === undefined
      ? [unproven(`how long ${kept.id} keeps lines is not known from the file`)]
      : []),
    ...(typeof days === 'number' && days < LEAST_DAYS
      ? [broken(`${kept.id} keeps lines ${days} days, less than ${LEAST_DAYS}`)]
      : []),
    ...(kept.encryption.kind === 'cloud-key' || kept.encryption.kind === 'none'
      ? [broken(`${kept.id} is encrypted with a key of the cloud`)]
      : []),
    ...(kept.fate.onDelete === 'deleted' ? [broken(`${kept.id} is deleted with the stack`)] : []),
    ...(kept.fate.onDelete === 'unknown' ? [unproven(`what becomes of ${kept.id} is not known from the file`)] : []),
  ];
}
