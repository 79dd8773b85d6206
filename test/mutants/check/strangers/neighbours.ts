import { both, set } from '../../../check/edits';
import { attribute, part, whole } from '../../../check/parts-of-aws';
import { group, idOf, more, type StrangersFault } from './fault';

const VPC = (file: Parameters<typeof idOf>[0]): object => ({ Ref: idOf(file, 'EC2::VPC', 'Network') });

const SUBNET = (file: Parameters<typeof idOf>[0]): string =>
  idOf(
    file,
    'EC2::Subnet',
    file.Resources['NetworkPrivateSubnet1SubnetC4D46731'] ? 'PrivateSubnet1' : 'IsolatedSubnet1',
  );

const TABLE = (file: Parameters<typeof idOf>[0]): string =>
  idOf(
    file,
    'EC2::RouteTable',
    file.Resources['NetworkPrivateSubnet1SubnetC4D46731'] ? 'PrivateSubnet1' : 'IsolatedSubnet1',
  );

const BALANCER = part('AWS::ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancerLoadBalancer');

const tcp = (port: number, peer: object, to = port): object => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: to,
  ...peer,
});

const WORLD = { CidrIp: '0.0.0.0/0' };

/** What else stands in the network, and what is written down of it. */
export const NEIGHBOURS: readonly StrangersFault[] = [
  [
    "an interface in the network with the task's group",
    more('EC2::Instance', (file) => ({
      ImageId: 'ami-0123456789abcdef0',
      SubnetId: { Ref: SUBNET(file) },
      SecurityGroupIds: [group(file, 'Task')],
    })),
    ['rules-exact', 'ingress-no-bypass', 'internal-endpoints-unreachable', 'egress-closed'],
  ],
  [
    "a host with the balancer's group",
    more('EC2::Instance', (file) => ({
      ImageId: 'ami-0123456789abcdef0',
      SubnetId: { Ref: SUBNET(file) },
      SecurityGroupIds: [group(file, 'Balancer')],
    })),
    ['rules-exact', 'ingress-no-bypass'],
  ],
  [
    "a host with the operators' balancer's group",
    more('EC2::Instance', (file) => ({
      ImageId: 'ami-0123456789abcdef0',
      SubnetId: { Ref: SUBNET(file) },
      SecurityGroupIds: [group(file, 'AdminBalancer')],
    })),
    ['admin-closed', 'rules-exact'],
    'Billing',
  ],
  [
    "a function with the balancer's group",
    more('Lambda::Function', (file) => ({
      Runtime: 'nodejs22.x',
      Handler: 'i.h',
      Code: { ZipFile: 'x' },
      Role: 'arn:aws:iam::111122223333:role/x',
      VpcConfig: { SubnetIds: [{ Ref: SUBNET(file) }], SecurityGroupIds: [group(file, 'Balancer')] },
    })),
    ['rules-exact', 'ingress-no-bypass'],
  ],
  [
    "an endpoint for everybody's buckets",
    set(part('AWS::EC2::VPCEndpoint', 'starport'), {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
    }),
    ['egress-closed', 'iam-no-wildcards'],
  ],
  [
    'one more endpoint without a policy',
    more('EC2::VPCEndpoint', (file) => ({
      ServiceName: 'com.amazonaws.eu-central-1.s3',
      VpcEndpointType: 'Interface',
      VpcId: VPC(file),
      SubnetIds: [{ Ref: SUBNET(file) }],
      SecurityGroupIds: [group(file, 'Endpoints')],
    })),
    ['egress-closed', 'iam-no-wildcards'],
  ],
  [
    "a gateway to everybody's tables, with a policy for all",
    more('EC2::VPCEndpoint', (file) => ({
      ServiceName: 'com.amazonaws.eu-central-1.dynamodb',
      VpcEndpointType: 'Gateway',
      VpcId: VPC(file),
      RouteTableIds: [{ Ref: TABLE(file) }],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
    })),
    ['egress-closed', 'iam-no-wildcards'],
  ],
  [
    "the balancer's group is gone from the listener's balancer",
    (file) => {
      BALANCER(file)['SecurityGroups'] = [group(file, 'Services')];
    },
    ['rules-exact'],
  ],
  [
    'no deletion protection',
    attribute(BALANCER, 'LoadBalancerAttributes', 'deletion_protection.enabled', 'false'),
    ['balancers-protected'],
  ],
  [
    'no cross zone',
    attribute(BALANCER, 'LoadBalancerAttributes', 'load_balancing.cross_zone.enabled', 'false'),
    ['balancers-protected'],
  ],
  [
    'no logs of the balancer',
    attribute(BALANCER, 'LoadBalancerAttributes', 'access_logs.s3.enabled', 'false'),
    ['audit-trail-present'],
  ],
  [
    'the logs of the balancer go elsewhere',
    attribute(BALANCER, 'LoadBalancerAttributes', 'access_logs.s3.bucket', 'somebodys-bucket'),
    ['audit-trail-present'],
  ],
  [
    'no logs of flows',
    (file) => {
      const id = idOf(file, 'EC2::FlowLog', 'FlowLogs');
      delete file['Resources'][id];
    },
    ['audit-trail-present'],
  ],
  ['flows that are accepted alone', set(part('AWS::EC2::FlowLog'), { TrafficType: 'ACCEPT' }), ['audit-trail-present']],
  [
    'flows of another subnet',
    (file) => {
      part('AWS::EC2::FlowLog')(file)['ResourceId'] = { Ref: idOf(file, 'EC2::Subnet', 'PublicSubnet1') };
    },
    ['audit-trail-present'],
  ],
  [
    'flows to a bucket of somebody',
    (file) => {
      const log = part('AWS::EC2::FlowLog')(file);
      delete log['LogGroupName'];
      delete log['DeliverLogsPermissionArn'];
      log['LogDestinationType'] = 's3';
      log['LogDestination'] = 'arn:aws:s3:::somebodys-bucket';
    },
    ['audit-trail-present'],
  ],
  [
    'flows in a form without addresses',
    set(part('AWS::EC2::FlowLog'), { LogFormat: '${version}' }),
    ['audit-trail-present'],
  ],
  [
    'everything through to the network, by a list of it',
    both(
      more('EC2::NetworkAcl', (file) => ({ VpcId: VPC(file) })),
      (file) => {
        whole('AWS::EC2::VPC')(file);
        file.Resources['StrangersEntry'] = {
          Type: 'AWS::EC2::NetworkAclEntry',
          Properties: {
            NetworkAclId: { Ref: 'Stranger' },
            RuleNumber: 100,
            Protocol: 6,
            RuleAction: 'allow',
            CidrBlock: '0.0.0.0/0',
            PortRange: { From: 9070, To: 9070 },
          },
        };
        file.Resources['StrangersRule'] = {
          Type: 'AWS::EC2::SecurityGroupIngress',
          Properties: { GroupId: group(file, 'Task'), ...tcp(9070, WORLD) },
        };
      },
    ),
    ['admin-closed'],
  ],
];
