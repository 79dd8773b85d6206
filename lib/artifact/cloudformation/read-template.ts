import type { Artifact, Balancer, Host } from '../artifact';
import type { TemplateFile } from '../template-file';
import { readBalancers } from './balancer';
import { readDiskSnapshots } from './disk-snapshots';
import { readFunctionCode } from './function-code';
import { readHost } from './host';
import { readMachineHosts } from './machine-host';
import { readNetwork } from './network/read-network';
import { reportNestedStacks } from './nested-stack';
import { reportOtherWaysIn } from './other-ways-in';
import type { Resource } from '../resource';
import { Resources } from './resources';
import { type Target, targetsOf } from './target-group';
import { openTemplate } from './template';
import { readServiceRegistrations } from './service-registration';
import { reportSuspectedServers } from './suspected-servers';
import { templateSecrets } from './template-secrets';
import { readSecurityGroups } from './security-groups';
import { readSurroundings } from './surroundings';

/** Reads one template as the deployment that it would make. */
export function readTemplate({ name, file, content }: Omit<TemplateFile, 'format'>): Artifact {
  const resources = new Resources(openTemplate(content));
  const { hosts, targets, placements } = readHosts(resources);
  const balancers = readBalancers(resources, targets);
  const usedGroups = used(hosts, balancers);
  const groups = readSecurityGroups(resources, usedGroups);
  reportNestedStacks(resources, usedGroups);
  reportOtherWaysIn(resources, balancers, targets);
  const networkCidrs = resources
    .ofType('AWS::EC2::VPC', 'AWS::EC2::VPCCidrBlock')
    .flatMap(({ properties }) => properties.get('CidrBlock').string() ?? []);
  const network = readNetwork(resources, { hosts: placements, balancers });
  const diskSnapshots = readDiskSnapshots(resources);
  const surroundings = readSurroundings(resources);
  const exposed = templateSecrets(content);
  const functions = readFunctionCode(resources);
  const registrations = readServiceRegistrations(resources);
  const suspected = reportSuspectedServers(resources, hosts);
  const { accepted, defaults, intents, unreadable } = resources;
  return {
    name,
    file,
    hosts,
    balancers,
    groups,
    unreadable,
    ...surroundings,
    networkCidrs,
    network,
    ...(diskSnapshots.length > 0 && { diskSnapshots }),
    ...(exposed.length > 0 && { exposedSecrets: exposed }),
    ...(functions.length > 0 && { functions }),
    ...(registrations.length > 0 && { registrations }),
    ...(suspected.length > 0 && { suspected }),
    ...(accepted.length > 0 && { accepted }),
    ...(intents.length > 0 && { intents }),
    ...(defaults.length > 0 && { defaults }),
  };
}

/** A host for each service that runs a task definition, one for each that no service runs, and each machine that runs a server by itself. */
function readHosts(resources: Resources): {
  readonly hosts: readonly Host[];
  readonly targets: readonly Target[];
  readonly placements: readonly { readonly host: Host; readonly service?: string }[];
} {
  const services = resources.ofType('AWS::ECS::Service');
  const placements = resources.ofType('AWS::ECS::TaskDefinition').flatMap((task) => {
    const running = services.filter((service) => runs(service, task, resources));
    return (running.length === 0 ? [undefined] : running).map((service, index) => {
      const host = readHost(task, service, resources);
      // A second service that runs the same task is a second place in the network.
      return {
        service,
        host: index === 0 || service === undefined ? host : { ...host, id: `${host.id}/${service.id}` },
      };
    });
  });
  const taken = new Set(placements.flatMap(({ host }) => host.machine?.id ?? []));
  const machines = readMachineHosts(resources, taken);
  return {
    hosts: [...placements, ...machines].map(({ host }) => host),
    placements: [
      ...placements.map(({ host, service }) => ({ host, ...(service !== undefined && { service: service.id }) })),
      ...machines.map(({ host }) => ({ host })),
    ],
    targets: [
      ...placements.flatMap(({ service, host }) => (service === undefined ? [] : targetsOf(service, host.id))),
      ...machines.flatMap(({ targets }) => targets),
    ],
  };
}

function runs(service: Resource, task: Resource, resources: Resources): boolean {
  return resources.referredBy(service.properties.get('TaskDefinition'), 'AWS::ECS::TaskDefinition')?.id === task.id;
}

function used(hosts: readonly Host[], balancers: readonly Balancer[]): readonly string[] {
  const ids = [
    ...hosts.flatMap((host) => [...host.groups, ...(host.machine?.groups ?? [])]),
    ...balancers.flatMap((balancer) => balancer.groups ?? []),
  ];
  return [...new Set(ids)];
}
