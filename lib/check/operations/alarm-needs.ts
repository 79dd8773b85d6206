import type { Alarm, AlarmMetric, AlarmRule, LogMetric } from '../../artifact/alarm';
import type { Text } from '../../artifact/text';
import { isEqual, spell } from '../identity/text-pattern';
import { filterPattern, type LogLine } from './filter-pattern';

/** Something that an alarm must go off for. */
export interface AlarmNeed {
  readonly about: string;
  /** Whether an alarm is on the metric that shows it, and from where it comes. */
  readonly watches: (metric: AlarmMetric) => Source | undefined;
  readonly rule: RuleNeed;
}

/** Where a metric comes from: a metric of the cloud, or lines of a log. */
export interface Source {
  /** Ids that it rests on. */
  readonly restsOn: readonly string[];
  /** What is wrong with it. Absent: nothing. */
  readonly fault?: string;
}

/** What a rule must be like to go off in time, and not only when all is lost. */
export interface RuleNeed {
  /** `high`: too much is bad; `low`: too little is. */
  readonly bad: 'high' | 'low';
  readonly least: number;
  readonly most: number;
  readonly statistics: readonly string[];
  readonly withinSeconds: number;
  /** A window that is shorter than what it watches takes is always in alarm. */
  readonly notWithinSeconds?: number;
  readonly silence: readonly AlarmRule['silence'][];
  /** What may be made of the metric: its days, or the time until what it says. Absent: nothing. */
  readonly made?: 'days' | 'time-left';
}

/** An alarm and what is wrong with it. */
export interface Candidate {
  readonly alarm: Alarm;
  readonly faults: readonly string[];
  readonly restsOn: readonly string[];
}

/** Of the cloud's, in seconds. */
const LEAST_PERIOD = 10;

/** The alarms on what a need is about, the best first. */
export function candidates(need: AlarmNeed, alarms: readonly Alarm[]): readonly Candidate[] {
  return alarms
    .flatMap((alarm): readonly Candidate[] => {
      const source = alarm.rule === undefined ? undefined : need.watches(alarm.rule.metric);
      if (alarm.rule === undefined || source === undefined) return [];
      const faults = [
        ...(source.fault === undefined ? [] : [source.fault]),
        ...ruleFaults(alarm.rule, need.rule),
        ...enabled(alarm),
      ];
      return [{ alarm, faults, restsOn: [alarm.id, ...source.restsOn] }];
    })
    .sort((one, other) => one.faults.length - other.faults.length);
}

function enabled({ enabled: on }: Alarm): readonly string[] {
  return on === true ? [] : ['its actions are switched off'];
}

function ruleFaults(rule: AlarmRule, need: RuleNeed): readonly string[] {
  const { metric, when, threshold, periodSeconds, periods, periodsBeyond, silence } = rule;
  const isHigh = when === 'above' || when === 'at-least';
  const window = periodSeconds * periods;
  const faults: readonly (readonly [boolean, string])[] = [
    [isHigh !== (need.bad === 'high'), `it goes off when the metric is ${when}`],
    [
      threshold < need.least || threshold > need.most,
      `its threshold ${threshold} is not from ${need.least} to ${need.most}`,
    ],
    [when === 'below' && threshold <= 0, 'nothing is ever below its threshold'],
    [!need.statistics.includes(metric.statistic), `it takes the ${metric.statistic} of the metric`],
    [window > need.withinSeconds, `it looks at ${window} seconds, more than ${need.withinSeconds}`],
    [
      need.notWithinSeconds !== undefined && window < need.notWithinSeconds,
      `it looks at ${window} seconds, less than ${need.notWithinSeconds ?? 0}`,
    ],
    [periodSeconds < LEAST_PERIOD, `its periods of ${periodSeconds} seconds are none`],
    [periods < 1 || periodsBeyond < 1 || periodsBeyond > periods, `it wants ${periodsBeyond} of ${periods} periods`],
    [!need.silence.includes(silence), `without data it is ${silence}`],
    [!isMade(rule, need.made), `it compares ${rule.expression?.text ?? 'the metric itself'}`],
  ];
  return faults.filter(([is]) => is).map(([, fault]) => fault);
}

/** The expressions that are understood. */
function isMade({ expression }: AlarmRule, made: RuleNeed['made']): boolean {
  if (expression === undefined) return made === undefined;
  const { text, metric } = expression;
  const written = text.replaceAll(/\s+/g, '');
  if (made === 'days') return written === `${metric}/86400`;
  return made === 'time-left' && written === `IF(${metric}>0,${metric}-EPOCH(${metric}))`;
}

/** Lines of a log that a metric must be made of. */
export interface LinesNeed {
  /** Lines that must each count. */
  readonly lines: readonly LogLine[];
  /** Lines that must not: an alarm on everything says nothing. */
  readonly others: readonly LogLine[];
  /** The member whose value is the metric. Absent: lines are counted. */
  readonly member?: string;
  /** The logs that such lines go to. */
  readonly logs: readonly Text[];
}

/** Whether a metric is made of such lines, by one of the filters of the file. */
export function madeOf(metric: AlarmMetric, metrics: readonly LogMetric[], need: LinesNeed): Source | undefined {
  const named = metrics.filter(
    ({ name, namespace }) => isEqual(name, metric.name) && isEqual(namespace, metric.namespace),
  );
  const fitting = named
    .map((each) => ({ each, fault: lineFault(each, need) }))
    .filter(({ fault }) => fault !== 'other');
  const [best] = fitting.sort((one, other) => Number(one.fault !== undefined) - Number(other.fault !== undefined));
  if (best === undefined || metric.dimensions.length > 0) return undefined;
  return { restsOn: [best.each.id], ...(best.fault !== undefined && { fault: best.fault }) };
}

/** `other`: it is a metric of something else. */
function lineFault({ id, pattern, log, value, defaultValue }: LogMetric, need: LinesNeed): string | undefined {
  const { lines, others, member, logs } = need;
  const test = filterPattern(spell(pattern));
  const wanted = member === undefined ? '1' : `$.${member}`;
  if (test === undefined)
    return spell(value) === wanted && member !== undefined ? `the pattern of ${id} is not understood` : 'other';
  const counted = lines.filter((line) => test(line));
  if (counted.length === 0) return 'other';
  if (counted.length < lines.length) return `${id} counts ${counted.length} of the ${lines.length} kinds of lines`;
  if (others.some((line) => test(line))) return 'other';
  if (spell(value) !== wanted) return `${id} takes ${spell(value)} of a line, not ${wanted}`;
  if (member === undefined && (defaultValue ?? 0) !== 0)
    return `${id} counts ${defaultValue ?? 0} where there is nothing`;
  if (member !== undefined && defaultValue !== undefined) return `${id} says ${defaultValue} where nothing is said`;
  return logs.some((each) => isEqual(each, log))
    ? undefined
    : `${id} reads ${spell(log)}, which nothing of the deployment writes to`;
}
