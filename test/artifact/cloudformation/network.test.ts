import type { CloudNetwork } from '../../../lib/artifact/network';
import { artifactOf } from '../artifact-of';

function networkOf(resources: object, sections?: object): CloudNetwork {
  return artifactOf(resources, sections).network as CloudNetwork;
}

const ref = (id: string): object => ({ Ref: id });
const resource = (type: string, properties: object = {}): object => ({ Type: `AWS::${type}`, Properties: properties });

describe('a subnet', () => {
  const subnet = resource('EC2::Subnet', {
    VpcId: ref('Net'),
    CidrBlock: '10.0.0.0/24',
    Ipv6CidrBlock: { 'Fn::Select': [0, ref('Six')] },
    MapPublicIpOnLaunch: true,
  });
  const joined = (type: string, name: string, of: string): object =>
    resource(`EC2::${type}`, { SubnetId: ref('S'), [name]: ref(of) });

  test('is read with its table and its list', () => {
    const { subnets } = networkOf({
      S: subnet,
      A: joined('SubnetRouteTableAssociation', 'RouteTableId', 'T'),
      B: joined('SubnetNetworkAclAssociation', 'NetworkAclId', 'L'),
    });
    expect(subnets).toEqual([
      {
        id: 'S',
        vpc: 'Net',
        cidrs: ['10.0.0.0/24', 'unknown'],
        mapsPublicAddresses: true,
        assignsIpv6: false,
        routeTable: 'T',
        acl: 'L',
      },
    ]);
  });

  test('has the list of its VPC and a table that is not known where the file joins none to it', () => {
    expect(networkOf({ S: subnet }).subnets).toMatchObject([{ routeTable: 'unknown', acl: 'default' }]);
  });

  test('has a list that is not known where two are joined to it, or one to nobody knows what', () => {
    const two = {
      B: joined('SubnetNetworkAclAssociation', 'NetworkAclId', 'L'),
      C: joined('SubnetNetworkAclAssociation', 'NetworkAclId', 'M'),
    };
    expect(networkOf({ S: subnet, ...two }).subnets).toMatchObject([{ acl: 'unknown' }]);
    const strange = {
      B: resource('EC2::SubnetNetworkAclAssociation', { SubnetId: 'subnet-1', NetworkAclId: ref('L') }),
    };
    expect(networkOf({ S: subnet, ...strange }).subnets).toMatchObject([{ acl: 'unknown' }]);
  });
});

test.each([
  [
    { DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') },
    { destination: '0.0.0.0/0', target: 'internet' },
  ],
  [
    { DestinationCidrBlock: '10.8.0.0/16', GatewayId: ref('Vpn') },
    { destination: '10.8.0.0/16', target: 'network' },
  ],
  [
    { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' },
    { destination: '::/0', target: 'out' },
  ],
  [
    { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('Nat') },
    { destination: '0.0.0.0/0', target: 'out' },
  ],
  [
    { DestinationCidrBlock: '10.9.0.0/16', TransitGatewayId: 'tgw-1' },
    { destination: '10.9.0.0/16', target: 'network' },
  ],
  [
    { DestinationPrefixListId: 'pl-1', NatGatewayId: ref('Nat') },
    { destination: 'unknown', target: 'out' },
  ],
  [
    { DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: 'eni-1' },
    { destination: '0.0.0.0/0', target: 'unknown' },
  ],
])('a route %j is %j', (route, expected) => {
  const { routeTables } = networkOf({
    T: resource('EC2::RouteTable'),
    Vpn: resource('EC2::VPNGateway'),
    R: resource('EC2::Route', { RouteTableId: ref('T'), ...route }),
  });
  expect(routeTables).toEqual([{ id: 'T', routes: [{ id: 'R', ...expected }] }]);
});

test('a route whose table is not known may be of any', () => {
  const { routeTables } = networkOf({
    T: resource('EC2::RouteTable'),
    R: resource('EC2::Route', { RouteTableId: 'rtb-1', DestinationCidrBlock: '0.0.0.0/0' }),
  });
  expect(routeTables).toMatchObject([{ routes: [{ id: 'R' }] }]);
});

test.each([
  [
    { Protocol: 6, PortRange: { From: 443, To: 444 }, RuleAction: 'allow', CidrBlock: '10.0.0.0/8' },
    { protocol: 'tcp', fromPort: 443, toPort: 444, action: 'allow', cidr: '10.0.0.0/8', direction: 'in' },
  ],
  [
    { Protocol: -1, RuleAction: 'deny', Ipv6CidrBlock: '::/0', Egress: true },
    { protocol: 'all', fromPort: 0, toPort: 65_535, action: 'deny', cidr: '::/0', direction: 'out' },
  ],
  [
    { Protocol: 6, RuleAction: 'allow', CidrBlock: ref('Block') },
    { protocol: 'tcp', fromPort: 'unknown', cidr: 'unknown' },
  ],
  [{ Protocol: 47, RuleAction: 'deny', CidrBlock: '0.0.0.0/0' }, { protocol: 'other' }],
  [
    { Protocol: -1, RuleAction: ref('Action'), Egress: ref('Egress'), CidrBlock: '0.0.0.0/0' },
    { action: 'unknown', direction: 'unknown' },
  ],
])('an entry %j of an access list is %j', (entry, expected) => {
  const { acls } = networkOf({
    L: resource('EC2::NetworkAcl'),
    E: resource('EC2::NetworkAclEntry', { NetworkAclId: ref('L'), RuleNumber: 7, ...entry }),
  });
  expect(acls).toMatchObject([{ id: 'L', entries: [{ id: 'E', number: 7, ...expected }] }]);
});

describe('what stands in the network', () => {
  const group = resource('EC2::SecurityGroup', { GroupDescription: 'g' });
  const subnet = resource('EC2::Subnet', { CidrBlock: '10.0.0.0/24' });

  test.each([
    [
      'Lambda::Function',
      'function',
      { VpcConfig: { SecurityGroupIds: [{ 'Fn::GetAtt': ['G', 'GroupId'] }], SubnetIds: [ref('S')] } },
    ],
    ['EC2::Instance', 'machine', { SecurityGroupIds: [ref('G')], SubnetId: ref('S') }],
    ['RDS::DBInstance', 'other', { VPCSecurityGroups: [{ 'Fn::Sub': '${G.GroupId}' }], Subnet: ref('S') }],
    ['Made::Up::Thing', 'other', { Deep: { Inside: [{ 'Fn::If': ['C', ref('G'), 'none'] }] }, Subnet: ref('S') }],
  ])('a resource of type %s wears the group that it speaks of', (type, kind, properties) => {
    const { interfaces } = networkOf({
      G: group,
      S: subnet,
      X: { Type: type.startsWith('Made') ? type : `AWS::${type}`, Properties: properties },
    });
    expect(interfaces).toMatchObject([{ id: 'X', kind, groups: ['G'], subnets: ['S'] }]);
  });

  test('rules and routes speak of groups and subnets without standing there', () => {
    const { interfaces } = networkOf({
      G: group,
      S: subnet,
      R: resource('EC2::SecurityGroupIngress', {
        GroupId: ref('G'),
        IpProtocol: '-1',
        SourceSecurityGroupId: ref('G'),
      }),
    });
    expect(interfaces).toEqual([]);
  });

  test('an endpoint without groups wears the default one, and says whether it has a policy', () => {
    const endpoint = {
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.eu-central-1.kms',
      SubnetIds: [ref('S')],
    };
    const { interfaces } = networkOf({
      S: subnet,
      E: resource('EC2::VPCEndpoint', endpoint),
      F: resource('EC2::VPCEndpoint', {
        ServiceName: 'com.amazonaws.eu-central-1.s3',
        PolicyDocument: { Statement: [] },
      }),
    });
    expect(interfaces).toMatchObject([
      { id: 'E', kind: 'endpoint', groups: ['default'], subnets: ['S'], hasPolicy: false },
      { id: 'F', kind: 'endpoint', groups: [], subnets: ['unknown'], hasPolicy: true },
    ]);
  });

  test('an address that is taken leads to what it names', () => {
    const { publicAddresses } = networkOf({
      A: resource('EC2::EIPAssociation', { InstanceId: ref('X'), AllocationId: ref('B') }),
    });
    expect(publicAddresses).toEqual([{ id: 'A', leadsTo: ['X', 'B'] }]);
  });
});

test.each([
  [
    { Protocol: 'TCP', TargetType: 'ip' },
    { targetType: 'ip', preservesClientAddress: false },
  ],
  [{ Protocol: 'UDP', TargetType: 'ip' }, { preservesClientAddress: true }],
  [{ Protocol: 'TCP' }, { targetType: 'instance', preservesClientAddress: true }],
  [
    {
      Protocol: 'TLS',
      TargetType: 'ip',
      TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: 'true' }],
    },
    { preservesClientAddress: true },
  ],
  [
    {
      Protocol: 'TLS',
      TargetType: 'ip',
      TargetGroupAttributes: [{ Key: 'preserve_client_ip.enabled', Value: ref('P') }],
    },
    { preservesClientAddress: 'unknown' },
  ],
  [
    { Protocol: 'TLS', TargetType: 'ip', TargetGroupAttributes: [{ Key: ref('K'), Value: 'true' }] },
    { preservesClientAddress: 'unknown', drainsSeconds: 'unknown' },
  ],
])('of a target group %j clients keep their address: %j', (properties, expected) => {
  expect(networkOf({ T: resource('ElasticLoadBalancingV2::TargetGroup', properties) }).targetGroups).toMatchObject([
    { id: 'T', ...expected },
  ]);
});

test.each([
  [[], undefined],
  [['30'], 30],
  [[ref('Delay')], 'unknown'],
  [['30', '0'], 'unknown'],
])('a target group that is given the delays %j lets connections end for %j', (delays, expected) => {
  const [group] = networkOf({
    T: resource('ElasticLoadBalancingV2::TargetGroup', {
      TargetGroupAttributes: delays.map((Value) => ({ Key: 'deregistration_delay.timeout_seconds', Value })),
    }),
  }).targetGroups;
  expect(group?.drainsSeconds).toBe(expected);
});

test('what a condition takes away is not there', () => {
  const never = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
  const { interfaces } = networkOf(
    { E: { ...resource('EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }), Condition: 'Never' } },
    never,
  );
  expect(interfaces).toEqual([]);
});
