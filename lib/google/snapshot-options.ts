import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';

/** How often snapshots of the data disk are taken, and how long they are kept. */
export interface SnapshotOptions {
  /** Hours from one to the next: 1, 2, 3, 4, 6, 8, 12 or 24. What came after the last one is lost with the disk. @default 6 */
  readonly everyHours?: number;
  /** Days that each is kept, 2 to 365. @default 7 */
  readonly keepDays?: number;
}

const OPTIONS: Readonly<Record<keyof SnapshotOptions, true>> = { everyHours: true, keepDays: true };

/** The parts of a day: another number would start anew at each midnight. */
const HOURS: readonly number[] = [1, 2, 3, 4, 6, 8, 12, 24];
/** With less, the last one is deleted for the next while nobody has seen whether that can be read. */
const LEAST_DAYS = 2;
const MOST_DAYS = 365;

/**
 * What is taken and kept.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`, `SnapshotScheduleInvalid`
 */
export function snapshotSchedule(options: SnapshotOptions): Required<SnapshotOptions> {
  refuseUnknownOptions('snapshots', options, Object.keys(OPTIONS));
  const { everyHours = 6, keepDays = 7 } = options;
  if (!HOURS.includes(everyHours)) {
    throw invalid(`snapshots.everyHours ${quote(everyHours)}`, `give one of ${HOURS.join(', ')}`);
  }
  if (!Number.isInteger(keepDays) || keepDays < LEAST_DAYS || keepDays > MOST_DAYS) {
    throw invalid(`snapshots.keepDays ${quote(keepDays)}`, `give a whole number from ${LEAST_DAYS} to ${MOST_DAYS}`);
  }
  return { everyHours, keepDays };
}

function invalid(given: string, write: string): UnsafeConfigurationError {
  const because = 'there would be no schedule that the cloud takes, or none that a disk could be restored by';
  return new UnsafeConfigurationError({ code: 'SnapshotScheduleInvalid', given, because, write });
}
