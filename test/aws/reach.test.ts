import { Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { everything } from './everything';
import { newStack, resourceOf, resourcesOf, serverIn, templateOf } from './template-of';

/** What costs money or holds data, and carries tags. */
const TAGGED = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::DLM::LifecyclePolicy',
  'AWS::EC2::FlowLog',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::Volume',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
];

describe('a tag of the whole server', () => {
  const stack = newStack();
  Tags.of(serverIn(stack, everything(stack))).add('cost-centre', 'orders');
  const template = Template.fromStack(stack);

  test.each(TAGGED)('reaches %s', (type) => {
    const found = resourcesOf(template, type).filter(([id]) => id.startsWith('Restate'));
    expect(found.length).toBeGreaterThan(0);
    for (const [id, { Properties }] of found) {
      expect([id, JSON.stringify(Properties['Tags'] ?? Properties['HostedZoneTags'])]).toEqual([
        id,
        expect.stringMatching(/"cost-centre".*"orders"|cost-centre":"orders/),
      ]);
    }
  });

  test('reaches the machine and its root disk when they are launched, beside the tag that the right to the disk hangs on', () => {
    const { LaunchTemplateData } = resourceOf(template, 'AWS::EC2::LaunchTemplate').Properties as {
      LaunchTemplateData: { TagSpecifications: { ResourceType: string; Tags: { Key: string }[] }[] };
    };
    const reached = LaunchTemplateData.TagSpecifications.map(({ ResourceType, Tags: tags }) => [
      ResourceType,
      tags.map(({ Key }) => Key),
    ]);
    expect(reached).toEqual([
      ['instance', expect.arrayContaining(['cost-centre', 'portcullis:volume'])],
      ['volume', expect.arrayContaining(['cost-centre', 'portcullis:volume'])],
    ]);
  });
});

describe('a permissions boundary', () => {
  test('reaches every role of the server', () => {
    const stack = newStack();
    const server = serverIn(stack, everything(stack));
    PermissionsBoundary.of(server).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'most-of-it'));
    const roles = resourcesOf(Template.fromStack(stack), 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThanOrEqual(5);
    for (const [, { Properties }] of roles) {
      expect(JSON.stringify(Properties['PermissionsBoundary'])).toContain('policy/most-of-it');
    }
  });
});

describe('what a deleted stack leaves', () => {
  test('is what holds data or opens it, and nothing else', () => {
    const stack = newStack();
    serverIn(stack, everything(stack));
    const kept = Object.values(Template.fromStack(stack).toJSON()['Resources'] as Record<string, { Type: string }>)
      .filter((resource) => 'DeletionPolicy' in resource && resource.DeletionPolicy !== 'Delete')
      .map(({ Type }) => Type);
    expect([...new Set(kept)].sort()).toEqual([
      'AWS::EC2::Volume',
      'AWS::KMS::Key',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
    ]);
  });

  test('is not even taken by the load balancers in front of it: they refuse to be deleted', () => {
    const balancers = resourcesOf(templateOf(everything), 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(balancers).toHaveLength(2);
    for (const [, { Properties }] of balancers) {
      expect(Properties['LoadBalancerAttributes']).toContainEqual({
        Key: 'deletion_protection.enabled',
        Value: 'true',
      });
    }
  });
});

describe('a network of somebody else', () => {
  test('is used as it is: no network, subnet, route or endpoint is made in it', () => {
    const stack = newStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Theirs', {
      vpcId: 'vpc-0theirs',
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      isolatedSubnetIds: ['subnet-0a', 'subnet-0b'],
      isolatedSubnetRouteTableIds: ['rtb-0a', 'rtb-0b'],
    });
    const existingEndpoints = SecurityGroup.fromSecurityGroupId(stack, 'Endpoints', 'sg-0endpoints');
    serverIn(stack, { existingEndpoints }, vpc);
    const template = Template.fromStack(stack);
    expect(resourcesOf(template, /^AWS::EC2::(VPC|VPCEndpoint|Subnet|Route|RouteTable|NatGateway)$/)).toEqual([]);
    template.hasResourceProperties('AWS::EC2::Volume', { AvailabilityZone: 'eu-central-1a' });
    template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: ['subnet-0a'] });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-0endpoints',
      FromPort: 443,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('Host'), 'GroupId'] },
    });
  });
});
