import type { Stated } from '../network';
import type { Property } from '../property';
import type { Resource } from '../resource';
import { isList, toLiteral, type Value } from '../value';
import type { ServiceEgress, Vpc, VpcNetwork, VpcRoute, VpcSubnet } from '../vpc';
import { CHECKS, checkOf } from './backend';
import { readFrontSettings } from './front-settings';
import { type Group, MANAGERS } from './group';
import { INSTANCE, TEMPLATES } from './host';
import { readResolution } from './resolution';
import type { Resources } from './resources';

const SUBNET = 'google_compute_subnetwork';
const PROXIES = ['REGIONAL_MANAGED_PROXY', 'GLOBAL_MANAGED_PROXY', 'INTERNAL_HTTPS_LOAD_BALANCER'];
const HOPS = ['next_hop_instance', 'next_hop_ip', 'next_hop_ilb', 'next_hop_vpn_tunnel'];

/** Reads what stands in the networks of a file beside their firewalls. Nothing is reported: what is not known says so itself. */
export function readVpc(resources: Resources, groups: readonly Group[]): Vpc {
  const quiet = (...types: readonly string[]): readonly Resource[] => resources.quietly(...types);
  return {
    networks: quiet('google_compute_network').map(networkOf),
    subnets: quiet(SUBNET).map((subnet) => subnetOf(subnet, resources)),
    routes: quiet('google_compute_route').map((route) => routeOf(route, resources)),
    nats: quiet('google_compute_router_nat').map(({ id, properties }) => {
      const router = resources.quietlyReferredBy(properties.get('router'), 'google_compute_router');
      const network = router && resources.network(router.properties.get('network'), router.properties);
      return { id, ...(network !== undefined && { network }) };
    }),
    placements: quiet(...TEMPLATES, INSTANCE).map(({ id, properties }) => {
      const [main] = properties.blocks('network_interface');
      const subnet = main && resources.quietlyReferredBy(main.get('subnetwork'), SUBNET);
      return {
        machine: id,
        subnet: subnet?.id ?? ('unknown' as const),
        isLent: isLent(properties.block('scheduling')),
      };
    }),
    repairs: quiet(...MANAGERS).flatMap((manager) => repairsOf(manager, groups, resources)),
    serviceEgress: quiet('google_cloud_run_v2_service').flatMap((service) => egressOf(service, resources)),
    resolution: readResolution(resources),
    fronts: readFrontSettings(resources, groups),
  };
}

function isLent(scheduling: Property): Stated<boolean> {
  const isSpot = toLiteral(scheduling.get('provisioning_model').value) === 'SPOT';
  return isSpot ? true : switchOf(scheduling.get('preemptible'), false);
}

function networkOf({ id, properties }: Resource): VpcNetwork {
  return {
    id,
    dropsDefaultRoute: switchOf(properties.get('delete_default_routes_on_create'), false),
    makesSubnets: switchOf(properties.get('auto_create_subnetworks'), true),
  };
}

function subnetOf({ id, properties }: Resource, resources: Resources): VpcSubnet {
  const network = resources.network(properties.get('network'), properties);
  const purpose = properties.get('purpose');
  const said = toLiteral(purpose.value);
  const region = toLiteral(properties.get('region').value);
  const ranges = [properties, ...properties.blocks('secondary_ip_range')].map((each) => each.get('ip_cidr_range'));
  const sixes = ['ipv6_cidr_range', 'external_ipv6_prefix', 'internal_ipv6_prefix'].map((name) => properties.get(name));
  return {
    id,
    ...(network !== undefined && { network }),
    ranges: [...ranges, ...sixes.filter(isSaid)].map((range) => toLiteral(range.value) ?? 'unknown'),
    isOfProxies: !isSaid(purpose) ? false : said === undefined ? 'unknown' : PROXIES.includes(said),
    ...(region !== undefined && { region }),
    reachesGoogle: switchOf(properties.get('private_ip_google_access'), false),
  };
}

function routeOf({ id, properties }: Resource, resources: Resources): VpcRoute {
  const network = resources.network(properties.get('network'), properties);
  const gateway = toLiteral(properties.get('next_hop_gateway').value)?.split('/').at(-1);
  const isHop = HOPS.some((hop) => isSaid(properties.get(hop)));
  return {
    id,
    ...(network !== undefined && { network }),
    destination: toLiteral(properties.get('dest_range').value) ?? 'unknown',
    target: gateway === 'default-internet-gateway' ? 'internet' : isHop ? 'network' : 'unknown',
    tags: properties.get('tags').strings(),
  };
}

function repairsOf({ id, properties }: Resource, groups: readonly Group[], resources: Resources): Vpc['repairs'] {
  return properties.blocks('auto_healing_policies').map((policy) => {
    const check = resources.quietlyReferredBy(policy.get('health_check'), ...CHECKS);
    return {
      id,
      hosts: groups.find((group) => group.id === id)?.hosts ?? [],
      port: check === undefined ? ('unknown' as const) : checkOf(check, 0).port,
    };
  });
}

function egressOf({ id, properties }: Resource, resources: Resources): readonly ServiceEgress[] {
  const template = properties.block('template');
  return template.blocks('vpc_access').map((access) => {
    const [main] = access.blocks('network_interfaces');
    const traffic = toLiteral(access.get('egress').value);
    const tags = main?.get('tags');
    const network = main && networkOfInterface(main, properties, resources);
    return {
      service: id,
      ...(network !== undefined && { network }),
      tags: tags?.present !== true ? [] : stringsOf(tags.value),
      traffic: !isSaid(access.get('egress')) || traffic === 'PRIVATE_RANGES_ONLY' ? 'private' : allOr(traffic),
    };
  });
}

function networkOfInterface(main: Property, of: Property, resources: Resources): ServiceEgress['network'] {
  if (isSaid(main.get('network'))) return resources.network(main.get('network'), of);
  const subnet = resources.quietlyReferredBy(main.get('subnetwork'), SUBNET);
  return subnet && resources.network(subnet.properties.get('network'), subnet.properties);
}

function allOr(traffic: string | undefined): ServiceEgress['traffic'] {
  return traffic === 'ALL_TRAFFIC' ? 'all' : 'unknown';
}

function stringsOf(value: Value): Stated<readonly string[]> {
  const texts = isList(value) ? value.map((item) => toLiteral(item)) : [undefined];
  return texts.every((text) => text !== undefined) ? texts : 'unknown';
}

function switchOf(property: Property, fallback: boolean): Stated<boolean> {
  if (!isSaid(property)) return fallback;
  const text = toLiteral(property.value);
  return text === 'true' ? true : text === 'false' ? false : 'unknown';
}

function isSaid({ present, value }: Property): boolean {
  return present && value !== '';
}
