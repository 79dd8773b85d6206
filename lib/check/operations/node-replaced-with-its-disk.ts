import type { AccessPolicy } from '../../artifact/access-policy';
import type { MachineGroup } from '../../artifact/machine-group';
import type { Store } from '../../artifact/store';
import { references, type Text } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { certainlyMay, granting } from '../identity/access';
import { ownArn } from '../identity/own-arn';
import { covers, isEqual, spell } from '../identity/text-pattern';
import { relatedTo, storesOf } from '../stores/related';
import { storeClaim } from '../stores/store-claim';
import { machineScript } from '../workload/machine-script';

/** The disk with the journal is one that machines come to, by a group that always has one, in the disk's own zone. */
export const NODE_REPLACED_WITH_ITS_DISK: CheckedClaim = storeClaim('node-replaced-with-its-disk', (deployment) => {
  const { server, artifact } = deployment;
  if (server === undefined) return [];
  const { host } = server;
  const subject = host.id;
  const open = (evidence: string): Finding => ({ verdict: 'unproven', subject, evidence });
  const stores = storesOf(deployment);
  if (artifact.stores === undefined) return [open('disks are not read from this file')];
  const disks = stores.filter(({ kind }) => kind === 'disk');
  if (host.machine === undefined) {
    const shared = stores.find(({ kind }) => kind === 'file-system');
    return shared === undefined
      ? [{ verdict: 'broken', subject, evidence: `${subject} runs where nothing of its disk outlives it` }]
      : [open(`${subject} keeps its data on ${shared.id}: whether two of it never write at once is not decided`)];
  }
  if (disks.length === 0) {
    return [
      { verdict: 'broken', subject, evidence: `${host.machine.id} has no disk but those that come and go with it` },
    ];
  }
  const script = machineScript(host);
  return [
    ...(script.kind === 'unknown' ? [open(`whether the machine takes the disk is not known: ${script.reason}`)] : []),
    ...disks.flatMap((disk) => diskFindings(disk, deployment)),
    ...groupFindings(deployment, disks),
  ];
});

/** The machine names the disk, and may take it. */
function diskFindings(disk: Store, { artifact, server }: CheckedDeployment): readonly Finding[] {
  const machine = server?.host.machine;
  if (machine === undefined) return [];
  const named = references(machine.userData).some(({ logicalId }) => logicalId === disk.id);
  const tags = (artifact.machineGroups ?? [])
    .filter((group) => group.machine === machine.id)
    .flatMap((group) => group.tags);
  const roles = (artifact.identities ?? []).filter(({ serves }) =>
    serves.some(({ as, resource }) => as === 'machine' && resource === machine.id),
  );
  const takes = roles.some(
    (role) =>
      certainlyMay(role, { action: 'ec2:AttachVolume', on: ownArn('ec2', 'volume/', { logicalId: disk.id }) }) &&
      certainlyMay(role, { action: 'ec2:AttachVolume', on: ownArn('ec2', `instance/i-${'0'.repeat(17)}`) }, tags),
  );
  const faults = [
    ...(named ? [] : [`the script of ${machine.id} does not name it`]),
    ...(takes ? [] : [`no role of ${machine.id} may attach it (ec2:AttachVolume)`]),
    ...keyFaults(disk, roles, artifact),
    ...(disk.fate.onReplace === 'deleted' ? ['it is deleted when another takes its place'] : []),
  ];
  const restsOn = [
    disk.id,
    machine.id,
    ...roles.flatMap(({ id, policies }) => [id, ...policies.map((policy) => policy.id)]),
  ];
  return faults.length === 0
    ? [
        {
          verdict: 'holds',
          subject: disk.id,
          evidence: `disk ${disk.id} is taken by each machine of ${machine.id}`,
          restsOn,
        },
      ]
    : faults.map((fault) => ({
        verdict: 'broken',
        subject: disk.id,
        evidence: `disk ${disk.id} does not come back: ${fault}`,
        restsOn,
      }));
}

/** Whoever attaches a disk that is encrypted with a key of the owner must be let use it. */
function keyFaults(
  { encryption }: Store,
  roles: readonly Parameters<typeof certainlyMay>[0][],
  { keys = [] }: CheckedDeployment['artifact'],
): readonly string[] {
  if (encryption.kind !== 'own-key' || keys.every(({ id }) => id !== encryption.of)) return [];
  const on = ownArn('kms', 'key/', { logicalId: encryption.of });
  const key = keys.find(({ id }) => id === encryption.of);
  if (key?.policy !== undefined && !delegates(key.policy))
    return [`the policy of ${key.id} leaves it to no role of the account`];
  return ['kms:Decrypt', 'kms:CreateGrant']
    .filter((action) => !roles.some((role) => certainlyMay(role, { action, on })))
    .map((action) => `its machine may not do ${action} with ${encryption.of}`);
}

/** What roles of the account may do with a key counts only where its own policy lets the account decide. */
function delegates({ statements }: AccessPolicy): boolean {
  return statements.some(
    ({ effect, actions, conditions, principals }) =>
      effect === 'allow' &&
      conditions.length === 0 &&
      actions.patterns.some((action) => covers(action, ['kms:Decrypt']) && covers(action, ['kms:CreateGrant'])) &&
      (principals?.who ?? []).some(({ kind, name }) => kind === 'identity' && spell(name).endsWith(':root')),
  );
}

function groupFindings(deployment: CheckedDeployment, disks: readonly Store[]): readonly Finding[] {
  const { artifact, server } = deployment;
  const machine = server?.host.machine?.id;
  const related = relatedTo(deployment);
  const groups = (artifact.machineGroups ?? []).filter((group) => group.machine === machine && related.has(group.id));
  if (groups.length === 0) {
    return [
      {
        verdict: 'broken',
        subject: machine ?? '',
        evidence: `nothing starts another machine in the place of ${machine ?? 'one that is lost'}`,
      },
    ];
  }
  return groups.map((group): Finding => {
    const faults = groupFaults(group, disks, deployment);
    const [worst] = [...faults].sort((one, other) => Number(other.broken) - Number(one.broken));
    if (worst === undefined) {
      return {
        verdict: 'holds',
        subject: group.id,
        evidence: `${group.id} keeps one machine, in the zone of its disk, and starts the next when it is gone`,
        restsOn: disks.map(({ id }) => id),
      };
    }
    const said = faults.filter((fault) => fault.broken === worst.broken).map(({ evidence }) => evidence);
    return {
      verdict: worst.broken ? 'broken' : 'unproven',
      subject: group.id,
      evidence: `${group.id} ${said.join('; ')}`,
    };
  });
}

interface GroupFault {
  readonly broken: boolean;
  readonly evidence: string;
}

function groupFaults(
  group: MachineGroup,
  disks: readonly Store[],
  deployment: CheckedDeployment,
): readonly GroupFault[] {
  const { most, wanted, least, oneAtATime, zones, isCurrent } = group;
  const count = wanted ?? least;
  const rollout = deployment.server?.host.rollout;
  const said: readonly (readonly [boolean, GroupFault])[] = [
    [most === undefined || count === undefined, unproven('does not say how many machines it keeps')],
    [most !== undefined && most > 1, broken(`may have ${most ?? 0} machines at once, for one disk`)],
    [count !== undefined && count < 1, broken('keeps no machine')],
    [(count ?? 0) > 1 || (least ?? 0) > 1, broken('wants more machines than one, for one disk')],
    [!isCurrent, unproven('starts machines of another version of their template than this file says')],
    [oneAtATime === false, broken('may start the next machine before the last is gone, which still has the disk')],
    [oneAtATime === 'unknown', unproven('does not say whether a machine is gone before the next one comes')],
    [zones.length === 0, unproven('does not say in which zones it starts machines')],
    ...zones.flatMap((zone) => disks.map((disk) => [!isSameZone(zone, disk), zoneFault(zone, disk)] as const)),
    [rollout?.count !== undefined && rollout.count < 1, broken('runs machines for a service that wants no task')],
    [rollout?.count !== undefined && rollout.count > 1, broken(`runs ${rollout?.count ?? 0} tasks on one disk`)],
  ];
  return [...said.filter(([is]) => is).map(([, fault]) => fault), ...starterFaults(group, deployment)];
}

function isSameZone(zone: Text, { zone: of }: Store): boolean {
  return zone.length > 0 && of !== undefined && isEqual(zone, of);
}

function zoneFault(zone: Text, { id, zone: of }: Store): GroupFault {
  const known = zone.length > 0 && of !== undefined && of.length > 0;
  return known
    ? broken(`starts machines in ${spell(zone)}, and disk ${id} is in ${spell(of)}`)
    : unproven(`starts machines in a zone of which it is not known whether it is that of disk ${id}`);
}

/** What Auto Scaling has to do with the key of a disk. */
const STARTING = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'] as const;

/** Whether a principal is the role of the file that a text names. */
function isNamedBy(principal: Text, by: Text | undefined): boolean {
  const roles = references(by ?? []).map(({ logicalId }) => logicalId);
  return references(principal).some(({ logicalId }) => !logicalId.startsWith('AWS::') && roles.includes(logicalId));
}

/** Auto Scaling starts no machine with a disk whose key its role may not use. */
function starterFaults({ machine, by }: MachineGroup, { artifact }: CheckedDeployment): readonly GroupFault[] {
  const roots = (artifact.stores ?? []).filter(
    ({ id, kind }) => kind === 'machine-disk' && id.startsWith(`${machine ?? ''}/`),
  );
  const keyIds = roots.flatMap(({ encryption }) => (encryption.kind === 'own-key' ? [encryption.of] : []));
  return (artifact.keys ?? [])
    .filter(({ id }) => keyIds.includes(id))
    .flatMap(({ id, policy }) => {
      const lets = STARTING.every((action) =>
        granting(policy === undefined ? [] : [policy], { action, on: ['*'] }).some(({ statement }) =>
          (statement.principals?.who ?? []).some(({ name }) => isNamedBy(name, by)),
        ),
      );
      return lets
        ? []
        : [
            broken(
              `starts no machine: key ${id} of its disk does not let the role use it by which Auto Scaling starts machines`,
            ),
          ];
    });
}

function broken(evidence: string): GroupFault {
  return { broken: true, evidence };
}

function unproven(evidence: string): GroupFault {
  return { broken: false, evidence };
}
