import { Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceType, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Encryption } from '../../lib/aws/encryption';
import { newStack, resourceOf, resourcesOf, serverIn, templateOf } from './template-of';

const OWN_KEY = { 'Fn::GetAtt': [Match.stringLikeRegexp('^RestateEncryptionKey'), 'Arn'] };

describe('the machine', () => {
  const template = templateOf();

  test('demands version 2 of the metadata service and answers one hop', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } },
    });
  });

  test('has no public address, no key to log in with and an encrypted root disk', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        KeyName: Match.absent(),
        NetworkInterfaces: [Match.objectLike({ AssociatePublicIpAddress: false })],
        BlockDeviceMappings: [{ Ebs: Match.objectLike({ Encrypted: true, KmsKeyId: OWN_KEY, VolumeType: 'gp3' }) }],
      },
    });
    expect(JSON.stringify(template.toJSON())).not.toContain('"AssociatePublicIpAddress":true');
  });

  test('is one, ends before the next starts, and stands in an isolated subnet', () => {
    template.hasResource('AWS::AutoScaling::AutoScalingGroup', {
      Properties: {
        MinSize: '0',
        MaxSize: '1',
        DesiredCapacity: '1',
        InstanceMaintenancePolicy: { MinHealthyPercentage: 0, MaxHealthyPercentage: 100 },
        VPCZoneIdentifier: [{ Ref: Match.stringLikeRegexp('^NetworkIsolatedSubnet1') }],
      },
      UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: 0, MaxBatchSize: 1 } },
    });
  });

  test('is started by a role of this stack alone, since its disk is encrypted with this key', () => {
    template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      ServiceLinkedRoleARN: { 'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': [Match.anyValue(), 'RoleName'] }])] },
    });
    expect(JSON.stringify(resourceOf(template, 'AWS::IAM::ServiceLinkedRole').Properties['CustomSuffix'])).toContain(
      'AWS::StackId',
    );
  });

  test('is started by another role than that of a second server in the same stack', () => {
    const stack = newStack();
    for (const id of ['A', 'B']) new Encryption(stack, id, { key: undefined });
    const roles = resourcesOf(Template.fromStack(stack), 'AWS::IAM::ServiceLinkedRole');
    expect(new Set(roles.map(([, { Properties }]) => JSON.stringify(Properties['CustomSuffix']))).size).toBe(2);
  });

  test('hides the metadata service from tasks and forbids privileged ones', () => {
    const { LaunchTemplateData } = resourceOf(template, 'AWS::EC2::LaunchTemplate').Properties as {
      LaunchTemplateData: { UserData: unknown };
    };
    const userData = JSON.stringify(LaunchTemplateData.UserData);
    expect(userData).toContain('\\nECS_AWSVPC_BLOCK_IMDS=true\\n');
    expect(userData).toContain('\\nECS_DISABLE_PRIVILEGED=true\\n');
  });

  test('reports that break-glass exists', () => {
    template.hasResource('AWS::EC2::LaunchTemplate', {
      Metadata: { 'portcullis:accepted': [Match.objectLike({ claim: 'admin-closed' })] },
    });
  });

  test('is of the type that is asked for', () => {
    const asked = templateOf(() => ({ instanceType: new InstanceType('c7i.xlarge') }));
    asked.hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { InstanceType: 'c7i.xlarge' } });
  });
});

describe('what is kept', () => {
  const template = templateOf();

  test('outlives the stack: disk, key, logs, access logs and who may read them, and flow logs', () => {
    const kept = resourcesOf(template, /^AWS::(EC2::Volume|KMS::Key|Logs::LogGroup|S3::Bucket|S3::BucketPolicy)$/);
    expect(kept).toHaveLength(6);
    for (const [, resource] of kept) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
    const policies = Object.values(template.toJSON()['Resources'] as Record<string, Record<string, unknown>>);
    expect(policies.filter((resource) => resource['DeletionPolicy'] === 'Delete')).toEqual([]);
  });

  test('is encrypted with a key of its own that rotates', () => {
    template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true });
    template.hasResourceProperties('AWS::EC2::Volume', { Encrypted: true, KmsKeyId: OWN_KEY, VolumeType: 'gp3' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: OWN_KEY, RetentionInDays: 365 });
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: { KMSMasterKeyID: OWN_KEY, SSEAlgorithm: 'aws:kms' } }),
        ],
      },
    });
  });

  test('has no name that two stacks could fight for', () => {
    const named = Object.values(
      template.toJSON()['Resources'] as Record<string, { Properties?: Record<string, unknown> }>,
    );
    const names = named.flatMap(({ Properties = {} }) =>
      Object.keys(Properties).filter(
        (key) =>
          typeof Properties[key] === 'string' &&
          [
            'BucketName',
            'LogGroupName',
            'AlarmName',
            'DashboardName',
            'FilterName',
            'RoleName',
            'ClusterName',
            'ServiceName',
            'AutoScalingGroupName',
            'LaunchTemplateName',
          ].includes(key),
      ),
    );
    expect(names.filter((name) => name !== 'ServiceName')).toEqual([]);
  });

  test('is as large and as long-lived as asked for, and stands where it is asked to', () => {
    const asked = templateOf(
      () => ({
        volumeSize: Size.gibibytes(200),
        logRetention: RetentionDays.TEN_YEARS,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      }),
      1,
    );
    asked.hasResourceProperties('AWS::EC2::Volume', { Size: 200 });
    asked.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 3_653 });
    asked.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      VPCZoneIdentifier: [{ Ref: Match.stringLikeRegexp('^NetworkPrivateSubnet1') }],
    });
  });

  test('is encrypted with a key that is given, and that key admits who needs it', () => {
    const stack = newStack();
    serverIn(stack, { encryptionKey: new Key(stack, 'Mine') });
    const own = Template.fromStack(stack);
    own.resourceCountIs('AWS::KMS::Key', 1);
    own.hasResourceProperties('AWS::EC2::Volume', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] },
    });
    own.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Action: 'kms:CreateGrant' })]) },
    });
  });
});
