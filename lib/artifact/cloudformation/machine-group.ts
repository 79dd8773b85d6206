import type { MachineGroup } from '../machine-group';
import type { Property } from '../property';
import type { Resource } from '../resource';
import type { StoreTag } from '../store';
import { toText } from '../value';
import { tagsOf } from './disk-store';
import { readScalingGroup } from './machine';
import type { Resources } from './resources';
import { reportNotUnderstood } from './understood';

const UNDERSTOOD: readonly string[] = [
  'AutoScalingGroupName',
  'AvailabilityZones',
  'CapacityRebalance',
  'Cooldown',
  'DefaultInstanceWarmup',
  'DesiredCapacity',
  'HealthCheckGracePeriod',
  'HealthCheckType',
  'InstanceMaintenancePolicy',
  'LaunchConfigurationName',
  'LaunchTemplate',
  'MaxSize',
  'MetricsCollection',
  'MinSize',
  'NewInstancesProtectedFromScaleIn',
  'NotificationConfiguration',
  'NotificationConfigurations',
  'ServiceLinkedRoleARN',
  'Tags',
  'TerminationPolicies',
  'VPCZoneIdentifier',
];

/** Reads the Auto Scaling groups. */
export function readMachineGroups(resources: Resources): readonly MachineGroup[] {
  return resources.ofType('AWS::AutoScaling::AutoScalingGroup').map((group) => {
    const { id, properties } = group;
    reportNotUnderstood(properties, UNDERSTOOD);
    const [machine] = readScalingGroup(group, resources);
    const [least, most, wanted] = ['MinSize', 'MaxSize', 'DesiredCapacity'].map((name) =>
      properties.get(name).integer(),
    );
    const by = properties.get('ServiceLinkedRoleARN').text();
    return {
      id,
      ...(machine !== undefined && { machine: machine.id }),
      ...(least !== undefined && { least }),
      ...(most !== undefined && { most }),
      ...(wanted !== undefined && { wanted }),
      oneAtATime: oneAtATime(group),
      isCurrent: isCurrent(properties),
      tags: tagsOfMachines(properties, resources),
      zones: zonesOf(properties, resources),
      ...(by !== undefined && { by }),
    };
  });
}

/** Both what an update of the stack does, and what Auto Scaling does by itself, which starts the next one first unless it is told. */
function oneAtATime({ properties, attributes }: Resource): MachineGroup['oneAtATime'] {
  const policy = properties.get('InstanceMaintenancePolicy');
  const most = policy.get('MaxHealthyPercentage');
  const rolling = attributes?.get('UpdatePolicy').get('AutoScalingRollingUpdate');
  const replacing = attributes?.get('UpdatePolicy').get('AutoScalingReplacingUpdate').get('WillReplace').boolean();
  const inService = rolling?.get('MinInstancesInService').integer() ?? 0;
  if (most.present && most.integer() === undefined) return 'unknown';
  return most.integer() === 100 && inService === 0 && replacing !== true;
}

function zonesOf(group: Property, resources: Resources): MachineGroup['zones'] {
  const subnets = group.get('VPCZoneIdentifier').items();
  const named = group.get('AvailabilityZones').texts();
  return [
    ...named,
    ...subnets.map((subnet) => {
      const zone = resources.referredBy(subnet, 'AWS::EC2::Subnet')?.properties.get('AvailabilityZone');
      return toText(zone?.value) ?? [];
    }),
  ];
}

/** A launch configuration never changes; of a launch template a version is named. */
function isCurrent(group: Property): boolean {
  const version = group.get('LaunchTemplate').get('Version');
  const [only, ...rest] = toText(version.value) ?? [];
  if (only === '$Latest') return rest.length === 0;
  const isLatest = typeof only === 'object' && only.attribute === 'LatestVersionNumber' && rest.length === 0;
  return isLatest || !group.get('LaunchTemplate').present;
}

function tagsOfMachines(group: Property, resources: Resources): readonly StoreTag[] {
  const template = resources.referredBy(
    group.get('LaunchTemplate').get('LaunchTemplateId'),
    'AWS::EC2::LaunchTemplate',
  );
  const specifications = template?.properties.get('LaunchTemplateData').get('TagSpecifications').items() ?? [];
  const own = specifications
    .filter((specification) => specification.get('ResourceType').string() === 'instance')
    .flatMap((specification) => tagsOf(specification.get('Tags')));
  const passed = group
    .get('Tags')
    .items()
    .filter((tag) => tag.get('PropagateAtLaunch').boolean() === true)
    .map((tag) => ({ key: toText(tag.get('Key').value) ?? [], value: toText(tag.get('Value').value) ?? [] }));
  return [...own, ...passed];
}
