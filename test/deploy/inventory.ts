import type { Call } from './emulator';

/** All that there is in the account of what the examples make, by kind: what is left, and what was never theirs. */
export async function inventory(call: Call): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    LISTS.map(async ([service, operation, list, id, parameters = {}]) => {
      const answer = (await call(service, operation, parameters)) as Record<
        string,
        readonly (string | Record<string, string>)[]
      >;
      return (answer[list] ?? []).map((each) => `${list} ${typeof each === 'string' ? each : String(each[id])}`);
    }),
  );
  const { Reservations } = await call('ec2', 'describe_instances', are('instance-state-name', 'running'));
  const machines = (Reservations as { Instances: { InstanceId: string }[] }[])
    .flatMap(({ Instances }) => Instances)
    .map(({ InstanceId }) => `Instances ${InstanceId}`);
  const { clusterArns } = await call('ecs', 'list_clusters');
  const { clusters } = await call('ecs', 'describe_clusters', { clusters: clusterArns });
  const active = (clusters as { clusterArn: string; status: string }[])
    .filter(({ status }) => status === 'ACTIVE')
    .map(({ clusterArn }) => `clusters ${clusterArn}`);
  return new Set([...found.flat(), ...machines, ...active]);
}

/** What is deleted is listed for a while. */
const are = (name: string, value: string): object => ({ Filters: [{ Name: name, Values: [value] }] });

/** Service, operation, where the list is, what names each, what is asked for. */
const LISTS: readonly (readonly [string, string, string, string, object?])[] = [
  ['ec2', 'describe_vpcs', 'Vpcs', 'VpcId'],
  ['ec2', 'describe_subnets', 'Subnets', 'SubnetId'],
  ['ec2', 'describe_route_tables', 'RouteTables', 'RouteTableId'],
  ['ec2', 'describe_internet_gateways', 'InternetGateways', 'InternetGatewayId'],
  ['ec2', 'describe_nat_gateways', 'NatGateways', 'NatGatewayId', are('state', 'available')],
  ['ec2', 'describe_addresses', 'Addresses', 'AllocationId'],
  ['ec2', 'describe_security_groups', 'SecurityGroups', 'GroupId'],
  ['ec2', 'describe_vpc_endpoints', 'VpcEndpoints', 'VpcEndpointId', are('vpc-endpoint-state', 'available')],
  ['ec2', 'describe_flow_logs', 'FlowLogs', 'FlowLogId'],
  ['ec2', 'describe_launch_templates', 'LaunchTemplates', 'LaunchTemplateId'],
  ['ec2', 'describe_volumes', 'Volumes', 'VolumeId'],
  ['autoscaling', 'describe_auto_scaling_groups', 'AutoScalingGroups', 'AutoScalingGroupName'],
  ['ecs', 'list_task_definitions', 'taskDefinitionArns', ''],
  ['elbv2', 'describe_load_balancers', 'LoadBalancers', 'LoadBalancerArn'],
  ['elbv2', 'describe_target_groups', 'TargetGroups', 'TargetGroupArn'],
  ['iam', 'list_roles', 'Roles', 'RoleName'],
  ['iam', 'list_instance_profiles', 'InstanceProfiles', 'InstanceProfileName'],
  ['kms', 'list_keys', 'Keys', 'KeyId'],
  ['s3', 'list_buckets', 'Buckets', 'Name'],
  ['sns', 'list_topics', 'Topics', 'TopicArn'],
  ['logs', 'describe_log_groups', 'logGroups', 'logGroupName'],
  ['logs', 'describe_metric_filters', 'metricFilters', 'filterName'],
  ['cloudwatch', 'describe_alarms', 'MetricAlarms', 'AlarmName'],
  ['cloudwatch', 'list_dashboards', 'DashboardEntries', 'DashboardName'],
];
