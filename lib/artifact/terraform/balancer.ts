import type { Balancer, BalancerListener, Host } from '../artifact';
import type { Property } from '../property';
import type { Resource } from '../resource';
import { backendOf, namedTargets, targetsAt } from './backend';
import type { Group } from './group';
import type { Resources } from './resources';
import { servicesOf } from './url-map';

const RULES = ['google_compute_forwarding_rule', 'google_compute_global_forwarding_rule'];
const SERVICES = ['google_compute_region_backend_service', 'google_compute_backend_service'];
const HTTPS_PROXIES = ['google_compute_target_https_proxy', 'google_compute_region_target_https_proxy'];
const HTTP_PROXIES = ['google_compute_target_http_proxy', 'google_compute_region_target_http_proxy'];
const POLICIES = ['google_compute_ssl_policy', 'google_compute_region_ssl_policy'];

const VERSIONS: ReadonlyMap<string, NonNullable<BalancerListener['minTlsVersion']>> = new Map([
  ['TLS_1_0', 'TLSv1'],
  ['TLS_1_1', 'TLSv1.1'],
  ['TLS_1_2', 'TLSv1.2'],
]);

interface Machines {
  readonly hosts: readonly Host[];
  readonly groups: readonly Group[];
}

/** Reads each forwarding rule as a balancer of its own: an address, its ports, and where they lead. */
export function readBalancers(resources: Resources, machines: Machines): readonly Balancer[] {
  return resources.ofType(...RULES).flatMap((rule): readonly Balancer[] => {
    const { id, properties } = rule;
    const isInternal = properties.get('load_balancing_scheme').string()?.startsWith('INTERNAL') === true;
    const common = { id, scheme: isInternal ? 'internal' : 'internet-facing' } as const;
    const target = properties.get('target');
    if (properties.get('backend_service').present && properties.get('backend_service').value !== '') {
      return [{ ...common, type: 'passthrough', listeners: passing(rule, resources, machines) }];
    }
    const proxy = resources.referredBy(target, ...HTTPS_PROXIES, ...HTTP_PROXIES);
    if (proxy !== undefined) {
      return [{ ...common, type: 'application', listeners: ending(rule, proxy, resources, machines) }];
    }
    resources.report(
      id,
      'leads to something else than a backend service or an HTTP proxy, which is not modelled',
      'ways-in',
    );
    return [];
  });
}

/** Packets arrive at the port that they were sent to: of all ports, those count that a machine publishes. */
function passing({ id, properties }: Resource, resources: Resources, machines: Machines): readonly BalancerListener[] {
  const service = resources.referredBy(properties.get('backend_service'), ...SERVICES);
  if (service === undefined) {
    properties.get('backend_service').unreadable('is a backend service that is not in this file');
    return [];
  }
  const backend = backendOf(service, machines.groups, resources);
  const behind = backend.groups.flatMap(({ hosts }) => hosts);
  const published = machines.hosts
    .filter((host) => behind.includes(host.id))
    .flatMap(({ instance }) => (instance?.published ?? []).map(({ port }) => port));
  const protocol = properties.get('ip_protocol').string() ?? 'TCP';
  if (protocol !== 'TCP' && protocol !== 'UDP') {
    properties.get('ip_protocol').unreadable('passes on other protocols than TCP and UDP, which is not modelled');
  }
  const ports = portsOf(properties, [...new Set(published)]);
  return ports.map((port) => ({
    id: ports.length === 1 ? id : `${id}:${port}`,
    port,
    protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
    targets: targetsAt(backend, port, resources),
  }));
}

function portsOf(properties: Property, published: readonly number[]): readonly number[] {
  if (properties.get('all_ports').boolean() === true) {
    properties.get('all_ports').unreadable('forwards more ports than can be told one by one');
    return published;
  }
  const single = properties.get('ports').items();
  const ranges = (single.length > 0 ? single : [properties.get('port_range')]).flatMap(rangeOf);
  if (ranges.some(([from, to]) => from !== to)) {
    properties.get('port_range').unreadable('forwards more ports than can be told one by one');
  }
  return [
    ...new Set(
      ranges.flatMap(([from, to]) => (from === to ? [from] : published.filter((port) => from <= port && port <= to))),
    ),
  ];
}

function rangeOf(item: Property): readonly (readonly [number, number])[] {
  const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(item.string() ?? '');
  if (range === null) {
    item.unreadable('is no port and no range of ports');
    return [];
  }
  return [[Number(range[1]), Number(range[2] ?? range[1])]];
}

/** A proxy of Google's ends the connection; it offers HTTP/2 to every client of TLS. */
function ending(
  { id, properties }: Resource,
  proxy: Resource,
  resources: Resources,
  machines: Machines,
): readonly BalancerListener[] {
  const isTls = HTTPS_PROXIES.includes(proxy.type);
  const [ports = [0]] = rangeOf(properties.get('port_range'));
  const services = servicesOf(proxy.properties.get('url_map'), resources, SERVICES);
  return [
    {
      id,
      port: ports[0],
      protocol: isTls ? 'HTTPS' : 'HTTP',
      ...(isTls && { alpnPolicy: 'HTTP2Preferred', ...tlsOf(proxy, resources) }),
      targets: services.flatMap((service) => namedTargets(backendOf(service, machines.groups, resources), resources)),
    },
  ];
}

/** Without a policy, and by default in one, Google takes TLS 1.0. */
function tlsOf(proxy: Resource, resources: Resources): Pick<BalancerListener, 'sslPolicy' | 'minTlsVersion'> {
  const named = proxy.properties.get('ssl_policy');
  const policy = resources.referredBy(named, ...POLICIES);
  if (policy === undefined) {
    if (named.present && named.value !== '') {
      named.unreadable('is a policy that is not in this file');
      return {};
    }
    return { minTlsVersion: 'TLSv1' };
  }
  const version = policy.properties.get('min_tls_version');
  const oldest = VERSIONS.get(version.string() ?? 'TLS_1_0');
  if (oldest === undefined) {
    version.unreadable('is no version of TLS that is known here');
  }
  return {
    sslPolicy: policy.properties.get('profile').string() ?? 'COMPATIBLE',
    ...(oldest !== undefined && { minTlsVersion: oldest }),
  };
}
