import type { GroupRule } from '../../../lib/artifact/artifact';
import { artifactOf } from '../artifact-of';

const GROUP = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x' } };
const NOTHING = {
  IpProtocol: 'icmp',
  FromPort: 252,
  ToPort: 86,
  CidrIp: '255.255.255.255/32',
  Description: 'Disallow all traffic',
};
const OPEN_OUT = ['out all 0-65535 cidr 0.0.0.0/0', 'out all 0-65535 cidr ::/0'];

function show(rule: GroupRule): string {
  const peer = rule.peer.kind === 'cidr' ? rule.peer.cidr : rule.peer.kind === 'unknown' ? '?' : rule.peer.id;
  return `${rule.direction} ${rule.protocol} ${rule.fromPort}-${rule.toPort} ${rule.peer.kind} ${peer}`;
}

function rulesOf(properties: object, beside: object = {}, id = 'G'): string[] {
  const { groups } = artifactOf({ [id]: { ...GROUP, Properties: properties }, ...beside });
  return groups.find((group) => group.id === id)?.rules.map(show) ?? [];
}

describe('the way out of a group', () => {
  test.each([
    ['is open when nobody says anything', {}, {}, OPEN_OUT],
    ['is open when an empty list is said', { SecurityGroupEgress: [] }, {}, OPEN_OUT],
    ['is shut by the rule that the CDK writes for nothing', { SecurityGroupEgress: [NOTHING] }, {}, []],
    [
      'is what a rule inside says',
      { SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' }] },
      {},
      ['out tcp 443-443 cidr 10.0.0.0/8'],
    ],
    [
      'is what a rule beside it says, and no longer open',
      {},
      {
        R: {
          Type: 'AWS::EC2::SecurityGroupEgress',
          Properties: { GroupId: { Ref: 'G' }, IpProtocol: 'tcp', FromPort: 1, ToPort: 2, CidrIpv6: 'fd00::/8' },
        },
      },
      ['out tcp 1-2 cidr fd00::/8'],
    ],
    [
      'is not shut by a rule that only looks like nothing',
      { SecurityGroupEgress: [{ ...NOTHING, CidrIp: '0.0.0.0/0' }] },
      {},
      ['out icmp 252-86 cidr 0.0.0.0/0'],
    ],
  ])('%s', (_claim, properties, beside, expected) => {
    expect(rulesOf(properties, beside)).toEqual(expected);
  });
});

describe('a rule', () => {
  test.each([
    [
      'protocol by name',
      { IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIp: '10.0.0.2/32' },
      'in udp 53-53 cidr 10.0.0.2/32',
    ],
    [
      'protocol by number',
      { IpProtocol: 6, FromPort: '80', ToPort: '81', CidrIp: '10.0.0.0/8' },
      'in tcp 80-81 cidr 10.0.0.0/8',
    ],
    [
      'every protocol, whatever ports are written',
      { IpProtocol: '-1', FromPort: 1, ToPort: 2, CidrIp: '0.0.0.0/0' },
      'in all 0-65535 cidr 0.0.0.0/0',
    ],
    ['every protocol as a number', { IpProtocol: -1, CidrIp: '0.0.0.0/0' }, 'in all 0-65535 cidr 0.0.0.0/0'],
    ['no ports means every port', { IpProtocol: 'tcp', CidrIp: '10.0.0.0/8' }, 'in tcp 0-65535 cidr 10.0.0.0/8'],
    [
      'ports of -1 mean every port',
      { IpProtocol: 'tcp', FromPort: -1, ToPort: -1, CidrIp: '10.0.0.0/8' },
      'in tcp 0-65535 cidr 10.0.0.0/8',
    ],
    ['upper case', { IpProtocol: 'TCP', FromPort: 1, ToPort: 1, CidrIpv6: '::/0' }, 'in tcp 1-1 cidr ::/0'],
    [
      'a group by Ref',
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, SourceSecurityGroupId: { Ref: 'H' } },
      'in tcp 1-1 group H',
    ],
    [
      'a group by attribute',
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, SourceSecurityGroupId: { 'Fn::GetAtt': ['H', 'GroupId'] } },
      'in tcp 1-1 group H',
    ],
    [
      'a group outside the file',
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, SourceSecurityGroupId: 'sg-1' },
      'in tcp 1-1 group sg-1',
    ],
    [
      'a prefix list',
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, SourcePrefixListId: 'pl-1' },
      'in tcp 1-1 prefix-list pl-1',
    ],
    [
      'the block of a VPC in the file',
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: { 'Fn::GetAtt': ['V', 'CidrBlock'] } },
      'in tcp 1-1 cidr 10.9.0.0/16',
    ],
  ])('is read: %s', (_claim, rule, expected) => {
    const beside = { H: GROUP, V: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16' } } };
    expect(rulesOf({ SecurityGroupIngress: [rule], SecurityGroupEgress: [NOTHING] }, beside)).toEqual([expected]);
  });

  test.each([
    [
      'an address that only the cloud knows',
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, CidrIp: { Ref: 'P' } },
      /CidrIp is known to the cloud alone/,
    ],
    ['a protocol that is not modelled', { IpProtocol: '50', CidrIp: '10.0.0.0/8' }, /protocol "50"/],
    ['no peer', { IpProtocol: 'tcp', FromPort: 1, ToPort: 1 }, /names no peer/],
    ['ports that run backwards', { IpProtocol: 'tcp', FromPort: 9, ToPort: 1, CidrIp: '10.0.0.0/8' }, /ports 9 to 1/],
    ['something that is no rule', 'tcp', /is no map/],
  ])('is reported: %s', (_claim, rule, reason) => {
    const { unreadable } = artifactOf({ G: { ...GROUP, Properties: { SecurityGroupIngress: [rule] } } });
    expect(unreadable.map(({ subject, reason: why }) => `${subject}: ${why}`).join('\n')).toMatch(reason);
  });

  test('beside its group counts like one inside it', () => {
    const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/8' };
    const separate = {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { ...rule, GroupId: { 'Fn::GetAtt': ['G', 'GroupId'] } },
    };
    expect(rulesOf({ SecurityGroupEgress: [NOTHING] }, { R: separate })).toEqual(
      rulesOf({ SecurityGroupEgress: [NOTHING], SecurityGroupIngress: [rule] }),
    );
  });
});

function service(network: object): object {
  return {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    T: { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'awsvpc', ContainerDefinitions: [] } },
    S: {
      Type: 'AWS::ECS::Service',
      Properties: {
        LaunchType: 'FARGATE',
        TaskDefinition: { Ref: 'T' },
        NetworkConfiguration: { AwsvpcConfiguration: network },
      },
    },
  };
}

describe('a group outside the file', () => {
  test('that a task has is reported: its rules are not known', () => {
    const { unreadable, hosts } = artifactOf(service({ Subnets: ['subnet-1'], SecurityGroups: ['sg-1'] }));
    expect(hosts[0]?.groups).toEqual(['sg-1']);
    expect(unreadable).toContainEqual({ subject: 'sg-1', reason: expect.stringContaining('outside this file') });
  });

  test('is the default group of the VPC when a task names none: open among its members and outwards', () => {
    const { groups, hosts, unreadable } = artifactOf(service({ Subnets: ['subnet-1'] }));
    expect(hosts[0]?.groups).toEqual(['Vpc.DefaultSecurityGroup']);
    expect(groups.find(({ id }) => id === 'Vpc.DefaultSecurityGroup')?.rules.map(show)).toEqual([
      'in all 0-65535 group Vpc.DefaultSecurityGroup',
      ...OPEN_OUT,
    ]);
    expect(unreadable).toEqual([]);
  });
});

const beside = (properties: object, direction = 'Ingress', condition: object = {}): object => ({
  Type: `AWS::EC2::SecurityGroup${direction}`,
  ...condition,
  Properties: { GroupId: { Ref: 'G' }, IpProtocol: '-1', CidrIp: '10.0.0.0/8', ...properties },
});

describe('a rule beside a group that cannot be read', () => {
  const UNDECIDED = {
    Parameters: { P: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
  };
  test.each([
    ['its peer', beside({ CidrIp: { 'Fn::If': ['C', '0.0.0.0/0', '10.0.0.0/8'] } })],
    ['its group', beside({ GroupId: { 'Fn::If': ['C', { Ref: 'G' }, { Ref: 'H' }] } })],
    ['whether it exists, where it takes the default way out away', beside({}, 'Egress', { Condition: 'C' })],
  ])('leaves its group in doubt: %s', (_, given) => {
    const { unreadable } = artifactOf({ G: GROUP, R: given }, UNDECIDED);
    expect(unreadable.map(({ subject, reason }) => `${subject} ${reason}`)).toContain(
      'G may have the rule R, which could not be read',
    );
  });

  test('and one that can be read leaves it in none', () => {
    const { unreadable } = artifactOf({ G: GROUP, R: beside({}), S: beside({}, 'Egress') }, UNDECIDED);
    expect(unreadable).toEqual([]);
  });
});
