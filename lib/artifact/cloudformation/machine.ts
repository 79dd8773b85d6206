import type { Machine } from '../artifact';
import type { Text } from '../text';
import { groupId } from './group-id';
import { mapsPublicAddresses } from './internet-route';
import type { Property } from '../property';
import type { Resource } from '../resource';
import type { Resources } from './resources';
import { AnyOfValue, toLiteral, toText } from '../value';

/** Settings of a machine that are read, here or elsewhere, and those by which nobody gets at it. */
const KNOWN: readonly string[] = [
  'AssociatePublicIpAddress AvailabilityZone BlockDeviceMapping BlockDeviceMappings CapacityReservationSpecification',
  'CpuOptions CreditSpecification DisableApiStop DisableApiTermination EbsOptimized IamInstanceProfile ImageId',
  'InstanceInitiatedShutdownBehavior InstanceMarketOptions InstanceMonitoring InstanceType Ipv6AddressCount',
  'Ipv6Addresses LaunchConfigurationName LaunchTemplate MaintenanceOptions MetadataOptions Monitoring',
  'NetworkInterfaces NetworkPerformanceOptions Placement PlacementTenancy PrivateDnsNameOptions PrivateIpAddress',
  'SecurityGroupIds SecurityGroups SpotPrice SubnetId TagSpecifications Tags Tenancy UserData Volumes',
].flatMap((line) => line.split(' '));
const KNOWN_OF_METADATA = ['HttpEndpoint', 'HttpPutResponseHopLimit', 'HttpTokens', 'InstanceMetadataTags'];

/** Reads every EC2 machine that could run a task: instances, and the templates of Auto Scaling groups. */
export function readMachines(resources: Resources): readonly Machine[] {
  const groups = resources
    .ofType('AWS::AutoScaling::AutoScalingGroup')
    .flatMap((group) => readScalingGroup(group, resources));
  return [...groups, ...resources.ofType('AWS::EC2::Instance').map((instance) => readInstance(instance, resources))];
}

/** The machine of an Auto Scaling group, when its template stands in the file. */
export function readScalingGroup(group: Resource, resources: Resources): readonly Machine[] {
  const { properties } = group;
  const configuration = resources.referredBy(
    properties.get('LaunchConfigurationName'),
    'AWS::AutoScaling::LaunchConfiguration',
  );
  const template = launchTemplate(
    properties.get('LaunchTemplate').present
      ? properties.get('LaunchTemplate')
      : properties.get('MixedInstancesPolicy').get('LaunchTemplate').get('LaunchTemplateSpecification'),
    resources,
  );
  const found = configuration ?? template;
  if (found === undefined) {
    resources.report(group.id, 'starts machines from a template that is not in this file');
    return [];
  }
  const settings = configuration?.properties ?? found.properties.get('LaunchTemplateData');
  const subnets = properties.get('VPCZoneIdentifier');
  return [readMachine(found.id, [settings], () => mapsPublicAddresses(subnets, resources))];
}

/** The machine that an instance is, its launch template included. */
export function readInstance(instance: Resource, resources: Resources): Machine {
  const template = launchTemplate(instance.properties.get('LaunchTemplate'), resources);
  const settings = [
    instance.properties,
    ...(template === undefined ? [] : [template.properties.get('LaunchTemplateData')]),
  ];
  const subnet = instance.properties.get('SubnetId');
  return readMachine(instance.id, settings, () => {
    const known = resources.referredBy(subnet, 'AWS::EC2::Subnet');
    return known?.properties.get('MapPublicIpOnLaunch').boolean() === true;
  });
}

/** A launch template is named by its id, or by a name that the file gives it. */
function launchTemplate(specification: Property, resources: Resources): Resource | undefined {
  const byId = resources.referredBy(specification.get('LaunchTemplateId'), 'AWS::EC2::LaunchTemplate');
  const name = specification.get('LaunchTemplateName');
  if (byId !== undefined || !name.present) {
    return byId;
  }
  const wanted = name.string();
  return resources
    .ofType('AWS::EC2::LaunchTemplate')
    .find(({ properties }) => wanted !== undefined && properties.get('LaunchTemplateName').string() === wanted);
}

/**
 * @param settings the most particular first; each setting counts where it is first given
 */
function readMachine(id: string, settings: readonly Property[], subnetIsPublic: () => boolean): Machine {
  const first = (...path: readonly string[]): Property | undefined =>
    settings.map((of) => path.reduce((property, name) => property.get(name), of)).find(({ present }) => present);
  const userData: Text = first('UserData')?.decoded() ?? [];
  const addressed =
    first('AssociatePublicIpAddress') ?? networkInterface(first('NetworkInterfaces'), 'AssociatePublicIpAddress');
  const [, ...further] = first('NetworkInterfaces')?.items() ?? [];
  const groups =
    first('SecurityGroupIds') ??
    first('SecurityGroups') ??
    networkInterface(first('NetworkInterfaces'), 'Groups', 'GroupSet');
  const images = imagesOf(first('ImageId'));
  const unmodelled = settings.flatMap(unmodelledOf);
  return {
    id,
    ...(images !== undefined && { images }),
    ...(unmodelled.length > 0 && { unmodelled }),
    userData,
    metadataTokensRequired: first('MetadataOptions', 'HttpTokens')?.string() === 'required',
    // EC2's default, unless the machine image raises it, which the file does not show.
    metadataHopLimit: first('MetadataOptions', 'HttpPutResponseHopLimit')?.integer() ?? 2,
    groups: (groups?.items() ?? []).flatMap((group) => groupId(group) ?? []),
    ...(addressed?.present === true && { saysAddress: true as const }),
    publicAddress:
      (addressed?.boolean() ?? subnetIsPublic()) ||
      further.some((each) => each.get('AssociatePublicIpAddress').boolean() === true),
  };
}

function networkInterface(interfaces: Property | undefined, ...names: readonly string[]): Property | undefined {
  const [primary] = interfaces?.items() ?? [];
  return names.map((name) => primary?.get(name)).find((property) => property?.present === true);
}

function unmodelledOf(settings: Property): readonly string[] {
  const metadata = settings.get('MetadataOptions');
  const address = metadata.get('HttpProtocolIpv6');
  return [
    ...settings.names().filter((name) => !KNOWN.includes(name)),
    ...metadata
      .names()
      .filter((name) => !KNOWN_OF_METADATA.includes(name) && toLiteral(address.value) !== 'disabled')
      .map((name) => `MetadataOptions.${name}`),
  ];
}

/** One, or as many as a map of the template has by region. */
function imagesOf(image: Property | undefined): readonly Text[] | undefined {
  const values = image?.value instanceof AnyOfValue ? image.value.values : [image?.value];
  const texts = values.map((value) => (value === undefined ? undefined : toText(value)));
  return texts.every((text) => text !== undefined) ? texts : undefined;
}
