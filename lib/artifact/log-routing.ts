import type { Text } from './text';

/** Where lines of logs go, and which are kept nowhere (Google). */
export interface LogRouting {
  readonly routes: readonly LogRoute[];
  readonly exclusions: readonly LogExclusion[];
}

/** A sink: lines that a filter lets through are written somewhere. */
export interface LogRoute {
  /** Address of the resource. */
  readonly id: string;
  /** Id of the log bucket or bucket, where it is in the file. */
  readonly store?: string;
  readonly destination: Text;
  /** Absent: every line. */
  readonly filter?: Text;
  readonly enabled: boolean | 'unknown';
  /** Filters of lines that it leaves out all the same. */
  readonly exclusions: readonly Text[];
}

/** Lines that the project's own bucket does not keep. */
export interface LogExclusion {
  readonly id: string;
  readonly filter: Text;
}
