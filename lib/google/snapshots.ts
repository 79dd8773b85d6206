import { ComputeDiskResourcePolicyAttachment } from '@cdktf/provider-google/lib/compute-disk-resource-policy-attachment';
import { ComputeResourcePolicy } from '@cdktf/provider-google/lib/compute-resource-policy';
import { Construct } from 'constructs';
import { acceptRisk } from './accepted-risk';
import type { DataDisk } from './data-disk';
import { resourceName } from './resource-name';
import { type SnapshotOptions, snapshotSchedule } from './snapshot-options';

/** Properties of {@link Snapshots}. */
export interface SnapshotsProps {
  /** Id of the project. */
  readonly project: string;
  readonly region: string;
  readonly zone: string;
  readonly disk: DataDisk;
  readonly schedule: Required<SnapshotOptions>;
}

/**
 * Snapshots of the data disk by the clock: each is what a machine would find that lost its power at that moment, which is what the
 * server's own log recovers from. They stay in the region, under the key of the disk, and outlive both disk and schedule.
 *
 * @see https://cloud.google.com/compute/docs/disks/scheduled-snapshots
 */
export class Snapshots extends Construct {
  public readonly policy: ComputeResourcePolicy;
  public readonly attachment: ComputeDiskResourcePolicyAttachment;
  /** Hours from one to the next. */
  public readonly everyHours: number;

  public constructor(scope: Construct, id: string, props: SnapshotsProps) {
    super(scope, id);
    const { project, region, zone, disk, schedule } = props;
    this.everyHours = schedule.everyHours;
    this.policy = new ComputeResourcePolicy(this, 'Resource', {
      name: resourceName(this),
      description: 'Snapshots of the data disk of Restate',
      project,
      region,
      snapshotSchedulePolicy: {
        schedule: recurrence(schedule.everyHours),
        retentionPolicy: { maxRetentionDays: schedule.keepDays, onSourceDiskDelete: 'KEEP_AUTO_SNAPSHOTS' },
        snapshotProperties: { storageLocations: [region] },
      },
    });
    this.attachment = new ComputeDiskResourcePolicyAttachment(this, 'Attachment', {
      name: this.policy.name,
      disk: disk.resource.name,
      project,
      zone,
    });
  }
}

/** The schedule of the data disk; where it was turned off, the disk says so in every report. */
export function dataSnapshots(
  scope: Construct,
  {
    options = {},
    ...props
  }: Omit<SnapshotsProps, 'schedule'> & { readonly options: SnapshotOptions | false | undefined },
): Snapshots | undefined {
  if (options !== false) return new Snapshots(scope, 'Snapshots', { ...props, schedule: snapshotSchedule(options) });
  acceptRisk(props.disk.resource, {
    claim: 'snapshot-restores',
    reason: 'snapshots: false: the disk is the only copy of the journal, unless somebody else takes one',
  });
  return undefined;
}

/** Google counts whole days apart from hours. */
function recurrence(everyHours: number): {
  dailySchedule?: { daysInCycle: number; startTime: string };
  hourlySchedule?: { hoursInCycle: number; startTime: string };
} {
  const startTime = '00:00';
  return everyHours === 24
    ? { dailySchedule: { daysInCycle: 1, startTime } }
    : { hourlySchedule: { hoursInCycle: everyHours, startTime } };
}
