import type { Artifact, Host } from '../artifact';
import type { CloudRunService } from '../cloud-run-service';
import { accountKey } from '../iam/principal';
import { readAccountUsers } from './account-users';
import { switchAt } from './quiet';
import { readMentions } from './mentions';
import { readAlertPolicies, readLineMetrics } from './operations/alert-policies';
import { readInstanceGroups } from './operations/instance-groups';
import { readLogRouting } from './operations/log-routing';
import { readSnapshotSchedules } from './operations/snapshot-schedules';
import { readTrafficLogs } from './operations/traffic-logs';
import type { Resources } from './resources';
import { readKeys } from './stores/keys';
import { readStores } from './stores/stores';

type Around = Pick<
  Artifact,
  | 'accountKeys'
  | 'accountUsers'
  | 'disabledAccounts'
  | 'instanceGroups'
  | 'logRouting'
  | 'alertPolicies'
  | 'lineMetrics'
  | 'stores'
  | 'keys'
  | 'trafficLogs'
  | 'snapshotSchedules'
  | 'mentions'
>;

/** What stands around machines and services: what keeps data, what watches, and what starts them anew. Nothing of it is reported. */
export function readAround(resources: Resources, hosts: readonly Host[], services: readonly CloudRunService[]): Around {
  const groups = readInstanceGroups(resources);
  const lost = groups.flatMap(({ machines }) =>
    machines.flatMap(({ disks }) => disks.flatMap(({ disk, outlives }) => (outlives === true ? [] : [disk]))),
  );
  const stores = readStores(resources, new Set(lost.filter((disk) => disk !== undefined)));
  const routing = readLogRouting(resources);
  const keys = accountKeys(resources);
  const users = readAccountUsers(resources);
  const disabled = disabledAccounts(resources);
  return {
    ...(keys.length > 0 && { accountKeys: keys }),
    ...(users.length > 0 && { accountUsers: users }),
    ...(disabled.length > 0 && { disabledAccounts: disabled }),
    instanceGroups: groups,
    logRouting: routing,
    alertPolicies: readAlertPolicies(resources),
    lineMetrics: readLineMetrics(resources),
    stores,
    keys: readKeys(resources),
    trafficLogs: readTrafficLogs(resources),
    snapshotSchedules: readSnapshotSchedules(resources),
    mentions: readMentions(resources, { hosts, services, groups, routing, stores }),
  };
}

function accountKeys(resources: Resources): NonNullable<Artifact['accountKeys']> {
  return resources.quietly('google_service_account_key').map(({ id, properties }) => {
    const account = accountKey(resources.account(properties.get('service_account_id')) ?? []);
    return { id, ...(account !== undefined && { account }) };
  });
}

/** By the address of the resource that makes the account. */
function disabledAccounts(resources: Resources): readonly string[] {
  return resources
    .quietly('google_service_account')
    .filter(({ properties }) => switchAt(properties.get('disabled'), false) !== false)
    .map(({ id }) => id);
}
