import { Duration, Stack } from 'aws-cdk-lib';
import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type DataVolume, SNAPSHOT_TAG } from './data-volume';
import type { SnapshotOptions } from './snapshot-options';

/** The id that a snapshot gets when it is taken, by its form. */
const SNAPSHOT = `snap-${'?'.repeat(17)}`;

/** Properties of {@link Snapshots}. */
export interface SnapshotsProps {
  readonly volume: DataVolume;
  /** Key of the volume, and so of its snapshots. */
  readonly encryptionKey: IKey;
  readonly schedule: Required<SnapshotOptions>;
}

/**
 * Snapshots of the data disk by the clock: each is what a machine would find that lost its power at that moment, which is what the
 * server's own log recovers from. They carry the tags of the disk, so that each says whose data it holds, and outlive the stack.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
 */
export class Snapshots extends Construct {
  public readonly role: Role;
  public readonly policy: CfnLifecyclePolicy;
  /** Hours from one to the next. */
  public readonly everyHours: number;

  public constructor(scope: Construct, id: string, props: SnapshotsProps) {
    super(scope, id);
    const { volume, schedule } = props;
    this.everyHours = schedule.everyHours;
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('dlm.amazonaws.com') });
    const rights = this.statements(props).flatMap(
      (each) => this.role.addToPrincipalPolicy(each).policyDependable ?? [],
    );
    this.policy = new CfnLifecyclePolicy(this, 'Resource', {
      description: 'Snapshots of the data disk of Restate',
      state: 'ENABLED',
      executionRoleArn: this.role.roleArn,
      policyDetails: {
        policyType: 'EBS_SNAPSHOT_MANAGEMENT',
        resourceTypes: ['VOLUME'],
        targetTags: [{ key: SNAPSHOT_TAG, value: volume.snapshotTag }],
        schedules: [
          {
            name: `Every ${schedule.everyHours} hours`,
            createRule: { interval: schedule.everyHours, intervalUnit: 'HOURS', times: ['00:00'] },
            retainRule: { count: schedule.keep },
            copyTags: true,
          },
        ],
      },
    });
    this.policy.node.addDependency(...rights);
  }

  /** Snapshots that were finished. Sum over an hour; nothing at all where none was. */
  public metricCompleted(options?: MetricOptions): Metric {
    return new Metric({
      namespace: 'AWS/EBS',
      metricName: 'SnapshotsCreateCompleted',
      dimensionsMap: { DLMPolicyId: this.policy.ref },
      statistic: Stats.SUM,
      period: Duration.hours(1),
      ...options,
    });
  }

  /**
   * What the service does by this role: snapshots of this one disk, and away with its own. A snapshot that is not there yet has no tag to
   * be known by; one with the tag of another disk is never touched.
   */
  private statements({ volume, encryptionKey }: SnapshotsProps): PolicyStatement[] {
    const stack = Stack.of(this);
    const disk = stack.formatArn({ service: 'ec2', resource: 'volume', resourceName: volume.volumeId });
    const snapshots = stack.formatArn({ service: 'ec2', account: '', resource: 'snapshot', resourceName: SNAPSHOT });
    const own = { [`aws:ResourceTag/${SNAPSHOT_TAG}`]: volume.snapshotTag };
    const viaEc2 = { 'kms:ViaService': `ec2.${stack.region}.amazonaws.com` };
    return [
      new PolicyStatement({ actions: ['ec2:CreateSnapshot'], resources: [disk, snapshots] }),
      new PolicyStatement({
        actions: ['ec2:CreateTags'],
        resources: [snapshots],
        conditions: { StringEqualsIfExists: own },
      }),
      new PolicyStatement({
        actions: ['ec2:DeleteSnapshot'],
        resources: [snapshots],
        conditions: { StringEquals: own },
      }),
      new PolicyStatement({ actions: ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots'], resources: ['*'] }),
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        resources: [encryptionKey.keyArn],
        conditions: { StringEquals: viaEc2 },
      }),
      new PolicyStatement({
        actions: ['kms:CreateGrant'],
        resources: [encryptionKey.keyArn],
        conditions: { StringEquals: viaEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
    ];
  }
}
