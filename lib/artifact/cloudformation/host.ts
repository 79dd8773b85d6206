import type { Host, Rollout, Volume } from '../artifact';
import { readContainer } from './container';
import { groupId } from './group-id';
import { internetRoute } from './internet-route';
import { isFargate, machineOf } from './machine-of-service';
import type { Property } from '../property';
import { type Resource, referredId } from '../resource';
import type { Resources } from './resources';
import { isList, toLiteral } from '../value';

const NETWORKS: ReadonlyMap<string, Host['network']> = new Map(
  (['awsvpc', 'host', 'bridge'] as const).map((mode) => [mode, mode]),
);

/** Volumes that a local boot cannot stand in for. */
const FOREIGN_VOLUMES = [
  'EFSVolumeConfiguration',
  'FSxWindowsFileServerVolumeConfiguration',
  'DockerVolumeConfiguration',
];

const SHARING = [
  ['PidMode', 'processes'],
  ['IpcMode', 'memory'],
] as const;

/** Settings of a task that are read, and those that say nothing about what it runs or reaches. */
const KNOWN: readonly string[] = [
  'ContainerDefinitions Cpu ExecutionRoleArn Family IpcMode Memory NetworkMode PidMode PlacementConstraints',
  'RequiresCompatibilities Tags TaskRoleArn Volumes',
].flatMap((line) => line.split(' '));
/** The same of a service. */
const KNOWN_OF_SERVICE: readonly string[] = [
  'AvailabilityZoneRebalancing CapacityProviderStrategy Cluster DeploymentConfiguration DeploymentController DesiredCount',
  'EnableECSManagedTags EnableExecuteCommand ForceNewDeployment HealthCheckGracePeriodSeconds LaunchType LoadBalancers',
  'NetworkConfiguration PlacementConstraints PlacementStrategies PropagateTags Role SchedulingStrategy ServiceName',
  'ServiceRegistries Tags TaskDefinition',
].flatMap((line) => line.split(' '));

/** What a service does unless it says otherwise: another way to replace tasks is not modelled. */
const USUAL_OF_SERVICE = [
  [['DeploymentController', 'Type'], 'ECS'],
  [['SchedulingStrategy'], 'REPLICA'],
] as const;

/** Reads a task definition, on the network and the machine of the service that runs it. */
export function readHost(task: Resource, service: Resource | undefined, resources: Resources): Host {
  const { id, properties } = task;
  for (const [mode] of SHARING) {
    const shared = properties.get(mode);
    if (shared.string() === 'host') {
      shared.unreadable('is host, which is not modelled');
    }
  }
  return {
    id,
    ...(task.constructPath !== undefined && { constructPath: task.constructPath }),
    network: networkOf(properties),
    ...sharedIn(properties),
    ...unmodelledOf(properties, service),
    containers: properties.get('ContainerDefinitions').items().map(readContainer),
    volumes: properties.get('Volumes').items().map(readVolume),
    ...(service === undefined ? unplaced(task, resources) : placed(task, service, resources)),
  };
}

/** Each container has processes and memory of its own unless the task says `task`. */
function sharedIn(task: Property): Pick<Host, 'shared' | 'machineShares'> {
  const sharing = (word: string): readonly ('processes' | 'memory')[] =>
    SHARING.filter(([mode]) => task.get(mode).string() === word).map(([, what]) => what);
  const shared = sharing('task');
  const machineShares = sharing('host');
  return { ...(shared.length > 0 && { shared }), ...(machineShares.length > 0 && { machineShares }) };
}

function unmodelledOf(task: Property, service: Resource | undefined): Pick<Host, 'unmodelled'> {
  const platform = task.get('RuntimePlatform').get('OperatingSystemFamily');
  const isLinux = !platform.present || toLiteral(platform.value) === 'LINUX';
  const ofTask = task.names().filter((name) => !KNOWN.includes(name) && !(name === 'RuntimePlatform' && isLinux));
  const ofService = (service?.properties.names() ?? []).filter(
    (name) => !KNOWN_OF_SERVICE.includes(name) && !(name === 'PlatformVersion'),
  );
  const other = USUAL_OF_SERVICE.filter(([path, usual]) => {
    const property = path.reduce((of, name) => of?.get(name), service?.properties);
    return property?.present === true && toLiteral(property.value) !== usual;
  }).map(([path]) => path.join('.'));
  const unmodelled = [...ofTask, ...[...ofService, ...other].map((name) => `${service?.id ?? ''}.${name}`)];
  return unmodelled.length === 0 ? {} : { unmodelled };
}

/** ECS's defaults where nothing is said. */
function rolloutOf({ id, properties }: Resource): Rollout {
  const configuration = properties.get('DeploymentConfiguration');
  const read = {
    count: numberOr(1, properties.get('DesiredCount')),
    leastPercent: numberOr(100, configuration.get('MinimumHealthyPercent')),
    mostPercent: numberOr(200, configuration.get('MaximumPercent')),
  };
  const breaker = configuration.get('DeploymentCircuitBreaker').get('Enable');
  const givesUp = breaker.present ? breaker.boolean() : false;
  return {
    id,
    ...(givesUp !== undefined && { givesUp }),
    ...Object.fromEntries(Object.entries(read).filter(([, value]) => Number.isFinite(value))),
  };
}

/** Not a number where only the cloud knows it. */
function numberOr(fallback: number, { present, value }: Property): number {
  return present ? Number(toLiteral(value)) : fallback;
}

type Placement = Pick<Host, 'groups' | 'publicAddress' | 'internetRoute' | 'shellBy' | 'machine' | 'rollout'>;

function unplaced(task: Resource, resources: Resources): Placement {
  resources.report(task.id, 'is run by no service in this file, so its network is not known');
  return { groups: [], publicAddress: false, internetRoute: 'unknown' };
}

function placed(task: Resource, service: Resource, resources: Resources): Placement {
  const network = service.properties.get('NetworkConfiguration').get('AwsvpcConfiguration');
  const groups = network.get('SecurityGroups');
  const isKnown =
    groups.items().every((group) => groupId(group) !== undefined) && (!groups.present || isList(groups.value));
  const address = network.get('AssignPublicIp');
  if (!isKnown || (address.present && address.string() === undefined)) {
    resources.report(task.id, `is run by ${service.id}, whose security groups or public address are not all known`);
  }
  const shell = service.properties.get('EnableExecuteCommand');
  const machine = isFargate(service) ? undefined : machineOf(service, resources);
  return {
    groups: network.present ? groupsOf(groups, resources) : (machine?.groups ?? []),
    publicAddress: address.string() === 'ENABLED',
    internetRoute: network.present ? internetRoute(network.get('Subnets'), resources) : 'unknown',
    // What is not known to be off may be on.
    ...(shell.present && shell.boolean() !== false && { shellBy: service.id }),
    ...(machine !== undefined && { machine }),
    rollout: rolloutOf(service),
  };
}

/** Without any, the network interface gets the VPC's default group. */
function groupsOf(list: Property, resources: Resources): readonly string[] {
  const ids = list.items().flatMap((group) => groupId(group) ?? []);
  if (ids.length > 0 || list.present) {
    return ids;
  }
  const [vpc, ...others] = resources.ofType('AWS::EC2::VPC');
  return [vpc !== undefined && others.length === 0 ? `${vpc.id}.DefaultSecurityGroup` : 'default'];
}

/** ECS's default is `bridge`. */
function networkOf(task: Property): Host['network'] {
  const mode = task.get('NetworkMode');
  return mode.present ? (NETWORKS.get(mode.string() ?? '') ?? 'unknown') : 'bridge';
}

function readVolume(volume: Property): Volume {
  for (const kind of FOREIGN_VOLUMES) {
    if (volume.get(kind).present) {
      volume.get(kind).unreadable('is not modelled; an empty volume stands in');
    }
  }
  const hostPath = volume.get('Host').get('SourcePath').string();
  const fileSystem = fileSystemOf(volume.get('EFSVolumeConfiguration'));
  return {
    name: volume.get('Name').string() ?? '',
    ...(hostPath !== undefined && { hostPath }),
    ...(fileSystem !== undefined && { fileSystem }),
  };
}

function isOn({ present, value }: Property): boolean | 'unknown' {
  const said = toLiteral(value);
  return said === undefined && present ? 'unknown' : said === 'ENABLED';
}

/** Both are off where nothing is said. */
function fileSystemOf(volume: Property): Volume['fileSystem'] {
  if (!volume.present) return undefined;
  const id = referredId(volume.get('FilesystemId').value);
  return {
    ...(id !== undefined && { id }),
    encryptedOnTheWay: isOn(volume.get('TransitEncryption')),
    showsIdentity: isOn(volume.get('AuthorizationConfig').get('IAM')),
  };
}
