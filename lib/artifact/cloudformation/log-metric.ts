import type { LogMetric } from '../alarm';
import type { Resources } from './resources';
import { reportNotUnderstood } from './understood';

const UNDERSTOOD: readonly string[] = [
  'ApplyOnTransformedLogs',
  'FilterName',
  'FilterPattern',
  'LogGroupName',
  'MetricTransformations',
];
const OF_METRIC: readonly string[] = ['DefaultValue', 'MetricName', 'MetricNamespace', 'MetricValue', 'Unit'];

/** Reads the metrics that are made of the lines of logs. */
export function readLogMetrics(resources: Resources): readonly LogMetric[] {
  return resources.ofType('AWS::Logs::MetricFilter').flatMap(({ id, properties }) => {
    reportNotUnderstood(properties, UNDERSTOOD);
    const log = properties.get('LogGroupName').text();
    const pattern = properties.get('FilterPattern').text();
    return properties
      .get('MetricTransformations')
      .items()
      .flatMap((made): readonly LogMetric[] => {
        reportNotUnderstood(made, OF_METRIC);
        const namespace = made.get('MetricNamespace').text();
        const name = made.get('MetricName').text();
        const value = made.get('MetricValue').text();
        if (!log || !pattern || !namespace || !name || !value) return [];
        const given = made.get('DefaultValue').string();
        return [
          { id, log, pattern, namespace, name, value, ...(given !== undefined && { defaultValue: Number(given) }) },
        ];
      });
  });
}
