import type { TrafficLog } from '../../traffic-log';
import type { Property } from '../../property';
import { mayStand, numberAt, switchAt, wordAt } from '../quiet';
import type { QuietResource, Resources } from '../resources';

export const BACKENDS: readonly string[] = ['google_compute_backend_service', 'google_compute_region_backend_service'];
export const HEALTH_CHECKS: readonly string[] = [
  'google_compute_health_check',
  'google_compute_region_health_check',
  'google_compute_http_health_check',
  'google_compute_https_health_check',
];

const ALL_METADATA = 'INCLUDE_ALL_METADATA';
const SHORTEST = 'INTERVAL_5_SEC';

/** What writes down which connections there were: subnets, rules of the firewall, gateways, balancers, and health checks each for themselves. */
export function readTrafficLogs(resources: Resources): readonly TrafficLog[] {
  return [
    ...logsOf(resources.quietly('google_compute_subnetwork'), subnetTraffic, subnetLacks),
    ...logsOf(resources.quietly('google_compute_firewall'), () => 'all', lacksNames),
    ...logsOf(resources.quietly('google_compute_router_nat'), natTraffic),
    ...logsOf(resources.quietly(...BACKENDS), backendTraffic),
    ...logsOf(resources.quietly(...HEALTH_CHECKS), checkTraffic),
  ];
}

function logsOf(
  all: readonly QuietResource[],
  traffic: (config: Property) => TrafficLog['traffic'] | undefined,
  lacks: (config: Property) => readonly string[] = () => [],
): readonly TrafficLog[] {
  return all
    .filter(({ properties }) => mayStand(properties.get('log_config')))
    .flatMap(({ id, properties, doubts }) => {
      const config = properties.block('log_config');
      const what = traffic(config);
      const missing = lacks(config);
      const of = [[{ logicalId: id, attribute: 'id' }]];
      return what === undefined
        ? []
        : [
            {
              id,
              of,
              traffic: doubts.length > 0 ? 'unknown' : what,
              ...(missing.length > 0 && { lacks: missing }),
            },
          ];
    });
}

/** Google takes one of two connections, unless it is told to take all. */
function subnetTraffic(config: Property): TrafficLog['traffic'] {
  const rate = numberAt(config.get('flow_sampling'), 0.5);
  const filter = wordAt(config.get('filter_expr'), 'true');
  if (rate === 'unknown' || filter === undefined) return 'unknown';
  return rate === 1 && filter === 'true' ? 'all' : 'sampled';
}

/** Which machines spoke, by their names; the addresses alone are somebody else's after the next start. */
function lacksNames(config: Property): readonly string[] {
  return wordAt(config.get('metadata'), ALL_METADATA) === ALL_METADATA
    ? []
    : ['which machines these are of (metadata)'];
}

function subnetLacks(config: Property): readonly string[] {
  const isPrompt = wordAt(config.get('aggregation_interval'), SHORTEST) === SHORTEST;
  return [...lacksNames(config), ...(isPrompt ? [] : [`when each of them was (aggregation_interval: ${SHORTEST})`])];
}

/** Errors alone are no record. */
function natTraffic(config: Property): TrafficLog['traffic'] | undefined {
  const on = switchAt(config.get('enable'), false);
  if (on === false) return undefined;
  const filter = wordAt(config.get('filter'), 'ALL');
  if (on === 'unknown' || filter === undefined) return 'unknown';
  return filter === 'ALL' || filter === 'TRANSLATIONS_ONLY' ? 'all' : 'sampled';
}

/** Off is as good as not there. */
function backendTraffic(config: Property): TrafficLog['traffic'] | undefined {
  const on = switchAt(config.get('enable'), false);
  const rate = numberAt(config.get('sample_rate'), 1);
  if (on === false || rate === 0) return undefined;
  return on === 'unknown' || rate === 'unknown' ? 'unknown' : rate === 1 ? 'all' : 'sampled';
}

function checkTraffic(config: Property): TrafficLog['traffic'] | undefined {
  const on = switchAt(config.get('enable'), false);
  return on === false ? undefined : on === true ? 'all' : 'unknown';
}
