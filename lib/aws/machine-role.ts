import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Cluster } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { RevocationObject } from '../core/revocation-object';
import { MARKER_TAG } from './data-volume-script';
import { REPORT_STREAM_PREFIX } from './machine-report';
import { revocationObjectArn } from './revocation-object';

/** Tag of the machine: the one volume that it may attach. */
export const VOLUME_TAG = 'portcullis:volume';

/** An id that the service makes later, by its form: it fits nothing else. */
const INSTANCE = `i-${'?'.repeat(17)}`;
const CONTAINER_INSTANCE = '?'.repeat(32);

/** Properties of {@link MachineRole}. */
export interface MachineRoleProps {
  readonly cluster: Cluster;
  readonly volumeId: string;
  readonly encryptionKey: IKey;
  /** What the machine reports to. */
  readonly logGroup: ILogGroup;
  /** The revocation list that the machine fetches, where callers show certificates. */
  readonly revocation: RevocationObject | undefined;
}

/**
 * What the machine may do: be an ECS machine of its own cluster, attach its own disk, and be reached by an operator through Session
 * Manager. Where the service takes no names the action stands alone with `*`, as the service authorisation reference says.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
 */
export class MachineRole extends Construct {
  public readonly role: Role;

  public constructor(scope: Construct, id: string, props: MachineRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Resource', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    if (props.revocation !== undefined) {
      this.role.addToPolicy(allow([revocationObjectArn(this, props.revocation)], 's3:GetObject'));
    }
    for (const statement of [
      ...this.agent(props.cluster),
      ...this.disk(props),
      this.report(props),
      ...this.breakGlass(),
    ]) {
      this.role.addToPolicy(statement);
    }
  }

  private agent(cluster: Cluster): PolicyStatement[] {
    const stack = Stack.of(this);
    const instances = stack.formatArn({
      service: 'ecs',
      resource: 'container-instance',
      resourceName: `${cluster.clusterName}/${CONTAINER_INSTANCE}`,
    });
    return [
      allow([cluster.clusterArn], 'ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance'),
      allow(
        [cluster.clusterArn],
        'ecs:SubmitAttachmentStateChanges',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitTaskStateChange',
      ),
      allow([instances], 'ecs:Poll', 'ecs:StartTelemetrySession'),
      allow(['*'], 'ecs:DiscoverPollEndpoint'),
    ];
  }

  /** The marker can be set while there is none: not even the machine can make the disk another cluster's. */
  private disk({ volumeId, encryptionKey }: MachineRoleProps): PolicyStatement[] {
    const stack = Stack.of(this);
    const volume = stack.formatArn({ service: 'ec2', resource: 'volume', resourceName: volumeId });
    const machines = stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: INSTANCE });
    const viaEc2 = { 'kms:ViaService': `ec2.${stack.region}.amazonaws.com` };
    return [
      allow([volume], 'ec2:AttachVolume'),
      when({ StringEquals: { [`ec2:ResourceTag/${VOLUME_TAG}`]: volumeId } }, allow([machines], 'ec2:AttachVolume')),
      when(
        {
          Null: { [`aws:ResourceTag/${MARKER_TAG}`]: 'true' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': [MARKER_TAG] },
        },
        allow([volume], 'ec2:CreateTags'),
      ),
      allow(['*'], 'ec2:DescribeVolumes'),
      when({ StringEquals: viaEc2 }, allow([encryptionKey.keyArn], 'kms:Decrypt')),
      when(
        { StringEquals: viaEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        allow([encryptionKey.keyArn], 'kms:CreateGrant'),
      ),
    ];
  }

  /** Into streams of its own: what the containers wrote cannot be added to. */
  private report({ logGroup }: MachineRoleProps): PolicyStatement {
    const streams = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: `${logGroup.logGroupName}:log-stream:${REPORT_STREAM_PREFIX}${INSTANCE}`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    return allow([streams], 'logs:CreateLogStream', 'logs:PutLogEvents');
  }

  private breakGlass(): PolicyStatement[] {
    const machines = Stack.of(this).formatArn({ service: 'ec2', resource: 'instance', resourceName: INSTANCE });
    return [
      allow([machines], 'ssm:UpdateInstanceInformation'),
      allow(
        ['*'],
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ),
    ];
  }
}

function allow(resources: string[], ...actions: string[]): PolicyStatement {
  return new PolicyStatement({ effect: Effect.ALLOW, actions, resources });
}

function when(conditions: Record<string, unknown>, statement: PolicyStatement): PolicyStatement {
  statement.addConditions(conditions);
  return statement;
}
