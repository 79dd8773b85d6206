import type { EditedFile } from '../../../check/examples';
import { group, idOf } from '../strangers/fault';
import type { HarmlessChange } from './harmless-change';

/** More resources beside those of the deployment. */
const beside =
  (more: (file: EditedFile) => object): HarmlessChange['edit'] =>
  (file) =>
    void Object.assign(file['Resources'], more(file));

/** What others of the same account deploy beside. */
export const BESIDE_ON_AWS: readonly HarmlessChange[] = [
  {
    id: 'unrelated-instance-added',
    edit: beside(() => ({
      Another: {
        Type: 'AWS::EC2::Instance',
        Properties: { ImageId: 'ami-0123456789abcdef0', SubnetId: 'subnet-0123456789abcdef0' },
      },
    })),
  },
  {
    id: 'unrelated-balancer-added',
    edit: beside((file) => ({
      AnotherGroup: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'x',
          VpcId: { Ref: idOf(file, 'EC2::VPC', 'Network') },
          SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
        },
      },
      Another: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: {
          Type: 'application',
          Scheme: 'internet-facing',
          Subnets: [{ Ref: idOf(file, 'EC2::Subnet', 'PublicSubnet1') }],
          SecurityGroups: [{ Ref: 'AnotherGroup' }],
        },
      },
    })),
  },
  {
    id: 'unrelated-database-added',
    edit: beside((file) => ({
      AnotherGroup: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'x', VpcId: { Ref: idOf(file, 'EC2::VPC', 'Network') } },
      },
      Another: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          DBInstanceClass: 'db.t4g.micro',
          Engine: 'postgres',
          VPCSecurityGroups: [{ 'Fn::GetAtt': ['AnotherGroup', 'GroupId'] }],
        },
      },
    })),
  },
  {
    id: 'unrelated-user-added',
    edit: beside(() => ({
      Another: {
        Type: 'AWS::IAM::User',
        Properties: {
          Policies: [
            {
              PolicyName: 'x',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' }],
              },
            },
          ],
        },
      },
    })),
  },
  {
    id: 'unrelated-key-added',
    edit: beside(() => ({
      Another: {
        Type: 'AWS::KMS::Key',
        Properties: {
          KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' }] },
        },
      },
    })),
  },
  {
    id: 'unrelated-secret-added',
    edit: beside(() => ({
      Another: { Type: 'AWS::SecretsManager::Secret', Properties: { GenerateSecretString: {} } },
    })),
  },
  {
    id: 'unrelated-disk-added',
    edit: beside(() => ({
      Another: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'eu-central-1a', Size: 8 } },
    })),
  },
  {
    id: 'unrelated-endpoint-of-a-gateway-added',
    edit: beside((file) => ({
      Another: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: {
          ServiceName: 'com.amazonaws.eu-central-1.dynamodb',
          VpcId: { Ref: idOf(file, 'EC2::VPC', 'Network') },
          RouteTableIds: [{ Ref: idOf(file, 'EC2::RouteTable', 'PublicSubnet1') }],
        },
      },
    })),
  },
  {
    id: 'services-of-users-added',
    edit: beside((file) => ({
      Another: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Runtime: 'nodejs22.x',
          Handler: 'i.h',
          Code: { ZipFile: 'x' },
          Role: 'arn:aws:iam::111122223333:role/x',
          VpcConfig: {
            SubnetIds: [{ Ref: idOf(file, 'EC2::Subnet', 'PublicSubnet1') }],
            SecurityGroupIds: [group(file, 'Services')],
          },
        },
      },
    })),
  },
  {
    id: 'callers-of-users-added',
    example: 'Billing',
    edit: beside((file) => ({
      Another: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          ImageId: 'ami-0123456789abcdef0',
          SecurityGroupIds: [{ 'Fn::GetAtt': [idOf(file, 'EC2::SecurityGroup', 'Shop'), 'GroupId'] }],
        },
      },
    })),
  },
  {
    id: 'unrelated-queue-with-policy-added',
    edit: beside(() => ({
      Another: { Type: 'AWS::SQS::Queue' },
      AnotherPolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Another' }],
          PolicyDocument: {
            Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
          },
        },
      },
    })),
  },
  {
    id: 'unrelated-group-of-machines-added',
    edit: beside(() => ({
      AnotherTemplate: {
        Type: 'AWS::EC2::LaunchTemplate',
        Properties: { LaunchTemplateData: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't4g.micro' } },
      },
      Another: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: {
          MinSize: '0',
          MaxSize: '4',
          LaunchTemplate: { LaunchTemplateId: { Ref: 'AnotherTemplate' }, Version: '1' },
          VPCZoneIdentifier: ['subnet-0123456789abcdef0'],
        },
      },
    })),
  },
];
