import type { Property } from '../property';
import type { Resource } from '../resource';
import { isList, isMap, UnknownValue, type Value } from '../value';
import { referredId } from '../resource';
import type { Resources } from './resources';

const URL_MAPS = ['google_compute_url_map', 'google_compute_region_url_map'];

/** Arguments that name a service, at whatever place of a URL map. */
const SERVICE_NAMES = ['default_service', 'service', 'backend_service'];

/** What Google says of a map once it is made, which leads nowhere. */
const MADE_BY_GOOGLE = ['creation_timestamp', 'fingerprint', 'id', 'map_id', 'self_link'];

/** Every backend service that some URL of a map leads to. */
export function servicesOf(urlMap: Property, resources: Resources, types: readonly string[]): readonly Resource[] {
  const map = resources.referredBy(urlMap, ...URL_MAPS);
  if (map === undefined) {
    urlMap.unreadable('is a URL map that is not in this file');
    return [];
  }
  const services = new Map<string, Resource>();
  for (const name of namesIn(map.properties)) {
    const service = resources.referredBy(name, ...types);
    if (service !== undefined) {
      services.set(service.id, service);
    } else {
      name.unreadable(
        referredId(name.value)?.includes('backend_bucket') === true
          ? 'is a bucket, which is not modelled'
          : 'is no backend service of this file',
      );
    }
  }
  return [...services.values()];
}

function namesIn(property: Property): readonly Property[] {
  const { value } = property;
  if (isList(value)) {
    return property.items().flatMap(namesIn);
  }
  if (!isMap(value)) {
    if (value instanceof UnknownValue) {
      property.unreadable('is not known');
    }
    return [];
  }
  const keys = [...value.keys()].filter((key) => !MADE_BY_GOOGLE.includes(key));
  return keys.flatMap((key) => {
    const inner = property.get(key);
    const isName = SERVICE_NAMES.includes(key) && inner.present && inner.value !== '' && !isMapOrList(inner.value);
    return isName ? [inner] : namesIn(inner);
  });
}

function isMapOrList(value: Value): boolean {
  return isList(value) || isMap(value);
}
