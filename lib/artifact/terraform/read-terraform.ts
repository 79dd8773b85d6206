import type { Artifact } from '../artifact';
import type { TemplateFile } from '../template-file';
import { readAround } from './around';
import { readBalancers } from './balancer';
import { readCloudRun } from './cloud-run';
import { Configuration } from './configuration';
import { readDiskSnapshots } from './disk-snapshots';
import { readFirewall } from './firewall';
import { readMachines } from './group';
import { readGrants } from './iam';
import { moduleSecrets } from './module-secrets';
import { reportOtherWaysIn } from './other-ways-in';
import { Plan } from './plan';
import { Resources } from './resources';
import { reportSuspectedServers } from './suspected-servers';
import { readVpc } from './vpc';

/** Every range that a network makes of itself where nobody makes its subnets. */
const AUTOMATIC_SUBNETS = '10.128.0.0/9';

/** Reads one configuration or one plan of Terraform as the deployment that it would make. */
export function readTerraform({ name, file, format, content }: TemplateFile): Artifact {
  const resources = new Resources(format === 'terraform-plan' ? new Plan(content) : new Configuration(content));
  const machines = readMachines(resources);
  const balancers = readBalancers(resources, machines);
  const tags = machines.hosts.flatMap(({ instance }) => instance?.tags ?? []);
  const firewall = readFirewall(resources, tags);
  const cloudRun = readCloudRun(resources);
  const grants = readGrants(resources);
  const diskSnapshots = readDiskSnapshots(resources);
  const networkCidrs = readNetworkCidrs(resources);
  reportOtherWaysIn(resources);
  const exposed = moduleSecrets(content);
  const suspected = reportSuspectedServers(resources, machines.hosts);
  const { accepted, defaults, intents, unreadable } = resources;
  return {
    name,
    file,
    hosts: machines.hosts,
    balancers,
    groups: [],
    unreadable,
    networkCidrs,
    firewall,
    vpc: readVpc(resources, machines.groups),
    ...readAround(resources, machines.hosts, cloudRun),
    ...(diskSnapshots.length > 0 && { diskSnapshots }),
    ...(exposed.length > 0 && { exposedSecrets: exposed }),
    ...(accepted.length > 0 && { accepted }),
    ...(intents.length > 0 && { intents }),
    ...(format === 'terraform-plan' && { acceptedElsewhere: true }),
    ...(defaults.length > 0 && { defaults }),
    ...(cloudRun.length > 0 && { cloudRun }),
    ...(grants.length > 0 && { grants }),
    ...(suspected.length > 0 && { suspected }),
  };
}

function readNetworkCidrs(resources: Resources): readonly string[] {
  const automatic = resources
    .ofType('google_compute_network')
    .filter(({ properties }) => properties.get('auto_create_subnetworks').boolean() !== false)
    .map(() => AUTOMATIC_SUBNETS);
  const own = resources
    .ofType('google_compute_subnetwork')
    .flatMap(({ properties }) => [
      ...(properties.get('ip_cidr_range').string() ?? '').split(' ').filter(Boolean),
      ...properties.blocks('secondary_ip_range').flatMap((range) => range.get('ip_cidr_range').string() ?? []),
    ]);
  return [...new Set([...automatic, ...own])];
}
