import { Stack } from 'aws-cdk-lib';
import { CfnFlowLog, type ISubnet, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { retainedLogs } from './retained-logs';

/** Properties of {@link FlowLogs}. */
export interface FlowLogsProps {
  /** The VPC where it is the server's alone, else the subnet of the node. */
  readonly watched: IVpc | ISubnet;
  readonly encryptionKey: IKey;
  /** @default RetentionDays.ONE_YEAR */
  readonly retention: RetentionDays | undefined;
}

/**
 * Who exchanged packets with the node and its balancers, and who tried: every connection in their network, whether the security groups let
 * it through or not. Of a VPC that is others' too the subnet of the node alone. Not of its interfaces: task and machine get new ones
 * whenever they are replaced, and a flow log of one would end with it.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export class FlowLogs extends Construct {
  public readonly logGroup: LogGroup;
  public readonly role: Role;

  public constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    this.logGroup = retainedLogs(this, props);
    this.role = this.delivery();
    const { policyDependable } = this.role.addToPrincipalPolicy(this.writing());
    const flowLog = new CfnFlowLog(this, 'Resource', {
      ...('vpcId' in props.watched
        ? { resourceType: 'VPC', resourceId: props.watched.vpcId }
        : { resourceType: 'Subnet', resourceId: props.watched.subnetId }),
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: this.logGroup.logGroupName,
      deliverLogsPermissionArn: this.role.roleArn,
      maxAggregationInterval: 60,
    });
    if (policyDependable !== undefined) flowLog.node.addDependency(policyDependable);
  }

  /** Flow logs of this account alone. */
  private delivery(): Role {
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
  }

  /** Into this group alone. */
  private writing(): PolicyStatement {
    return new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [this.logGroup.logGroupArn],
    });
  }
}
