import type { AlertCondition, AlertPolicy, LineMetric } from '../../alert-policy';
import type { Property } from '../../property';
import { toText } from '../../value';
import { mayStand, numberAt, secondsAt, switchAt, textsAt, wordAt } from '../quiet';
import type { Resources } from '../resources';

/** What raises an alert, and when. */
export function readAlertPolicies(resources: Resources): readonly AlertPolicy[] {
  return resources.quietly('google_monitoring_alert_policy').map(({ id, properties, doubts }) => ({
    id,
    enabled: switchAt(properties.get('enabled'), true),
    anyOf: wordAt(properties.get('combiner'), '') === 'OR',
    conditions: properties.blocks('conditions').map(conditionOf),
    channels: textsAt(properties.get('notification_channels')),
    unread: doubts,
  }));
}

const KINDS: readonly (readonly [block: string, kind: AlertCondition['kind']])[] = [
  ['condition_threshold', 'threshold'],
  ['condition_absent', 'absent'],
];
/** What makes another number of a series before it is compared. */
const MADE = ['denominator_filter', 'denominator_aggregations', 'forecast_options', 'trigger'];

function conditionOf(condition: Property): AlertCondition {
  const [found, ...others] = KINDS.filter(([block]) => mayStand(condition.get(block)));
  if (found === undefined || others.length > 0) return { kind: 'other' };
  const [block, kind] = found;
  const body = condition.block(block);
  const [aggregation, ...more] = body.blocks('aggregations');
  const isPlain = more.length === 0 && !MADE.some((name) => mayStand(body.get(name)));
  if (!isPlain) return { kind: 'other' };
  const filter = toText(body.get('filter').value);
  const comparison = wordAt(body.get('comparison'), '');
  const threshold = numberAt(body.get('threshold_value'), 0);
  const duration = secondsAt(body.get('duration'));
  const period = aggregation && secondsAt(aggregation.get('alignment_period'));
  const aligner = aggregation && wordAt(aggregation.get('per_series_aligner'), '');
  const reducer = aggregation && wordAt(aggregation.get('cross_series_reducer'), '');
  return {
    kind,
    ...(filter?.some((part) => part !== '') === true && { filter }),
    ...(comparison !== undefined && { comparison }),
    ...(threshold !== 'unknown' && { threshold }),
    ...(duration !== undefined && { durationSeconds: duration }),
    ...(period !== undefined && { periodSeconds: period }),
    ...(aligner !== undefined && { aligner }),
    ...(reducer !== undefined && { reducer }),
  };
}

/** Metrics that count lines. */
export function readLineMetrics(resources: Resources): readonly LineMetric[] {
  return resources.quietly('google_logging_metric').map(({ id, properties, doubts }) => {
    const descriptor = properties.block('metric_descriptor');
    const isCount =
      !mayStand(properties.get('value_extractor')) &&
      wordAt(descriptor.get('metric_kind'), 'DELTA') === 'DELTA' &&
      wordAt(descriptor.get('value_type'), 'INT64') === 'INT64' &&
      !mayStand(properties.get('bucket_name'));
    const off = switchAt(properties.get('disabled'), false);
    return {
      id,
      name: toText(properties.get('name').value) ?? [],
      filter: toText(properties.get('filter').value) ?? [],
      counts: isCount,
      enabled: off === 'unknown' || doubts.length > 0 ? 'unknown' : !off,
    };
  });
}
