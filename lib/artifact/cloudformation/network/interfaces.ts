import type { Artifact } from '../../artifact';
import type { NetworkInterface } from '../../network';
import { groupId } from '../group-id';
import type { Resources } from '../resources';
import type { RawResource } from '../template';
import { mentioned, type Mentioned } from './mentioned';
import { quiet } from './quiet';

/** What speaks of groups and subnets without standing in the network itself. */
const NO_INTERFACE =
  /^AWS::EC2::(?:SecurityGroup|Subnet|Route|Vpc|VPC$|VPCCidrBlock|VPCGateway|NetworkAcl|FlowLog|NatGateway|InternetGateway|DHCP|TransitGateway|VPCPeering)|^AWS::AutoScaling::AutoScalingGroup$|^AWS::ElasticLoadBalancingV2::(?:Listener|TargetGroup)|^AWS::(?:IAM|Logs|CloudFormation|CDK|SSM|KMS)::|^Custom::/;

const KINDS: ReadonlyMap<string, NetworkInterface['kind']> = new Map<string, NetworkInterface['kind']>([
  ['AWS::EC2::LaunchTemplate', 'machine'],
  ['AWS::EC2::Instance', 'machine'],
  ['AWS::AutoScaling::LaunchConfiguration', 'machine'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'balancer'],
  ['AWS::EC2::VPCEndpoint', 'endpoint'],
  ['AWS::Lambda::Function', 'function'],
]);

/** What the readers of hosts and balancers found, by the resource that says it. */
interface Found {
  readonly hosts: readonly { readonly host: Artifact['hosts'][number]; readonly service?: string }[];
  readonly balancers: Artifact['balancers'];
}

/** Reads everything that stands in the network or wears a security group. */
export function readInterfaces(resources: Resources, { hosts, balancers }: Found): readonly NetworkInterface[] {
  const raws = resources.declared.filter(({ type }) => !NO_INTERFACE.test(type));
  const subnets = new Set(resources.declared.filter(({ type }) => type === 'AWS::EC2::Subnet').map(({ id }) => id));
  const groups = new Set(
    resources.declared.filter(({ type }) => type === 'AWS::EC2::SecurityGroup').map(({ id }) => id),
  );
  return raws.flatMap((raw): readonly NetworkInterface[] => {
    const spoken = mentioned(raw.properties);
    const kind = KINDS.get(raw.type) ?? 'other';
    const standing = {
      type: raw.type,
      groups: worn(spoken, groups),
      subnets: placed(kind === 'machine' ? [...spoken, ...ofScalingGroups(raw.id, resources)] : spoken, subnets),
    };
    const ofHosts = hosts.filter(({ service }) => service === raw.id).map(({ host }) => host);
    if (ofHosts.length > 0) {
      return ofHosts.map(({ id, groups: of }) => ({ ...standing, id, kind: 'task' as const, groups: of }));
    }
    const machine = hosts.map(({ host }) => host.machine).find((each) => each?.id === raw.id);
    const balancer = balancers.find(({ id }) => id === raw.id);
    const stated = machine?.groups ?? balancer?.groups;
    if (kind === 'endpoint') {
      return [{ ...standing, id: raw.id, kind, ...endpoint(raw, resources) }];
    }
    return kind === 'other' && standing.groups.length === 0
      ? []
      : [{ ...standing, id: raw.id, kind, ...(stated !== undefined && { groups: stated }) }];
  });
}

function worn(spoken: readonly Mentioned[], groups: ReadonlySet<string>): readonly string[] {
  const of = spoken.flatMap(({ id, attribute }) => {
    if (attribute === 'DefaultSecurityGroup') return [`${id}.${attribute}`];
    return groups.has(id) && (attribute === undefined || attribute === 'GroupId') ? [id] : [];
  });
  return [...new Set(of)];
}

/** Where no subnet of the file is spoken of it stands in one that is not known. */
function placed(spoken: readonly Mentioned[], subnets: ReadonlySet<string>): readonly string[] {
  const of = new Set(
    spoken.filter(({ id, attribute }) => subnets.has(id) && !attribute?.startsWith('Vpc')).map(({ id }) => id),
  );
  return of.size === 0 ? ['unknown'] : [...of];
}

/** A machine stands where the Auto Scaling group puts it that starts it. */
function ofScalingGroups(id: string, { declared }: Resources): readonly Mentioned[] {
  return declared
    .filter(({ type }) => type === 'AWS::AutoScaling::AutoScalingGroup')
    .map(({ properties }) => mentioned(properties))
    .filter((spoken) => spoken.some((each) => each.id === id))
    .flat();
}

/** An endpoint without groups of its own gets the VPC's default one; one of a gateway has no interface. */
function endpoint(raw: RawResource, resources: Resources): Pick<NetworkInterface, 'groups' | 'service' | 'hasPolicy'> {
  const found = resources.ofType('AWS::EC2::VPCEndpoint').find(({ id }) => id === raw.id);
  if (found === undefined) {
    return { groups: [] };
  }
  const properties = quiet(found);
  const type = properties.get('VpcEndpointType').string() ?? 'Gateway';
  const listed = properties.get('SecurityGroupIds').items();
  const groups = listed.flatMap((each) => groupId(each) ?? []);
  const fallback = type === 'Gateway' ? [] : ['default'];
  return {
    groups: listed.length > 0 ? groups : fallback,
    service: properties.get('ServiceName').text() ?? [],
    hasPolicy: properties.get('PolicyDocument').present,
  };
}
