import type { Text } from './text';

/** A policy that raises an alert when its conditions are met (Google). */
export interface AlertPolicy {
  /** Address of the resource. */
  readonly id: string;
  readonly enabled: boolean | 'unknown';
  /** Whether one condition is enough. */
  readonly anyOf: boolean;
  readonly conditions: readonly AlertCondition[];
  /** Whom it tells. Empty: nobody by the file. */
  readonly channels: readonly Text[];
  /** What was not understood. */
  readonly unread: readonly string[];
}

/** One condition of a policy. What is absent was not understood, or is not stated. */
export interface AlertCondition {
  readonly kind: 'threshold' | 'absent' | 'other';
  /** Which series it is about. */
  readonly filter?: Text;
  /** `COMPARISON_GT` */
  readonly comparison?: string;
  readonly threshold?: number;
  /** For how long it must be so, or for how long nothing must come. */
  readonly durationSeconds?: number;
  readonly aligner?: string;
  readonly reducer?: string;
  readonly periodSeconds?: number;
}

/** A metric that counts lines of logs (Google). */
export interface LineMetric {
  /** Address of the resource. */
  readonly id: string;
  readonly name: Text;
  readonly filter: Text;
  /** Whether each line counts one. */
  readonly counts: boolean;
  readonly enabled: boolean | 'unknown';
}
