import type { Text } from './text';

/** A record of the connections in a part of the network. */
export interface TrafficLog {
  /** Logical id, or address. */
  readonly id: string;
  /** Ids of the networks, subnets or rules that it watches. */
  readonly of: readonly Text[];
  readonly traffic: 'all' | 'accepted' | 'rejected' | 'sampled' | 'unknown';
  /** What of each is not written down, although it can be. Absent: nothing is left out. */
  readonly lacks?: readonly string[];
  /** Where it goes: the log or bucket as the file names it. */
  readonly to?: Text;
  /** The role by which it is written there. */
  readonly by?: Text;
}
