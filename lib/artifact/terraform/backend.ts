import type { BalancerTarget } from '../artifact';
import type { Property } from '../property';
import type { Resource } from '../resource';
import { frontPolicyOf } from './front-policy';
import type { Group } from './group';
import type { Resources } from './resources';

const GROUPS = [
  'google_compute_instance_group_manager',
  'google_compute_region_instance_group_manager',
  'google_compute_instance_group',
];

export const CHECKS: readonly string[] = [
  'google_compute_health_check',
  'google_compute_region_health_check',
  'google_compute_http_health_check',
  'google_compute_https_health_check',
];

/** Kinds of health checks: the block's name, the protocol, Google's default for the port, and whether it asks for a path. */
const CHECK_KINDS = [
  ['http_health_check', 'HTTP', 80, true],
  ['https_health_check', 'HTTPS', 443, true],
  ['http2_health_check', 'HTTP2', 443, true],
  ['tcp_health_check', 'TCP', 80, false],
  ['ssl_health_check', 'SSL', 443, false],
  ['grpc_health_check', 'GRPC', 443, false],
] as const;

const PROTOCOLS: ReadonlyMap<string, BalancerTarget['protocol']> = new Map([
  ['HTTP', 'HTTP'],
  ['HTTPS', 'HTTPS'],
  ['HTTP2', 'HTTPS'],
  ['TCP', 'TCP'],
  ['SSL', 'TLS'],
  ['UDP', 'UDP'],
  ['UNSPECIFIED', 'TCP'],
]);

/** What a backend service hands its traffic to. */
export interface Backend {
  readonly service: Resource;
  readonly groups: readonly Group[];
}

/** The groups of machines behind a backend service; others are reported. */
export function backendOf(service: Resource, groups: readonly Group[], resources: Resources): Backend {
  const found = service.properties.blocks('backend').flatMap((block) => {
    const group = resources.referredBy(block.get('group'), ...GROUPS);
    if (group === undefined) {
      block.get('group').unreadable('is no group of machines of this file');
    }
    return groups.filter(({ id }) => id === group?.id);
  });
  return { service, groups: found };
}

/** Targets at a port of every machine behind a service. */
export function targetsAt(backend: Backend, port: number, resources: Resources): readonly BalancerTarget[] {
  const { service, groups } = backend;
  return groups.flatMap(({ hosts }) =>
    hosts.map((host) => ({
      group: service.id,
      protocol: 'TCP' as const,
      host,
      port,
      healthCheck: healthCheck(service, port, resources),
    })),
  );
}

/** Targets at the port that the service names; Google's default for its name is `http`. */
export function namedTargets(backend: Backend, resources: Resources): readonly BalancerTarget[] {
  const { service, groups } = backend;
  const name = service.properties.get('port_name').string() ?? 'http';
  const protocol = PROTOCOLS.get(service.properties.get('protocol').string() ?? 'HTTP') ?? 'unknown';
  const policy = frontPolicyOf(service, resources);
  return groups.flatMap(({ id, hosts, namedPorts }) => {
    const ports = namedPorts.filter((each) => each.name === name);
    if (ports.length === 0) {
      resources.report(service.id, `hands its traffic to port ${name}, which ${id} does not name`);
    }
    return ports.flatMap(({ port }) =>
      hosts.map((host) => ({
        group: service.id,
        protocol,
        host,
        port,
        healthCheck: healthCheck(service, port, resources),
        ...(policy !== undefined && { policy }),
      })),
    );
  });
}

function healthCheck(service: Resource, port: number, resources: Resources): BalancerTarget['healthCheck'] {
  const [named] = service.properties.get('health_checks').items();
  const check = named === undefined ? undefined : resources.referredBy(named, ...CHECKS);
  if (check === undefined) {
    service.properties.get('health_checks').unreadable('is no health check of this file');
    return { protocol: 'TCP', port };
  }
  return checkOf(check, port);
}

/** What a health check asks for. @param port the one that is served */
export function checkOf(check: Resource, port: number): BalancerTarget['healthCheck'] {
  const kind = CHECK_KINDS.find(([name]) => check.properties.blocks(name).length > 0);
  if (kind === undefined) {
    return legacyCheck(check);
  }
  const [name, protocol, standard, hasPath] = kind;
  const block = check.properties.block(name);
  const serves = block.get('port_specification').string() === 'USE_SERVING_PORT';
  return {
    protocol,
    port: serves ? port : (block.get('port').integer() ?? standard),
    ...(hasPath && { path: pathOf(block) }),
  };
}

function legacyCheck({ type, properties }: Resource): BalancerTarget['healthCheck'] {
  const isTls = type.includes('https');
  return {
    protocol: isTls ? 'HTTPS' : 'HTTP',
    port: properties.get('port').integer() ?? (isTls ? 443 : 80),
    path: pathOf(properties),
  };
}

function pathOf(check: Property): string {
  return check.get('request_path').string() ?? '/';
}
