import { add, both, set } from '../../../check/edits';
import { part } from '../../../check/parts-of-aws';
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

const IGW = (file: Parameters<typeof idOf>[0]): object => ({ Ref: idOf(file, 'EC2::InternetGateway', 'IGW') });

const BALANCER = part('AWS::ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancerLoadBalancer');

const ADMIN = part('AWS::ElasticLoadBalancingV2::LoadBalancer', 'RestateAdminBalancerLoadBalancer');

const SERVICE = part('AWS::ECS::Service');

const WORLD = { CidrIp: '0.0.0.0/0' };

/** What stands where, and wears which groups. */
export const PLACEMENT: readonly StrangersFault[] = [
  [
    'another group on the task',
    add(
      (file) => SERVICE(file)['NetworkConfiguration']['AwsvpcConfiguration'],
      'SecurityGroups',
      'sg-0123456789abcdef0',
    ),
    ['admin-closed', 'rules-exact'],
  ],
  [
    'the group of the services on the task',
    (file) => {
      SERVICE(file)['NetworkConfiguration']['AwsvpcConfiguration']['SecurityGroups'].push(group(file, 'Services'));
    },
    ['rules-exact', 'internal-endpoints-unreachable', 'ingress-no-bypass', 'egress-closed'],
  ],
  [
    'the group of the machine on the task',
    (file) => {
      SERVICE(file)['NetworkConfiguration']['AwsvpcConfiguration']['SecurityGroups'].push(group(file, 'Host'));
    },
    ['egress-closed', 'internal-endpoints-unreachable'],
  ],
  [
    'an open group on the task',
    both(
      more('EC2::SecurityGroup', (file) => ({
        GroupDescription: 'x',
        VpcId: VPC(file),
        SecurityGroupIngress: [{ IpProtocol: '-1', ...WORLD }],
      })),
      (file) => {
        SERVICE(file)['NetworkConfiguration']['AwsvpcConfiguration']['SecurityGroups'].push({ Ref: 'Stranger' });
      },
    ),
    ['admin-closed', 'rules-exact'],
  ],
  [
    'an open group on the machine',
    both(
      more('EC2::SecurityGroup', (file) => ({
        GroupDescription: 'x',
        VpcId: VPC(file),
        SecurityGroupIngress: [{ IpProtocol: '-1', ...WORLD }],
      })),
      (file) => {
        part('AWS::EC2::LaunchTemplate')(file)['LaunchTemplateData']['NetworkInterfaces'][0]['Groups'].push({
          Ref: 'Stranger',
        });
      },
    ),
    ['rules-exact', 'egress-closed'],
  ],
  [
    'an open group on the balancer',
    both(
      more('EC2::SecurityGroup', (file) => ({
        GroupDescription: 'x',
        VpcId: VPC(file),
        SecurityGroupIngress: [{ IpProtocol: '-1', ...WORLD }],
      })),
      (file) => {
        BALANCER(file)['SecurityGroups'].push({ Ref: 'Stranger' });
      },
    ),
    ['rules-exact'],
  ],
  [
    'an open group on an endpoint',
    both(
      more('EC2::SecurityGroup', (file) => ({
        GroupDescription: 'x',
        VpcId: VPC(file),
        SecurityGroupIngress: [{ IpProtocol: '-1', ...WORLD }],
      })),
      (file) => {
        part('AWS::EC2::VPCEndpoint', 'secretsmanager')(file)['SecurityGroupIds'].push({ Ref: 'Stranger' });
      },
    ),
    ['rules-exact', 'egress-closed'],
  ],
  [
    'the task has a public address',
    set((file) => SERVICE(file)['NetworkConfiguration']['AwsvpcConfiguration'], { AssignPublicIp: 'ENABLED' }),
    ['no-public-address'],
  ],
  [
    'the task stands in a public subnet',
    (file) => {
      SERVICE(file)['NetworkConfiguration']['AwsvpcConfiguration']['Subnets'] = [
        { Ref: idOf(file, 'EC2::Subnet', 'PublicSubnet1') },
      ];
    },
    ['no-public-address'],
  ],
  [
    'the machine stands in a public subnet',
    (file) => {
      part('AWS::AutoScaling::AutoScalingGroup')(file)['VPCZoneIdentifier'] = [
        { Ref: idOf(file, 'EC2::Subnet', 'PublicSubnet1') },
      ];
    },
    ['no-public-address'],
  ],
  [
    'the machine has a public address',
    (file) => {
      part('AWS::EC2::LaunchTemplate')(file)['LaunchTemplateData']['NetworkInterfaces'][0]['AssociatePublicIpAddress'] =
        true;
    },
    ['no-public-address'],
  ],
  [
    'a route to the internet by the gateway',
    more('EC2::Route', (file) => ({
      RouteTableId: { Ref: TABLE(file) },
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: IGW(file),
    })),
    ['no-public-address'],
    'Billing',
    'Ledger',
  ],
  [
    'half a route to the internet by the gateway',
    more('EC2::Route', (file) => ({
      RouteTableId: { Ref: TABLE(file) },
      DestinationCidrBlock: '128.0.0.0/1',
      GatewayId: IGW(file),
    })),
    ['no-public-address'],
  ],
  [
    'a route of IPv6 to the internet',
    more('EC2::Route', (file) => ({
      RouteTableId: { Ref: TABLE(file) },
      DestinationIpv6CidrBlock: '::/0',
      GatewayId: IGW(file),
    })),
    ['no-public-address'],
  ],
  [
    'the subnet uses the table of public ones',
    (file) => {
      part('AWS::EC2::SubnetRouteTableAssociation', SUBNET(file))(file)['RouteTableId'] = {
        Ref: idOf(file, 'EC2::RouteTable', 'PublicSubnet1'),
      };
    },
    ['no-public-address'],
  ],
  [
    'the balancer of callers inside faces the internet',
    set(BALANCER, { Scheme: 'internet-facing' }),
    ['no-public-address'],
    'Billing',
    'Ledger',
  ],
  [
    'the balancer of callers inside says no scheme',
    (file) => {
      delete BALANCER(file)['Scheme'];
    },
    ['no-public-address'],
    'Billing',
    'Ledger',
  ],
  [
    'the balancer of operators faces the internet',
    set(ADMIN, { Scheme: 'internet-facing' }),
    ['admin-closed', 'no-public-address'],
    'Billing',
  ],
];
