import { Duration } from 'aws-cdk-lib';
import type { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { AvailabilityZoneRebalancing, Cluster, Ec2Service } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { Machine } from './machine';
import type { Task } from './task';

/** Properties of {@link serverService}. */
export interface ServerServiceProps {
  readonly machine: Machine;
  readonly task: Task;
  readonly subnet: ISubnet;
  readonly securityGroup: ISecurityGroup;
}

/** Keeps one task running, the old one ending before the new one starts: two servers on one disk would destroy what it holds. */
export function serverService(scope: Construct, props: ServerServiceProps): Ec2Service {
  const { clusterName, clusterArn, vpc } = props.machine.cluster;
  const service = new Ec2Service(scope, 'Service', {
    // The framework believes in machines that came by its own capacity providers alone, so the cluster is shown as one from elsewhere.
    cluster: Cluster.fromClusterAttributes(scope, 'ClusterWithMachine', { clusterName, clusterArn, vpc }),
    taskDefinition: props.task.taskDefinition,
    desiredCount: 1,
    minHealthyPercent: 0,
    maxHealthyPercent: 100,
    availabilityZoneRebalancing: AvailabilityZoneRebalancing.DISABLED,
    circuitBreaker: { enable: true, rollback: true },
    healthCheckGracePeriod: Duration.seconds(180),
    vpcSubnets: { subnets: [props.subnet] },
    securityGroups: [props.securityGroup],
    enableExecuteCommand: false,
  });
  // The stack goes in the other order: the task ends before the machine below it.
  service.node.addDependency(props.machine.autoScalingGroup, props.task.executionRole);
  return service;
}
