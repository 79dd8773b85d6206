import type { AlertCondition, AlertPolicy, LineMetric } from '../../../artifact/alert-policy';
import type { Artifact } from '../../../artifact/artifact';
import { spell } from '../../../artifact/iam/principal';
import { broken, unproven, type Wrong } from '../../server/wrong';
import { type LogEntry, loggingQuery } from './logging-query';

/** Something that a policy must raise an alert for. */
export interface AlertNeed {
  readonly about: string;
  /** Lines that must each count, where it shows in lines; they depend on the filter that is asked. */
  readonly lines?: (filter: string) => readonly LogEntry[];
  /** Lines that must not: an alert on everything says nothing. */
  readonly others?: (filter: string) => readonly LogEntry[];
  /** The series of numbers whose absence shows it. */
  readonly series?: LogEntry;
  /** What else must be so for lines to be there. */
  readonly also: readonly Wrong[];
  /** The most that may happen before there is an alert. */
  readonly most: number;
}

/** A policy, and why it may not raise the alert. */
export interface AlertCandidate {
  readonly policy: AlertPolicy;
  readonly wrong: readonly Wrong[];
  readonly restsOn: readonly string[];
}

const HOUR = 60 * 60;
const LONGEST_ABSENCE = HOUR / 2;
const COUNTING = ['ALIGN_SUM', 'ALIGN_DELTA'];
const REDUCING = ['', 'REDUCE_NONE', 'REDUCE_SUM', 'REDUCE_MAX'];
const USER_METRIC = 'logging.googleapis.com/user/';

/** The policies that are on what a need is about, the best first. */
export function alertCandidates(need: AlertNeed, artifact: Artifact): readonly AlertCandidate[] {
  return (artifact.alertPolicies ?? [])
    .flatMap((policy) =>
      policy.conditions.flatMap((condition): readonly AlertCandidate[] => {
        const found =
          need.series === undefined
            ? onLines(condition, need, artifact.lineMetrics ?? [])
            : onSeries(condition, need.series);
        if (found === undefined) return [];
        return [
          {
            policy,
            wrong: [...found.wrong, ...policyFaults(policy), ...need.also],
            restsOn: [policy.id, ...found.restsOn],
          },
        ];
      }),
    )
    .toSorted((one, other) => one.wrong.length - other.wrong.length);
}

function policyFaults({ enabled, anyOf, conditions, unread }: AlertPolicy): readonly Wrong[] {
  return [
    ...(enabled === false ? [broken('it is switched off')] : []),
    ...(enabled === 'unknown' ? [unproven('whether it is on is not known')] : []),
    ...(anyOf || conditions.length === 1 ? [] : [broken('all of its conditions must be met')]),
    ...unread.map((doubt) => unproven(doubt)),
  ];
}

type Found = Pick<AlertCandidate, 'wrong' | 'restsOn'> | undefined;

function onSeries(condition: AlertCondition, series: LogEntry): Found {
  if (condition.kind !== 'absent' || takes(condition, series) !== true) return undefined;
  const { durationSeconds: duration, periodSeconds: period = 0 } = condition;
  if (duration === undefined) return { wrong: [unproven('for how long nothing must come is not known')], restsOn: [] };
  // what is counted together over a period is there as long as one of it is
  const waits = Math.max(duration, period);
  const wrong = waits > LONGEST_ABSENCE ? [broken(`it waits ${waits} seconds, more than ${LONGEST_ABSENCE}`)] : [];
  return { wrong, restsOn: [] };
}

function onLines(condition: AlertCondition, need: AlertNeed, metrics: readonly LineMetric[]): Found {
  const found = metrics.flatMap((metric) => {
    const [line] = need.lines?.('') ?? [];
    const series = { resource: line?.['resource'] ?? {}, metric: { type: `${USER_METRIC}${spell(metric.name)}` } };
    const wrong = metricFaults(metric, need);
    return wrong === 'other' || takes(condition, series) === false
      ? []
      : [{ metric, wrong, taken: takes(condition, series) }];
  });
  const [best] = found.toSorted((one, other) => one.wrong.length - other.wrong.length);
  if (best === undefined) return undefined;
  return {
    wrong: [
      ...best.wrong,
      ...(best.taken === undefined ? [unproven('what it is about is not understood')] : []),
      ...thresholdFaults(condition, need),
    ],
    restsOn: [best.metric.id],
  };
}

/** `undefined`: not understood. */
function takes({ filter }: AlertCondition, series: LogEntry): boolean | undefined {
  return filter === undefined ? undefined : loggingQuery(spell(filter))?.(series);
}

/** `other`: it is a metric of something else. */
function metricFaults(
  { id, filter, counts, enabled }: LineMetric,
  { lines, others }: AlertNeed,
): readonly Wrong[] | 'other' {
  const text = spell(filter);
  const test = loggingQuery(text);
  if (test === undefined) return [unproven(`the filter of ${id} is not understood`)];
  const wanted = lines?.(text) ?? [];
  const counted = wanted.filter((line) => test(line));
  if (counted.length === 0 || (others?.(text) ?? []).some((line) => test(line))) return 'other';
  return [
    ...(counted.length < wanted.length
      ? [broken(`${id} counts ${counted.length} of ${wanted.length} kinds of lines`)]
      : []),
    ...(counts ? [] : [broken(`${id} does not count lines`)]),
    ...(enabled === false ? [broken(`${id} is switched off`)] : []),
    ...(enabled === 'unknown' ? [unproven(`whether ${id} is on is not known`)] : []),
  ];
}

function thresholdFaults(condition: AlertCondition, { most }: AlertNeed): readonly Wrong[] {
  const { kind, comparison, threshold, durationSeconds, aligner, reducer, periodSeconds } = condition;
  if (kind !== 'threshold') return [broken('it is no threshold on it')];
  if (threshold === undefined || periodSeconds === undefined || aligner === undefined || reducer === undefined) {
    return [unproven('when it goes off is not known from the file')];
  }
  const said: readonly (readonly [boolean, string])[] = [
    [comparison !== 'COMPARISON_GT', `it goes off by ${comparison ?? 'what is not known'}`],
    [threshold < 0 || threshold > most, `its threshold ${threshold} is not from 0 to ${most}`],
    [!COUNTING.includes(aligner), `it takes ${aligner} of the numbers`],
    [!REDUCING.includes(reducer), `it takes ${reducer} of several series`],
    [periodSeconds > HOUR, `it looks at ${periodSeconds} seconds, more than ${HOUR}`],
    [(durationSeconds ?? 0) > HOUR, `it must be so for ${durationSeconds ?? 0} seconds, more than ${HOUR}`],
  ];
  return said.filter(([is]) => is).map(([, fault]) => broken(fault));
}
