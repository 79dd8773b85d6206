import type { FrontRule, FrontSettings } from '../front-settings';
import type { Property } from '../property';
import { isList, toLiteral } from '../value';
import { type Group, MANAGERS } from './group';
import { mayStand, switchAt, wordAt } from './quiet';
import type { QuietResource, Resources } from './resources';

const RULES = ['google_compute_forwarding_rule', 'google_compute_global_forwarding_rule'];
const SERVICES = ['google_compute_region_backend_service', 'google_compute_backend_service'];
const PROXIES = ['google_compute_target_https_proxy', 'google_compute_region_target_https_proxy'];
const POLICIES = ['google_compute_ssl_policy', 'google_compute_region_ssl_policy'];
const ADDRESSES = ['google_compute_address', 'google_compute_global_address'];
const CONFIGS = ['google_compute_per_instance_config', 'google_compute_region_per_instance_config'];
const EXTERNAL = /^EXTERNAL/;

/** Reads what balancers are told beside where they lead. Nothing is reported. */
export function readFrontSettings(resources: Resources, groups: readonly Group[]): FrontSettings {
  return {
    rules: resources.quietly(...RULES).map((rule) => frontRule(rule, resources)),
    services: resources
      .quietly(...SERVICES)
      .map(({ id, properties }) => ({ id, caches: switchAt(properties.get('enable_cdn'), false) })),
    addresses: [
      ...resources.quietly(...MANAGERS).flatMap(({ id, properties }) => given(id, id, properties)),
      ...resources.quietly(...CONFIGS).flatMap(({ id, properties }) => {
        const manager = ['instance_group_manager', 'region_instance_group_manager']
          .map((name) => resources.quietlyReferredBy(properties.get(name), ...MANAGERS)?.id)
          .find((found) => found !== undefined);
        return given(id, manager, properties.block('preserved_state'));
      }),
    ].map(({ id, manager }) => ({ id, hosts: groups.find((group) => group.id === manager)?.hosts ?? [] })),
  };
}

function given(
  id: string,
  manager: string | undefined,
  holder: Property,
): readonly { readonly id: string; readonly manager: string | undefined }[] {
  return ['stateful_external_ip', 'external_ip'].some((name) => mayStand(holder.get(name))) ? [{ id, manager }] : [];
}

function frontRule({ id, properties }: QuietResource, resources: Resources): FrontRule {
  const proxy = resources.quietlyReferredBy(properties.get('target'), ...PROXIES);
  const policy = proxy && resources.quietlyReferredBy(proxy.properties.get('ssl_policy'), ...POLICIES);
  const features = policy?.properties.get('custom_features').value;
  const ciphers = isList(features) ? features.map((each) => toLiteral(each)) : [];
  const address = resources.quietlyReferredBy(properties.get('ip_address'), ...ADDRESSES);
  const service = resources.quietlyReferredBy(properties.get('backend_service'), ...SERVICES);
  const isInternal = wordAt(properties.get('load_balancing_scheme'), 'EXTERNAL')?.startsWith('INTERNAL') === true;
  const isPublic =
    (address !== undefined && EXTERNAL.test(wordAt(address.properties.get('address_type'), 'EXTERNAL') ?? '')) ||
    (service !== undefined && EXTERNAL.test(wordAt(service.properties.get('load_balancing_scheme'), 'INTERNAL') ?? ''));
  return {
    id,
    facesInternet: isInternal && isPublic,
    isGlobal: switchAt(properties.get('allow_global_access'), false),
    ...(proxy !== undefined && {
      tls: {
        profile: (policy && wordAt(policy.properties.get('profile'), 'COMPATIBLE')) ?? 'unknown',
        ciphers: ciphers.every((each) => each !== undefined) ? ciphers : 'unknown',
        earlyData: wordAt(proxy.properties.get('tls_early_data'), 'DISABLED') ?? 'unknown',
      },
    }),
  };
}
