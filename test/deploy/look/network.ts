import type { DeployedStack } from '../deployed-stack';
import { REGION } from '../emulator';
import type { Looks } from './look';
import { statements } from './statements';

interface Permission {
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpRanges?: readonly { readonly CidrIp: string }[];
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6: string }[];
  readonly UserIdGroupPairs?: readonly { readonly GroupId: string }[];
  readonly PrefixListIds?: readonly { readonly PrefixListId: string }[];
}

/** Who reaches whom. */
export const NETWORK_LOOKS: Looks = {
  /** `SecurityGroupsTask < SecurityGroupsBalancer tcp 8443`: comes in; `>`: goes out. */
  'the rules of each group are those of the model, in and out': async (stack) => {
    const ids = stack.of('AWS::EC2::SecurityGroup').map(([, id]) => id);
    const { SecurityGroups } = await stack.call('ec2', 'describe_security_groups', { GroupIds: ids });
    const lines = (SecurityGroups as Record<string, unknown>[]).flatMap((group) => [
      ...rules(String(group['GroupId']), '<', group['IpPermissions'] as Permission[]),
      ...rules(String(group['GroupId']), '>', group['IpPermissionsEgress'] as Permission[]),
    ]);
    return stack.named(lines).toSorted();
  },

  'who wears which group': async (stack) => {
    const [balancers, endpoints, services] = await Promise.all([
      balancersOf(stack),
      endpointsOf(stack),
      servicesOf(stack),
    ]);
    const worn = [
      ...balancers.map((each) => [each['LoadBalancerArn'], each['SecurityGroups']]),
      ...endpoints.map((each) => [each['VpcEndpointId'], each['Groups'].map((group: Any) => group['GroupId'])]),
      ...services.map((each) => [each['serviceArn'], awsvpc(each)['securityGroups']]),
    ];
    return stack.named(worn.map(([who, groups]) => `${who}: ${groups.join(', ')}`)).toSorted();
  },

  'which subnets lead to the internet, and by what': async (stack) => {
    const ids = stack.of('AWS::EC2::RouteTable').map(([, id]) => id);
    const { RouteTables } = await stack.call('ec2', 'describe_route_tables', { RouteTableIds: ids });
    const lines = (RouteTables as Any[]).flatMap(({ Associations, Routes }) =>
      (Associations as Any[]).flatMap(({ SubnetId }) =>
        (Routes as Any[]).map(
          (route) => `${SubnetId}: ${route.DestinationCidrBlock} by ${route.NatGatewayId ?? route.GatewayId}`,
        ),
      ),
    );
    return stack.named(lines).toSorted();
  },

  'where task, machine and endpoints stand, none with a public address': async (stack) => {
    const [endpoints, services, machines] = await Promise.all([
      endpointsOf(stack),
      servicesOf(stack),
      machinesOf(stack),
    ]);
    return stack.named({
      endpoints: [...new Set(endpoints.flatMap((each) => each['SubnetIds']))],
      task: services.map((each) => [awsvpc(each)['subnets'], awsvpc(each)['assignPublicIp']]),
      machines: machines.map((each) => [each['SubnetId'], each['PublicIpAddress'] ?? 'no public address']),
    });
  },

  'what may pass each endpoint': async (stack) => {
    const passes = (await endpointsOf(stack)).map((each) => [
      String(each['ServiceName']).replace(`com.amazonaws.${REGION}.`, ''),
      // The emulator makes one up where nobody gave one, as the real one does.
      [each['VpcEndpointType'], `private names ${each['PrivateDnsEnabled']}`, ...statements(each['PolicyDocument'])],
    ]);
    return stack.named(Object.fromEntries(passes));
  },

  'what flows is logged, all of it': async (stack) => {
    const ids = stack.of('AWS::EC2::FlowLog').map(([, id]) => id);
    const { FlowLogs } = await stack.call('ec2', 'describe_flow_logs', { FlowLogIds: ids });
    return stack.named(
      (FlowLogs as Any[]).map((each) => ({
        of: each.ResourceId,
        traffic: each.TrafficType,
        to: each.LogGroupName ?? each.LogDestination,
        as: each.DeliverLogsPermissionArn ?? 'nobody of this stack',
      })),
    );
  },
};

// oxlint-disable-next-line typescript/no-explicit-any
type Any = any;

function rules(group: string, way: '<' | '>', permissions: readonly Permission[]): string[] {
  return permissions.flatMap((permission) => {
    const { IpProtocol, FromPort, ToPort, IpRanges, Ipv6Ranges, UserIdGroupPairs, PrefixListIds } = permission;
    const ends = [
      ...(IpRanges ?? []).map(({ CidrIp }) => CidrIp),
      ...(Ipv6Ranges ?? []).map(({ CidrIpv6 }) => CidrIpv6),
      ...(UserIdGroupPairs ?? []).map(({ GroupId }) => GroupId),
      ...(PrefixListIds ?? []).map(({ PrefixListId }) => PrefixListId),
    ];
    const ports = FromPort === ToPort ? `${FromPort ?? 'all'}` : `${FromPort}-${ToPort}`;
    return ends.map((end) => [group, way, end, IpProtocol, ports].join(' '));
  });
}

async function balancersOf(stack: DeployedStack): Promise<Any[]> {
  const arns = stack.of('AWS::ElasticLoadBalancingV2::LoadBalancer').map(([, id]) => id);
  return (await stack.call('elbv2', 'describe_load_balancers', { LoadBalancerArns: arns })).LoadBalancers;
}

async function endpointsOf(stack: DeployedStack): Promise<Any[]> {
  const ids = stack.of('AWS::EC2::VPCEndpoint').map(([, id]) => id);
  return (await stack.call('ec2', 'describe_vpc_endpoints', { VpcEndpointIds: ids })).VpcEndpoints;
}

async function servicesOf(stack: DeployedStack): Promise<Any[]> {
  const [[, cluster]] = stack.of('AWS::ECS::Cluster') as [[string, string]];
  const services = stack.of('AWS::ECS::Service').map(([, id]) => id);
  return (await stack.call('ecs', 'describe_services', { cluster, services })).services;
}

const awsvpc = (service: Any): Any => service.networkConfiguration.awsvpcConfiguration;

/** The machines that the group of machines has started. */
async function machinesOf(stack: DeployedStack): Promise<Any[]> {
  const names = stack.of('AWS::AutoScaling::AutoScalingGroup').map(([, id]) => id);
  const filter = [{ Name: 'tag:aws:autoscaling:groupName', Values: names }];
  const { Reservations } = await stack.call('ec2', 'describe_instances', { Filters: filter });
  return (Reservations as Any[]).flatMap(({ Instances }) => Instances);
}
