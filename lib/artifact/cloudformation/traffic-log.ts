import type { Property } from '../property';
import type { TrafficLog } from '../traffic-log';
import type { Resources } from './resources';
import { reportNotUnderstood } from './understood';

const UNDERSTOOD: readonly string[] = [
  'DeliverLogsPermissionArn',
  'DestinationOptions',
  'LogDestination',
  'LogDestinationType',
  'LogGroupName',
  'MaxAggregationInterval',
  'ResourceId',
  'ResourceType',
  'Tags',
  'TrafficType',
];

const TRAFFIC: ReadonlyMap<string, TrafficLog['traffic']> = new Map<string, TrafficLog['traffic']>([
  ['ALL', 'all'],
  ['ACCEPT', 'accepted'],
  ['REJECT', 'rejected'],
]);

const WATCHED: readonly (string | undefined)[] = ['VPC', 'Subnet', 'NetworkInterface'];
const DESTINATIONS: readonly (string | undefined)[] = [undefined, 'cloud-watch-logs', 's3'];

/** Reads the flow logs. One with a format of its own may leave out what matters, so that it is reported. */
export function readTrafficLogs(resources: Resources): readonly TrafficLog[] {
  return resources.ofType('AWS::EC2::FlowLog').map(({ id, properties }) => {
    reportNotUnderstood(properties, UNDERSTOOD);
    const of = properties.get('ResourceId').text();
    const named = properties.get('LogGroupName');
    const to = (named.present ? named : properties.get('LogDestination')).text();
    const by = properties.get('DeliverLogsPermissionArn').text();
    return {
      id,
      of: of === undefined ? [] : [of],
      traffic: isUnderstood(properties)
        ? (TRAFFIC.get(properties.get('TrafficType').string() ?? '') ?? 'unknown')
        : 'unknown',
      ...(to !== undefined && { to }),
      ...(by !== undefined && { by }),
    };
  });
}

function isUnderstood(log: Property): boolean {
  const isOf = WATCHED.includes(log.get('ResourceType').string());
  return isOf && DESTINATIONS.includes(log.get('LogDestinationType').string());
}
