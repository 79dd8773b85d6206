import type { StoreTag } from './store';
import type { Text } from './text';

/** What starts another machine in the place of a lost one. */
export interface MachineGroup {
  /** Logical id, or address. */
  readonly id: string;
  /** Id of the machine's template, as of `Machine.id`. */
  readonly machine?: string;
  readonly least?: number;
  readonly most?: number;
  readonly wanted?: number;
  /** Whether the machine that goes is gone before the next one comes. */
  readonly oneAtATime: boolean | 'unknown';
  /** Whether it starts machines as the file says them, and not as an earlier version did. */
  readonly isCurrent: boolean;
  /** Tags of the machines that it starts. */
  readonly tags: readonly StoreTag[];
  /** Zones of its subnets; empty texts where the file does not say them. */
  readonly zones: readonly Text[];
  /** The role by which it starts machines, where it is told. */
  readonly by?: Text;
}
