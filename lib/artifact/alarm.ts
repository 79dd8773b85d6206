import type { Text } from './text';

/** An alarm on a metric. */
export interface Alarm {
  /** Logical id, or address. */
  readonly id: string;
  readonly enabled: boolean | 'unknown';
  /** Whom it tells. Empty: nobody by the file. */
  readonly actions: readonly Text[];
  /** Absent: it is none on a metric with a threshold that was understood. */
  readonly rule?: AlarmRule;
}

/** When an alarm goes off. */
export interface AlarmRule {
  readonly metric: AlarmMetric;
  /** What is made of the metric, which is called by its id, before it is compared. Absent: nothing. */
  readonly expression?: { readonly text: string; readonly metric: string };
  readonly when: 'above' | 'at-least' | 'below' | 'at-most';
  readonly threshold: number;
  readonly periodSeconds: number;
  /** Periods looked at, and of these those that must be beyond the threshold. */
  readonly periods: number;
  readonly periodsBeyond: number;
  readonly silence: 'raises' | 'is-good' | 'ignored' | 'missing';
}

/** A metric, as the cloud counts it. */
export interface AlarmMetric {
  readonly namespace: Text;
  readonly name: Text;
  readonly statistic: string;
  readonly dimensions: readonly { readonly name: string; readonly value: Text }[];
}

/** A metric that is made of the lines of a log. */
export interface LogMetric {
  /** Logical id, or address. */
  readonly id: string;
  /** The log as the file names it. */
  readonly log: Text;
  readonly pattern: Text;
  readonly namespace: Text;
  readonly name: Text;
  /** `1` where lines are counted, else the member that is read. */
  readonly value: Text;
  readonly defaultValue?: number;
}
