import { ACCOUNT_ARN, KEY, of, type Deployed } from './example';

const VOLUME = ACCOUNT_ARN('ec2', 'volume/{Data}');
const MACHINES = ACCOUNT_ARN('ec2', 'instance/i-?????????????????');
const CLUSTER = ACCOUNT_ARN('ecs', 'cluster/{MachineCluster}');
const SNAPSHOTS = 'arn:aws:ec2:eu-central-1::snapshot/snap-?????????????????';
const VIA_EC2 = 'StringEquals kms:ViaService=ec2.eu-central-1.amazonaws.com';
const FOR_AWS = 'Bool kms:GrantIsForAWSResource=true';
const OF_THIS_ACCOUNT = 'StringEquals aws:SourceAccount=111122223333';
const STARTER = 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/{EncryptionAutoScalingRole}';

/** Every name in a policy is of this stack, or of what the example was given. */
export function expectedIdentity(example: Deployed): Readonly<Record<string, unknown>> {
  return {
    'who may take each role on, and what it may do': {
      MachineRole: role('ec2.amazonaws.com', machine(example)),
      MonitoringFlowLogsRole: role(`vpc-flow-logs.amazonaws.com when ${OF_THIS_ACCOUNT}`, [
        `Allow logs:CreateLogStream, logs:DescribeLogStreams, logs:PutLogEvents on ${log('{RestateMonitoringFlowLogsB0CC3C25}')}:*`,
      ]),
      SnapshotsRole: role('dlm.amazonaws.com', snapshots(example)),
      TaskDefinitionTaskRole: role('ecs-tasks.amazonaws.com', []),
      TaskExecutionRole: role('ecs-tasks.amazonaws.com', execution(example)),
    },
    'the role that starts machines is one of this stack alone': {
      path: '/aws-service-role/autoscaling.amazonaws.com/',
      named: 'by this stack',
      trust: ['Allow sts:AssumeRole to autoscaling.amazonaws.com'],
    },
    'the key rotates, and who may use it': {
      rotates: true,
      policy: [
        'Allow kms:* on * to arn:aws:iam::111122223333:root',
        `Allow kms:DescribeKey, kms:Decrypt, kms:GenerateDataKeyWithoutPlaintext, kms:GenerateDataKey on * to ${STARTER}`,
        `Allow kms:CreateGrant on * to ${STARTER} when ${FOR_AWS}`,
        'Allow kms:Encrypt, kms:Decrypt, kms:ReEncryptFrom, kms:ReEncryptTo, kms:GenerateDataKey, kms:DescribeKey on * ' +
          `to logs.eu-central-1.amazonaws.com when ArnLike kms:EncryptionContext:aws:logs:arn=${ACCOUNT_ARN('logs', '*')}`,
        `Allow kms:Decrypt, kms:GenerateDataKey on * to delivery.logs.amazonaws.com when ${OF_THIS_ACCOUNT}`,
        `Allow kms:Decrypt, kms:GenerateDataKey on * to cloudwatch.amazonaws.com when ${OF_THIS_ACCOUNT}`,
      ],
    },
    'what the machine is': { MachineLaunchTemplateProfile: ['{MachineRole}'] },
  };
}

function role(who: string, may: readonly string[]): object {
  return { trust: [`Allow sts:AssumeRole to ${who}`], may, attached: [] };
}

function machine(example: Deployed): string[] {
  return [
    ...(example === 'Ledger' ? ['Allow s3:GetObject on arn:aws:s3:::example-callers-authority/callers.crl.pem'] : []),
    `Allow ecs:RegisterContainerInstance, ecs:DeregisterContainerInstance on ${CLUSTER}`,
    `Allow ecs:SubmitAttachmentStateChanges, ecs:SubmitContainerStateChange, ecs:SubmitTaskStateChange on ${CLUSTER}`,
    `Allow ecs:Poll, ecs:StartTelemetrySession on ${ACCOUNT_ARN('ecs', `container-instance/{MachineCluster}/${'?'.repeat(32)}`)}`,
    'Allow ecs:DiscoverPollEndpoint on *',
    `Allow ec2:AttachVolume on ${VOLUME}`,
    `Allow ec2:AttachVolume on ${MACHINES} when StringEquals ec2:ResourceTag/portcullis:volume={Data}`,
    `Allow ec2:CreateTags on ${VOLUME} when Null aws:ResourceTag/portcullis:marker=true and ` +
      'ForAllValues:StringEquals aws:TagKeys=portcullis:marker',
    'Allow ec2:DescribeVolumes on *',
    `Allow kms:Decrypt on ${KEY} when ${VIA_EC2}`,
    `Allow kms:CreateGrant on ${KEY} when ${VIA_EC2} and ${FOR_AWS}`,
    `Allow logs:CreateLogStream, logs:PutLogEvents on ${log('{Logs}')}:log-stream:machine/i-?????????????????`,
    `Allow ssm:UpdateInstanceInformation on ${MACHINES}`,
    'Allow ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel, ' +
      'ssmmessages:OpenDataChannel on *',
  ];
}

function snapshots(example: Deployed): string[] {
  const disk = of(example, { Orders: '91e9de315bbf', Billing: 'ed45e63dfbf5', Ledger: 'fc802fdbe0cc' });
  const own = `aws:ResourceTag/portcullis:snapshots={stack}-${disk}`;
  return [
    `Allow ec2:CreateSnapshot on ${VOLUME}, ${SNAPSHOTS}`,
    `Allow ec2:CreateTags on ${SNAPSHOTS} when StringEqualsIfExists ${own}`,
    `Allow ec2:DeleteSnapshot on ${SNAPSHOTS} when StringEquals ${own}`,
    'Allow ec2:DescribeVolumes, ec2:DescribeSnapshots on *',
    `Allow kms:Decrypt, kms:DescribeKey, kms:GenerateDataKeyWithoutPlaintext on ${KEY} when ${VIA_EC2}`,
    `Allow kms:CreateGrant on ${KEY} when ${VIA_EC2} and ${FOR_AWS}`,
  ];
}

function execution(example: Deployed): string[] {
  const secrets = [
    `${example.toLowerCase()}/restate-identity-key`,
    ...(example === 'Ledger' ? ['ledger/certificate'] : []),
  ];
  return [
    'Allow ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on ' +
      ['restatedev/restate', 'envoyproxy/envoy']
        .map((name) => ACCOUNT_ARN('ecr', `repository/mirror/${name}`))
        .join(', '),
    'Allow ecr:GetAuthorizationToken on *',
    `Allow logs:CreateLogStream, logs:PutLogEvents on ${log('{Logs}')}:*`,
    ...secrets.map(
      (name) =>
        `Allow secretsmanager:GetSecretValue, secretsmanager:DescribeSecret on ${ACCOUNT_ARN('secretsmanager', `secret:${name}-??????`)}`,
    ),
  ];
}

const log = (name: string): string => ACCOUNT_ARN('logs', `log-group:${name}`);
