import type { Text } from './text';

/** What starts machines of Compute Engine, and another in the place of one that is lost. */
export interface InstanceGroup {
  /** Address of the resource. */
  readonly id: string;
  readonly name: Text;
  /** Id of the template that it starts machines from. Absent: it is not in the file. */
  readonly template?: string;
  /** What names of machines that nobody named begin with. */
  readonly baseName?: Text;
  /** Absent: it starts machines in several. */
  readonly zone?: Text;
  /** How many machines it keeps beside those that are named. Absent: none is stated. */
  readonly size?: number | 'unknown';
  /** Whether something else decides how many there are. */
  readonly scaled: boolean;
  /** How many machines may be there beyond its size while they are replaced. */
  readonly surge: number | 'unknown';
  /** Whether the machine that goes is gone before the next one comes, under the same name. */
  readonly method: 'recreate' | 'substitute' | 'unknown';
  /** Id of the health check by which machines are replaced that do not answer; empty where the file does not say which. Absent: none are. */
  readonly healing?: string;
  readonly machines: readonly NamedMachine[];
  /** Names of devices that stay with each machine, and whether the disk outlives it. */
  readonly kept: readonly { readonly device: string; readonly outlives: boolean | 'unknown' }[];
  /** What was not understood. */
  readonly unread: readonly string[];
}

/** A machine of a group with a name of its own, and what stays with it. */
export interface NamedMachine {
  /** Address of the resource. */
  readonly id: string;
  readonly name: Text;
  readonly disks: readonly KeptDisk[];
  readonly unread: readonly string[];
}

/** A disk that each machine of a name gets. */
export interface KeptDisk {
  readonly device: string;
  /** Id of the disk, where it is in the file. */
  readonly disk?: string;
  readonly writable: boolean;
  /** Whether it outlives the machine. */
  readonly outlives: boolean | 'unknown';
}
