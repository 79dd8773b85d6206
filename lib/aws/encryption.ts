import { Aws, Fn, Stack } from 'aws-cdk-lib';
import { CfnServiceLinkedRole, PolicyStatement, ArnPrincipal, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';

/**
 * Services that write for this account into what the key encrypts: the access logs of the load balancers, and what alarms tell the topic.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/enable-access-logs.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
const WRITERS = ['delivery.logs.amazonaws.com', 'cloudwatch.amazonaws.com'];

/** Properties of {@link Encryption}. */
export interface EncryptionProps {
  /** A key made in this app. @default - a new one that rotates every year and outlives the stack */
  readonly key: IKey | undefined;
}

/**
 * The customer-managed key of disks and logs, and the one role, beside the account's administrators, that may start a machine with it.
 */
export class Encryption extends Construct {
  public readonly key: IKey;
  /** ARN of the Auto Scaling role that launches the machine with its encrypted root disk. */
  public readonly autoScalingRoleArn: string;

  public constructor(scope: Construct, id: string, props: EncryptionProps) {
    super(scope, id);
    this.key = props.key ?? new Key(this, 'Key', { description: 'Restate: disks and logs', enableKeyRotation: true });
    this.autoScalingRoleArn = this.autoScalingRole();
    this.admit(autoScalingStatements(this.autoScalingRoleArn));
    this.admit([logsStatement(this), ...WRITERS.map((service) => serviceStatement(this, service))]);
  }

  /**
   * A role of this server alone. The account-wide one may not exist yet, and it would lend the key to every group of the account.
   * Its suffix tells stacks apart by the time in the stack's id, and servers of one stack by their path: 32 of the 35 characters that fit.
   */
  private autoScalingRole(): string {
    const stackId = Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID)));
    const suffix = Fn.join('', [...[0, 1, 2, 3].map((part) => Fn.select(part, stackId)), this.node.addr.slice(-12)]);
    const role = new CfnServiceLinkedRole(this, 'AutoScalingRole', {
      awsServiceName: 'autoscaling.amazonaws.com',
      customSuffix: suffix,
      description: 'Starts the machine of Restate with its encrypted disk',
    });
    return Stack.of(this).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: `aws-service-role/autoscaling.amazonaws.com/${role.attrRoleName}`,
    });
  }

  private admit(statements: readonly PolicyStatement[]): void {
    for (const statement of statements) {
      if (this.key.addToResourcePolicy(statement).statementAdded) continue;
      throw new UnsafeConfigurationError({
        code: 'EncryptionKeyImported',
        given: `encryptionKey ${quote(this.key.node.path)} was made outside this app`,
        because: 'its policy cannot be extended from here, and without that neither disk nor log could be written',
        write: 'pass a Key made in this app, or leave encryptionKey out',
      });
    }
  }
}

/**
 * For the disks of the machine, and to tell of it on an encrypted topic.
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html
 */
function autoScalingStatements(roleArn: string): PolicyStatement[] {
  const principals = [new ArnPrincipal(roleArn)];
  return [
    new PolicyStatement({
      principals,
      actions: ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:GenerateDataKey'],
      resources: ['*'],
    }),
    new PolicyStatement({
      principals,
      actions: ['kms:CreateGrant'],
      resources: ['*'],
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }),
  ];
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function logsStatement(scope: Construct): PolicyStatement {
  const stack = Stack.of(scope);
  return new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: [
      'kms:Encrypt',
      'kms:Decrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:GenerateDataKey',
      'kms:DescribeKey',
    ],
    resources: ['*'],
    conditions: {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: '*' }) },
    },
  });
}

/** A service of AWS, as far as it acts for this account. */
function serviceStatement(scope: Construct, service: string): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal(service)],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}
