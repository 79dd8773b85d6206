import type { Container, Host, Machine } from '../artifact';
import { readUserData } from '../machine/user-data';
import type { Property } from '../property';
import type { Resource } from '../resource';
import { speaksOfServer } from '../suspected-servers';
import type { Text } from '../text';
import { internetRoute } from './internet-route';
import { readInstance, readScalingGroup } from './machine';
import type { Resources } from './resources';
import { isList } from '../value';
import { type Target, targetsOfMachine } from './target-group';

/** A machine that runs containers by itself, and where it is registered. */
export interface MachineHost {
  readonly host: Host;
  readonly targets: readonly Target[];
}

/**
 * Reads the machines of EC2 whose user data starts a server, or may do so: instances, and what Auto Scaling groups start.
 *
 * @param taken ids of the machines that run tasks of ECS
 */
export function readMachineHosts(resources: Resources, taken: ReadonlySet<string>): readonly MachineHost[] {
  const instances = resources
    .ofType('AWS::EC2::Instance')
    .map((resource) => ({ resource, machine: readInstance(resource, resources), subnets: subnetOf(resource) }));
  const groups = resources.ofType('AWS::AutoScaling::AutoScalingGroup').flatMap((resource) =>
    readScalingGroup(resource, resources).map((machine) => ({
      resource,
      machine,
      subnets: resource.properties.get('VPCZoneIdentifier'),
    })),
  );
  const found = [...instances, ...groups].filter(
    ({ machine }) => !taken.has(machine.id) && speaksOfServer(spell(machine.userData)),
  );
  return found.map(({ resource, machine, subnets }, index) => {
    const host = hostOf(resource, machine, { subnets, resources });
    const isAgain = found.findIndex((each) => each.machine.id === machine.id) < index;
    const id = isAgain ? `${host.id}/${resource.id}` : host.id;
    return { host: { ...host, id }, targets: targetsOfMachine(resource, id, resources) };
  });
}

interface Placed {
  readonly subnets: Property;
  readonly resources: Resources;
}

function hostOf({ constructPath, properties, type }: Resource, machine: Machine, { subnets, resources }: Placed): Host {
  const { id, groups, publicAddress } = machine;
  reportPlace(machine, properties, { subnets, resources });
  const start = readUserData(machine.userData, (reason) => resources.report(id, reason));
  const { network, volumes, published, forwarders, metadata, installs } = start;
  const containers = start.containers.map((container) => withFiles(container, start.files, volumes));
  return {
    id,
    ...(constructPath !== undefined && { constructPath }),
    network,
    containers,
    volumes,
    groups: groups.length > 0 ? groups : ['default'],
    publicAddress: publicAddress || getsDefaultAddress(machine, subnets),
    internetRoute: internetRoute(subnets, resources),
    machine: {
      ...machine,
      ...(metadata !== 'open' && { metadataRuled: true as const }),
      ...(installs.length > 0 && { installs }),
      ...(type === 'AWS::EC2::Instance' && {
        endsByMistake: properties.get('DisableApiTermination').boolean() !== true,
      }),
    },
    published,
    ...(forwarders.length > 0 && { forwarders }),
  };
}

/** Without a subnet it stands in one of the default network, each of which gives public addresses. */
function getsDefaultAddress({ saysAddress }: Machine, subnets: Property): boolean {
  return saysAddress !== true && !subnets.present;
}

/** What stands apart, or in no file, may give it other groups and addresses. */
function reportPlace(machine: Machine, properties: Property, { subnets, resources }: Placed): void {
  const apart = properties
    .get('NetworkInterfaces')
    .items()
    .filter((each) => each.get('NetworkInterfaceId').present);
  if (apart.length > 0) resources.report(machine.id, 'has an interface that stands apart, which is not followed');
  const places = isList(subnets.value) ? subnets.items() : subnets.present ? [subnets] : [];
  const isUnseen = places.some((place) => resources.referredBy(place, 'AWS::EC2::Subnet') === undefined);
  if (isUnseen && machine.saysAddress !== true) {
    resources.report(machine.id, 'stands in a subnet that is not in this file, which may give it a public address');
  }
}

/** An instance stands in one subnet, which it names itself or by its first interface. */
function subnetOf({ properties }: Resource): Property {
  const [first] = properties.get('NetworkInterfaces').items();
  return properties.get('SubnetId').present
    ? properties.get('SubnetId')
    : (first?.get('SubnetId') ?? properties.get('SubnetId'));
}

/** The files of a machine that its volumes bring into a container. */
function withFiles(container: Container, files: ReadonlyMap<string, string>, volumes: Host['volumes']): Container {
  const inside = container.mounts.flatMap(({ volume, path }) => {
    const folder = volumes.find(({ name }) => name === volume)?.hostPath;
    if (folder === undefined) return [];
    return [...files]
      .filter(([file]) => file === folder || file.startsWith(`${folder.replace(/\/$/, '')}/`))
      .map(
        ([file, text]) => [`${path.replace(/\/$/, '')}${file.slice(folder.replace(/\/$/, '').length)}`, text] as const,
      );
  });
  return inside.length === 0 ? container : { ...container, files: new Map(inside) };
}

function spell(text: Text): string {
  return text.map((part) => (typeof part === 'string' ? part : `\${${part.logicalId}}`)).join('');
}
