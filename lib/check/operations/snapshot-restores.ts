import type { SnapshotSchedule } from '../../artifact/snapshot-schedule';
import type { Store } from '../../artifact/store';
import { references, type Text } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { certainlyMay } from '../identity/access';
import { ANY_SNAPSHOT, ownArn } from '../identity/own-arn';
import { spell } from '../identity/text-pattern';
import { storesOf, takes } from '../stores/related';
import { storeClaim } from '../stores/store-claim';

const MOST_HOURS = 24;
/** A single one is deleted for the next while nobody has seen whether that can be read. */
const LEAST_KEPT = 2;
const HOURS_A_DAY = 24;
/** What it takes to copy a disk that is encrypted with a key of the owner. */
const OF_KEY = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'] as const;

/** Snapshots are taken of each disk of the deployment, often enough, of more than one age, by a role that may. */
export const SNAPSHOT_RESTORES: CheckedClaim = storeClaim('snapshot-restores', (deployment) => {
  const { server, artifact } = deployment;
  if (server === undefined) return [];
  const subject = server.host.id;
  if (artifact.stores === undefined || artifact.snapshotSchedules === undefined) {
    return [{ verdict: 'unproven', subject, evidence: 'schedules of snapshots are not read from this file' }];
  }
  const disks = storesOf(deployment).filter(({ kind }) => kind === 'disk');
  if (disks.length === 0) {
    return [{ verdict: 'broken', subject, evidence: `${subject} has no disk that snapshots could be taken of` }];
  }
  return disks.map((disk) => diskFinding(disk, deployment));
});

function diskFinding(disk: Store, { artifact }: CheckedDeployment): Finding {
  const schedules = (artifact.snapshotSchedules ?? []).filter((schedule) => takes(schedule, disk));
  const judged = schedules.map((schedule) => ({ schedule, faults: faultsOf(schedule, disk, artifact) }));
  const [best] = judged.sort((one, other) => one.faults.length - other.faults.length);
  if (best === undefined) {
    return {
      verdict: 'broken',
      subject: disk.id,
      evidence: `no schedule takes snapshots of disk ${disk.id}: it is the only copy`,
    };
  }
  const { schedule, faults } = best;
  const restsOn = [
    schedule.id,
    ...roleOf(schedule, artifact).flatMap(({ id, policies }) => [id, ...policies.map((policy) => policy.id)]),
  ];
  if (faults.length > 0) {
    return {
      verdict: 'broken',
      subject: schedule.id,
      evidence: `snapshots of disk ${disk.id}: ${schedule.id} ${faults.join('; ')}`,
      restsOn,
    };
  }
  return {
    verdict: 'holds',
    subject: disk.id,
    evidence: `${schedule.id} takes a snapshot of disk ${disk.id} every ${schedule.everyHours ?? 0} hours`,
    restsOn,
  };
}

function faultsOf(schedule: SnapshotSchedule, disk: Store, artifact: CheckedDeployment['artifact']): readonly string[] {
  const { enabled, everyHours, keep } = schedule;
  const kept =
    keep === undefined ? 0 : 'count' in keep ? keep.count : (keep.days * HOURS_A_DAY) / (everyHours ?? HOURS_A_DAY);
  const faults: readonly (readonly [boolean, string])[] = [
    [enabled !== true, 'is not on, or takes none of volumes'],
    [everyHours === undefined, 'takes them at times that are not understood'],
    [
      everyHours !== undefined && everyHours > MOST_HOURS,
      `takes one every ${everyHours ?? 0} hours, more than ${MOST_HOURS}`,
    ],
    [kept < LEAST_KEPT, `keeps ${kept} of them, less than ${LEAST_KEPT}`],
    [schedule.tagged !== true, 'gives snapshots no tags, by which old ones are found'],
    ...rightsOf(schedule, disk, artifact),
  ];
  return faults.filter(([is]) => is).map(([, fault]) => fault);
}

function roleOf(
  { by }: SnapshotSchedule,
  { identities = [] }: CheckedDeployment['artifact'],
): NonNullable<CheckedDeployment['artifact']['identities']> {
  return identities.filter(({ id }) => by !== undefined && references(by).some(({ logicalId }) => logicalId === id));
}

/** The role must reach the disk, name its snapshots, and use the key of both. */
function rightsOf(
  schedule: SnapshotSchedule,
  disk: Store,
  artifact: CheckedDeployment['artifact'],
): readonly (readonly [boolean, string])[] {
  if (schedule.by === undefined) return [];
  const roles = roleOf(schedule, artifact);
  const key: Text = disk.encryption.kind === 'own-key' ? ownArn('kms', 'key/', { logicalId: disk.encryption.of }) : [];
  const needed: readonly (readonly [action: string, on: Text])[] = [
    ['ec2:CreateSnapshot', ownArn('ec2', 'volume/', { logicalId: disk.id })],
    ['ec2:CreateSnapshot', ANY_SNAPSHOT],
    ['ec2:CreateTags', ANY_SNAPSHOT],
    ['ec2:DeleteSnapshot', ANY_SNAPSHOT],
    ['ec2:DescribeVolumes', ['*']],
    ['ec2:DescribeSnapshots', ['*']],
    ...(key.length === 0 ? [] : OF_KEY.map((action) => [action, key] as const)),
  ];
  return needed
    .filter(([action, on]) => !roles.some((role) => certainlyMay(role, { action, on }, disk.tags)))
    .map(([action, on]) => [true, `has a role that may not do ${action} on ${spell(on)}`]);
}
