import { Stack } from 'aws-cdk-lib';
import { CfnFlowLog, type ISubnet } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { retainedLogs } from './retained-logs';

/** Properties of {@link FlowLogs}. */
export interface FlowLogsProps {
  /** The subnet of the node. */
  readonly subnet: ISubnet;
  readonly encryptionKey: IKey;
  /** @default RetentionDays.ONE_YEAR */
  readonly retention: RetentionDays | undefined;
}

/**
 * Who exchanged packets with the node, and who tried: every connection in its subnet, whether the security groups let it through or not.
 * The subnet and not the VPC, which may be others' too; task and machine get new interfaces whenever they are replaced, and a flow log of
 * one would end with it.
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
    const flowLog = new CfnFlowLog(this, 'Resource', {
      resourceType: 'Subnet',
      resourceId: props.subnet.subnetId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: this.logGroup.logGroupName,
      deliverLogsPermissionArn: this.role.roleArn,
      maxAggregationInterval: 60,
    });
    flowLog.node.addDependency(this.role);
  }

  /** Flow logs of this account alone, into this group alone. */
  private delivery(): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    );
    return role;
  }
}
