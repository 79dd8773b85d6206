import type { LogRoute, LogRouting } from '../../log-routing';
import { toText } from '../../value';
import { switchAt } from '../quiet';
import type { QuietResource, Resources } from '../resources';
import { LOG_BUCKETS } from '../stores/stores';

const SINKS = ['google_logging_project_sink', 'google_logging_folder_sink', 'google_logging_organization_sink'];
const EXCLUSIONS = [
  'google_logging_project_exclusion',
  'google_logging_folder_exclusion',
  'google_logging_organization_exclusion',
];
const BUCKETS = [...LOG_BUCKETS, 'google_storage_bucket'];

/** Where lines go. */
export function readLogRouting(resources: Resources): LogRouting {
  return {
    routes: resources.quietly(...SINKS).map((sink) => routeOf(sink, resources)),
    exclusions: resources
      .quietly(...EXCLUSIONS)
      .filter(({ properties }) => switchAt(properties.get('disabled'), false) !== true)
      .map(({ id, properties }) => ({ id, filter: toText(properties.get('filter').value) ?? [] })),
  };
}

function routeOf({ id, properties, doubts }: QuietResource, resources: Resources): LogRoute {
  const destination = toText(properties.get('destination').value) ?? [];
  const store = storeOf(destination, resources);
  const filter = properties.get('filter');
  const off = switchAt(properties.get('disabled'), false);
  return {
    id,
    ...(store !== undefined && { store }),
    destination,
    ...(filter.present && filter.value !== '' && { filter: toText(filter.value) ?? [] }),
    enabled: off === 'unknown' || doubts.length > 0 ? 'unknown' : !off,
    exclusions: properties
      .blocks('exclusions')
      .filter((each) => switchAt(each.get('disabled'), false) !== true)
      .map((each) => toText(each.get('filter').value) ?? []),
  };
}

/** `logging.googleapis.com/projects/.../buckets/...`, by a reference or by the name that it ends in. */
function storeOf(destination: LogRoute['destination'], resources: Resources): string | undefined {
  const stores = resources.quietly(...BUCKETS);
  const last = destination.at(-1);
  if (typeof last === 'object') return stores.find(({ id }) => id === last.logicalId)?.id;
  const name = last?.split('/').at(-1);
  if (name === undefined || name === '') return undefined;
  const named = stores.filter(({ properties }) =>
    ['bucket_id', 'name'].some((argument) => properties.get(argument).value === name),
  );
  return named.length === 1 ? named[0]?.id : undefined;
}
