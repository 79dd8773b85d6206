import type { Alarm, AlarmMetric, AlarmRule } from '../alarm';
import type { Property } from '../property';
import { toText } from '../value';
import type { Resources } from './resources';
import { reportNotUnderstood } from './understood';

const UNDERSTOOD: readonly string[] = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'ComparisonOperator',
  'DatapointsToAlarm',
  'Dimensions',
  'EvaluationPeriods',
  'InsufficientDataActions',
  'MetricName',
  'Metrics',
  'Namespace',
  'OKActions',
  'Period',
  'Statistic',
  'Tags',
  'Threshold',
  'TreatMissingData',
];

const COMPARISONS: ReadonlyMap<string, AlarmRule['when']> = new Map<string, AlarmRule['when']>([
  ['GreaterThanThreshold', 'above'],
  ['GreaterThanOrEqualToThreshold', 'at-least'],
  ['LessThanThreshold', 'below'],
  ['LessThanOrEqualToThreshold', 'at-most'],
]);

const SILENCE: ReadonlyMap<string, AlarmRule['silence']> = new Map<string, AlarmRule['silence']>([
  ['breaching', 'raises'],
  ['notBreaching', 'is-good'],
  ['ignore', 'ignored'],
  ['missing', 'missing'],
]);

/** Reads the alarms. */
export function readAlarms(resources: Resources): readonly Alarm[] {
  return resources.ofType('AWS::CloudWatch::Alarm').map(({ id, properties }) => {
    reportNotUnderstood(properties, UNDERSTOOD);
    const enabled = properties.get('ActionsEnabled');
    const rule = ruleOf(properties);
    return {
      id,
      enabled: enabled.present ? (enabled.boolean() ?? 'unknown') : true,
      actions: properties.get('AlarmActions').texts(),
      ...(rule !== undefined && { rule }),
    };
  });
}

function ruleOf(alarm: Property): AlarmRule | undefined {
  const when = COMPARISONS.get(alarm.get('ComparisonOperator').string() ?? '');
  const threshold = Number(alarm.get('Threshold').string() ?? Number.NaN);
  const periods = alarm.get('EvaluationPeriods').integer();
  const missing = alarm.get('TreatMissingData');
  const silence = missing.present ? SILENCE.get(missing.string() ?? '') : 'missing';
  const watched = alarm.get('Metrics').present ? expressionOf(alarm.get('Metrics')) : plainMetric(alarm);
  if (when === undefined || Number.isNaN(threshold) || periods === undefined || silence === undefined || !watched) {
    return undefined;
  }
  const beyond = alarm.get('DatapointsToAlarm');
  const periodsBeyond = beyond.present ? beyond.integer() : periods;
  return periodsBeyond === undefined ? undefined : { ...watched, when, threshold, periods, periodsBeyond, silence };
}

type Watched = Pick<AlarmRule, 'metric' | 'expression' | 'periodSeconds'>;

function plainMetric(alarm: Property): Watched | undefined {
  const metric = metricOf(alarm, alarm.get('Statistic'));
  const periodSeconds = alarm.get('Period').integer();
  return metric === undefined || periodSeconds === undefined ? undefined : { metric, periodSeconds };
}

/** One metric, or one and an expression of it that is compared. */
function expressionOf(metrics: Property): Watched | undefined {
  const queries = metrics.items();
  const [stat, ...otherStats] = queries.filter((query) => query.get('MetricStat').present);
  const [expression, ...otherExpressions] = queries.filter((query) => query.get('Expression').present);
  if (stat === undefined || otherStats.length > 0 || otherExpressions.length > 0) return undefined;
  const compared = expression ?? stat;
  const returned = queries.filter((query) => query.get('ReturnData').boolean() !== false);
  const id = stat.get('Id').string();
  const metric = metricOf(stat.get('MetricStat').get('Metric'), stat.get('MetricStat').get('Stat'));
  const periodSeconds = stat.get('MetricStat').get('Period').integer();
  const text = expression?.get('Expression').string();
  const isWhole = returned.length === 1 && returned[0] === compared && id !== undefined;
  if (!isWhole || metric === undefined || periodSeconds === undefined) return undefined;
  if (expression !== undefined && text === undefined) return undefined;
  return { metric, periodSeconds, ...(text !== undefined && { expression: { text, metric: id } }) };
}

function metricOf(metric: Property, statistic: Property): AlarmMetric | undefined {
  const namespace = metric.get('Namespace').text();
  const name = metric.get('MetricName').text();
  const known = statistic.string();
  if (namespace === undefined || name === undefined || known === undefined) return undefined;
  const dimensions = metric
    .get('Dimensions')
    .items()
    .map((dimension) => ({
      name: dimension.get('Name').string() ?? '',
      value: toText(dimension.get('Value').value) ?? [],
    }));
  return { namespace, name, statistic: known, dimensions };
}
