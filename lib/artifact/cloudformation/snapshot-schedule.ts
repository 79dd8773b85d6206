import type { Property } from '../property';
import type { SnapshotSchedule } from '../snapshot-schedule';
import { tagsOf } from './disk-store';
import type { Resources } from './resources';
import { reportNotUnderstood } from './understood';

const UNDERSTOOD: readonly string[] = ['Description', 'ExecutionRoleArn', 'PolicyDetails', 'State', 'Tags'];
const OF_DETAILS: readonly string[] = [
  'PolicyLanguage',
  'PolicyType',
  'ResourceLocations',
  'ResourceTypes',
  'Schedules',
  'TargetTags',
];
const OF_SCHEDULE: readonly string[] = [
  'CopyTags',
  'CreateRule',
  'FastRestoreRule',
  'Name',
  'RetainRule',
  'TagsToAdd',
  'VariableTags',
];
const OF_CREATION: readonly string[] = ['Interval', 'IntervalUnit', 'Location', 'Times'];
const DAYS: ReadonlyMap<string, number> = new Map([
  ['DAYS', 1],
  ['WEEKS', 7],
  ['MONTHS', 30],
  ['YEARS', 365],
]);

/** Reads the policies of Data Lifecycle Manager that take snapshots of volumes. */
export function readSnapshotSchedules(resources: Resources): readonly SnapshotSchedule[] {
  return resources.ofType('AWS::DLM::LifecyclePolicy').map(({ id, properties }) => {
    reportNotUnderstood(properties, UNDERSTOOD);
    const details = properties.get('PolicyDetails');
    reportNotUnderstood(details, OF_DETAILS);
    const [schedule] = details.get('Schedules').items();
    const types = details.get('ResourceTypes').strings();
    const takesVolumes = types.includes('VOLUME') && isOfSnapshots(details);
    const keep = schedule === undefined ? undefined : keepOf(schedule.get('RetainRule'));
    const everyHours = schedule === undefined ? undefined : hoursOf(schedule);
    const by = properties.get('ExecutionRoleArn').text();
    return {
      id,
      enabled: takesVolumes && properties.get('State').string() === 'ENABLED',
      tags: tagsOf(details.get('TargetTags')),
      disks: [],
      tagged: schedule?.get('CopyTags').boolean() ?? false,
      ...(everyHours !== undefined && { everyHours }),
      ...(keep !== undefined && { keep }),
      ...(by !== undefined && { by }),
    };
  });
}

function isOfSnapshots(details: Property): boolean {
  const type = details.get('PolicyType');
  return !type.present || type.string() === 'EBS_SNAPSHOT_MANAGEMENT';
}

function hoursOf(schedule: Property): number | undefined {
  reportNotUnderstood(schedule, OF_SCHEDULE);
  const rule = schedule.get('CreateRule');
  reportNotUnderstood(rule, OF_CREATION);
  const interval = rule.get('Interval').integer();
  return rule.get('IntervalUnit').string() === 'HOURS' ? interval : undefined;
}

function keepOf(rule: Property): SnapshotSchedule['keep'] {
  const count = rule.get('Count');
  if (count.present) {
    const known = count.integer();
    return known === undefined ? undefined : { count: known };
  }
  const unit = DAYS.get(rule.get('IntervalUnit').string() ?? '');
  const interval = rule.get('Interval').integer();
  return unit === undefined || interval === undefined ? undefined : { days: unit * interval };
}
