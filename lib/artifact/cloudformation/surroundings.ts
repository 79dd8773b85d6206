import type { AccessPolicy } from '../access-policy';
import type { Artifact } from '../artifact';
import { readPolicy } from './access-policy';
import { readAlarms } from './alarm';
import { readBalancerSettings } from './balancer-settings';
import { readBuckets } from './bucket-store';
import { readDisks } from './disk-store';
import { readEncryptionKeys } from './encryption-key';
import { readIdentities } from './identity';
import { readKeyedStores } from './keyed-store';
import { readLogMetrics } from './log-metric';
import { readMachineGroups } from './machine-group';
import { readMentions } from './mentions';
import { referredId } from '../resource';
import type { Store } from '../store';
import { toText } from '../value';
import type { Resources } from './resources';
import { readSnapshotSchedules } from './snapshot-schedule';
import { readTaskClusters } from './task-cluster';
import { readTrafficLogs } from './traffic-log';

/** Reads what stands around the hosts: where data lies, who may do what, and what watches over it. */
export function readSurroundings(resources: Resources): Partial<Artifact> {
  return {
    stores: [
      ...readDisks(resources),
      ...readBuckets(resources),
      ...readKeyedStores(resources),
      ...foreignSecrets(resources),
    ],
    keys: readEncryptionKeys(resources),
    identities: readIdentities(resources),
    endpointPolicies: endpointPolicies(resources),
    alarms: readAlarms(resources),
    logMetrics: readLogMetrics(resources),
    trafficLogs: readTrafficLogs(resources),
    snapshotSchedules: readSnapshotSchedules(resources),
    machineGroups: readMachineGroups(resources),
    taskClusters: readTaskClusters(resources),
    balancerSettings: readBalancerSettings(resources),
    mentions: readMentions(resources),
  };
}

/** Of the endpoints that have one. Without, an endpoint admits all that the caller's own rights admit. */
function endpointPolicies(resources: Resources): readonly AccessPolicy[] {
  return resources.ofType('AWS::EC2::VPCEndpoint').flatMap(({ id, properties }) => {
    const policy = properties.get('PolicyDocument');
    return policy.present ? [readPolicy(id, policy, resources)] : [];
  });
}

/** Secrets of other files to which a policy of this one is put. */
function foreignSecrets(resources: Resources): readonly Store[] {
  return resources.ofType('AWS::SecretsManager::ResourcePolicy').flatMap(({ id, properties }): readonly Store[] => {
    const of = properties.get('SecretId');
    if (referredId(of.value) !== undefined) return [];
    return [
      {
        id,
        kind: 'secret',
        encryption: { kind: 'unknown', why: 'it is of another file' },
        fate: { onDelete: 'kept', onReplace: 'kept' },
        policies: [readPolicy(id, properties.get('ResourcePolicy'), resources)],
        named: toText(of.value) ?? [],
      },
    ];
  });
}
