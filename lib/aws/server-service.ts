import { Duration } from 'aws-cdk-lib';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { AvailabilityZoneRebalancing, Cluster, ContainerInsights, Ec2Service } from 'aws-cdk-lib/aws-ecs';
import type { Ec2TaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';

/** The cluster of one machine. */
export function serverCluster(scope: Construct, vpc: IVpc): Cluster {
  return new Cluster(scope, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENHANCED });
}

/** Properties of {@link serverService}. */
export interface ServerServiceProps {
  readonly cluster: Cluster;
  readonly taskDefinition: Ec2TaskDefinition;
  readonly vpc: IVpc;
  readonly subnet: ISubnet;
  readonly securityGroup: ISecurityGroup;
}

/** Keeps one task running, the old one ending before the new one starts: two servers on one disk would destroy it. */
export function serverService(scope: Construct, props: ServerServiceProps): Ec2Service {
  const { clusterName, clusterArn } = props.cluster;
  return new Ec2Service(scope, 'Service', {
    // The framework knows of machines that came by its own capacity providers alone.
    cluster: Cluster.fromClusterAttributes(scope, 'ClusterWithMachine', { clusterName, clusterArn, vpc: props.vpc }),
    taskDefinition: props.taskDefinition,
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
}
