import { Aws, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { RevocationObject } from '../core/revocation-object';
import { revocationObjectArn } from './revocation-object';

/** Services that the machine reaches privately. */
export type EndpointName =
  | 'ec2'
  | 'ecr.api'
  | 'ecr.dkr'
  | 'ecs'
  | 'ecs-agent'
  | 'ecs-telemetry'
  | 'logs'
  | 's3'
  | 'secretsmanager'
  | 'ssm'
  | 'ssmmessages';

/**
 * What may pass each endpoint: the actions of a machine that runs containers, by roles of this account, on things of this account. So
 * neither stolen foreign credentials nor a bucket, log group or registry of somebody else is a way out of the VPC.
 *
 * @param revocation the revocation list, which an authority may publish in another account
 */
export function endpointPolicies(
  scope: Construct,
  revocation: RevocationObject | undefined,
): Readonly<Record<EndpointName, readonly PolicyStatement[]>> {
  const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  return {
    ec2: [ours('ec2:DescribeVolumes'), onOurs('ec2:AttachVolume', 'ec2:CreateTags')],
    'ecr.api': [ours('ecr:GetAuthorizationToken'), onOurs(...pull)],
    'ecr.dkr': [ours('ecr:GetAuthorizationToken'), onOurs(...pull)],
    ecs: [
      ours('ecs:DiscoverPollEndpoint'),
      onOurs(
        'ecs:RegisterContainerInstance',
        'ecs:DeregisterContainerInstance',
        'ecs:SubmitAttachmentStateChanges',
        'ecs:SubmitContainerStateChange',
        'ecs:SubmitTaskStateChange',
      ),
    ],
    'ecs-agent': NO_POLICY,
    'ecs-telemetry': NO_POLICY,
    logs: [onOurs('logs:CreateLogStream', 'logs:PutLogEvents')],
    s3: [imageLayers(scope), ...revocationList(scope, revocation)],
    secretsmanager: [onOurs('secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue')],
    ssm: [onOurs('ssm:UpdateInstanceInformation')],
    ssmmessages: [
      ours(
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ),
    ],
  };
}

/**
 * What the ECS agent's two own endpoints take: creating one with a policy was refused when they came, and nothing says that it has
 * changed. Nothing but the agent's protocol passes them.
 *
 * @see https://github.com/awsdocs/amazon-ecs-developer-guide/issues/55
 */
const NO_POLICY: readonly PolicyStatement[] = [];

/** Callers of this account; for actions that know no resource. */
function ours(...actions: string[]): PolicyStatement {
  return oursOn(['*'], ...actions);
}

/** Callers of this account, on resources of anybody by name. */
function oursOn(resources: string[], ...actions: string[]): PolicyStatement {
  return new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions,
    resources,
    conditions: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
  });
}

/** Callers and resources of this account. */
function onOurs(...actions: string[]): PolicyStatement {
  const statement = ours(...actions);
  statement.addCondition('StringEquals', {
    'aws:PrincipalAccount': Aws.ACCOUNT_ID,
    'aws:ResourceAccount': Aws.ACCOUNT_ID,
  });
  return statement;
}

/**
 * ECR keeps image layers in a bucket of its own, one a region, and hands out signed addresses: the caller is ECR.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
function imageLayers(scope: Construct): PolicyStatement {
  const { partition, region } = Stack.of(scope);
  return new PolicyStatement({
    principals: [new AnyPrincipal()],
    actions: ['s3:GetObject'],
    resources: [`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`],
  });
}

function revocationList(scope: Construct, revocation: RevocationObject | undefined): PolicyStatement[] {
  return revocation === undefined ? [] : [oursOn([revocationObjectArn(scope, revocation)], 's3:GetObject')];
}
