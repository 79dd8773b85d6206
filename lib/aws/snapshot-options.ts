import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';

/** How often snapshots of the data disk are taken, and how many are kept. */
export interface SnapshotOptions {
  /** Hours from one to the next: 1, 2, 3, 4, 6, 8, 12 or 24. What came after the last one is lost with the disk. @default 6 */
  readonly everyHours?: number;
  /** Snapshots that are kept, 2 to 1000. @default - those of a week */
  readonly keep?: number;
}

const OPTIONS: Readonly<Record<keyof SnapshotOptions, true>> = { everyHours: true, keep: true };

/** What Amazon Data Lifecycle Manager takes. */
const HOURS: readonly number[] = [1, 2, 3, 4, 6, 8, 12, 24];
const HOURS_A_WEEK = 168;
/** A single one is deleted for the next while nobody has seen whether that can be read. */
const LEAST_KEPT = 2;
const MOST_KEPT = 1000;

/**
 * What is taken and kept.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`, `SnapshotScheduleInvalid`
 */
export function snapshotSchedule(options: SnapshotOptions): Required<SnapshotOptions> {
  refuseUnknownOptions('snapshots', options, Object.keys(OPTIONS));
  const { everyHours = 6 } = options;
  if (!HOURS.includes(everyHours)) {
    throw invalid(`snapshots.everyHours ${quote(everyHours)}`, `give one of ${HOURS.join(', ')}`);
  }
  const { keep = HOURS_A_WEEK / everyHours } = options;
  if (!Number.isInteger(keep) || keep < LEAST_KEPT || keep > MOST_KEPT) {
    throw invalid(`snapshots.keep ${quote(keep)}`, `give a whole number from ${LEAST_KEPT} to ${MOST_KEPT}`);
  }
  return { everyHours, keep };
}

function invalid(given: string, write: string): UnsafeConfigurationError {
  const because = 'there would be no schedule that the cloud takes, or none that a disk could be restored by';
  return new UnsafeConfigurationError({ code: 'SnapshotScheduleInvalid', given, because, write });
}
