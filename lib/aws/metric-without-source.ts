import { UnsafeConfigurationError } from '../core/errors';
import type { LogMetric } from './log-metric';

/** What a metric is refused with that nothing ever writes. */
export function metricWithoutSource(name: LogMetric): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'MetricWithoutSource',
    given: `the metric ${name} of a server that never writes it`,
    because: 'an alarm on it would see nothing, for ever',
    write: 'ask for it where the server has the door or the credential that it is about',
  });
}
