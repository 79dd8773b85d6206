import type { Property } from '../../property';
import type { SnapshotSchedule } from '../../snapshot-schedule';
import { mayStand, numberAt, wordAt } from '../quiet';
import type { QuietResource, Resources } from '../resources';
import { DISKS } from '../stores/disks';

const POLICY = 'google_compute_resource_policy';
const ATTACHMENTS = [
  'google_compute_disk_resource_policy_attachment',
  'google_compute_region_disk_resource_policy_attachment',
];
const HOURS_A_DAY = 24;
const HOURS_A_WEEK = 7 * HOURS_A_DAY;

/** Schedules by which snapshots of disks are taken, with the disks that they are attached to. */
export function readSnapshotSchedules(resources: Resources): readonly SnapshotSchedule[] {
  const attached = attachmentsOf(resources);
  return resources
    .quietly(POLICY)
    .filter(({ properties }) => mayStand(properties.get('snapshot_schedule_policy')))
    .map((policy) => scheduleOf(policy, attached));
}

interface Attached {
  readonly policy: string | undefined;
  readonly disk: string | undefined;
}

/** By a resource of its own, or named by the disk. */
function attachmentsOf(resources: Resources): readonly Attached[] {
  const apart = resources.quietly(...ATTACHMENTS).map(({ properties }) => ({
    policy: resources.quietlyReferredBy(properties.get('name'), POLICY)?.id,
    disk: resources.quietlyReferredBy(properties.get('disk'), ...DISKS)?.id,
  }));
  const inside = resources.quietly(...DISKS).flatMap(({ id, properties }) =>
    properties
      .get('resource_policies')
      .items()
      .map((policy) => ({ policy: resources.quietlyReferredBy(policy, POLICY)?.id, disk: id })),
  );
  return [...apart, ...inside];
}

function scheduleOf({ id, properties, doubts }: QuietResource, attached: readonly Attached[]): SnapshotSchedule {
  const body = properties.block('snapshot_schedule_policy');
  const retention = body.block('retention_policy');
  const everyHours = everyHoursOf(body.block('schedule'));
  const days = retention.present ? numberAt(retention.get('max_retention_days'), undefined) : Infinity;
  const ends = wordAt(retention.get('on_source_disk_delete'), 'KEEP_AUTO_SNAPSHOTS');
  return {
    id,
    enabled: doubts.length === 0 ? true : 'unknown',
    tags: [],
    disks: attached.flatMap(({ policy, disk }) =>
      policy === id && disk !== undefined ? [[{ logicalId: disk, attribute: 'id' }]] : [],
    ),
    ...(everyHours !== undefined && { everyHours }),
    ...(typeof days === 'number' && { keep: { days } }),
    endsWithDisk: ends === undefined ? 'unknown' : ends !== 'KEEP_AUTO_SNAPSHOTS',
    tagged: true,
  };
}

function everyHoursOf(schedule: Property): number | undefined {
  const hours = numberAt(schedule.block('hourly_schedule').get('hours_in_cycle'), undefined);
  const days = numberAt(schedule.block('daily_schedule').get('days_in_cycle'), undefined);
  if (typeof hours === 'number') return hours;
  if (typeof days === 'number') return days * HOURS_A_DAY;
  return mayStand(schedule.get('weekly_schedule')) ? HOURS_A_WEEK : undefined;
}
