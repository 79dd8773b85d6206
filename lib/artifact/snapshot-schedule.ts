import type { StoreTag } from './store';
import type { Text } from './text';

/** A schedule by which snapshots of disks are taken. */
export interface SnapshotSchedule {
  /** Logical id, or address. */
  readonly id: string;
  readonly enabled: boolean | 'unknown';
  /** Disks with one of these tags are taken, or those that are attached to it by name. */
  readonly tags: readonly StoreTag[];
  readonly disks: readonly Text[];
  /** Hours from one to the next, of the most frequent one. Absent: not understood. */
  readonly everyHours?: number;
  /** Whether snapshots get the tags of their disk. */
  readonly tagged: boolean | 'unknown';
  /** How many are kept, or for how many days. */
  readonly keep?: { readonly count: number } | { readonly days: number };
  /** Whether what was taken of a disk goes when the disk does. Absent: it stays. */
  readonly endsWithDisk?: boolean | 'unknown';
  /** The role by which they are taken. Absent: none is named. */
  readonly by?: Text;
}
