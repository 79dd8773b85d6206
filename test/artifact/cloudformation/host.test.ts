import type { Host } from '../../../lib/artifact/artifact';
import { artifactOf } from '../artifact-of';

const TASK = { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'awsvpc', ContainerDefinitions: [] } };
const CLUSTER = { Type: 'AWS::ECS::Cluster' };

function service(properties: object = {}): object {
  const network = { AwsvpcConfiguration: { Subnets: [{ Ref: 'Subnet' }], SecurityGroups: ['sg-1'] } };
  return {
    Type: 'AWS::ECS::Service',
    Properties: {
      Cluster: { Ref: 'Cluster' },
      TaskDefinition: { Ref: 'Task' },
      NetworkConfiguration: network,
      ...properties,
    },
  };
}

function machine(userData: unknown, data: object = {}): object {
  return { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { UserData: userData, ...data } } };
}

function scaling(template: string, properties: object = {}): object {
  return {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: {
      VPCZoneIdentifier: [{ Ref: 'Subnet' }],
      LaunchTemplate: { LaunchTemplateId: { Ref: template } },
      ...properties,
    },
  };
}

const JOINS = { 'Fn::Base64': { 'Fn::Sub': 'echo ECS_CLUSTER=${Cluster}' } };

function read(resources: object): { host: Host; reasons: string } {
  const { hosts, unreadable } = artifactOf({ Task: TASK, Service: service(), Cluster: CLUSTER, ...resources });
  return {
    host: hosts[0] as Host,
    reasons: unreadable.map(({ subject, reason }) => `${subject} ${reason}`).join('\n'),
  };
}

describe('the machine of a task', () => {
  test('is the only one there is', () => {
    expect(read({ T: machine({ 'Fn::Base64': 'x' }), A: scaling('T') }).host.machine?.id).toBe('T');
  });

  test('is the one whose user data joins the cluster', () => {
    const { host, reasons } = read({ T: machine('eA=='), A: scaling('T'), U: machine(JOINS), B: scaling('U') });
    expect(host.machine?.id).toBe('U');
    expect(reasons).not.toMatch(/could run/);
  });

  test('is what the capacity provider starts', () => {
    const provider = {
      Type: 'AWS::ECS::CapacityProvider',
      Properties: { AutoScalingGroupProvider: { AutoScalingGroupArn: { Ref: 'A' } } },
    };
    const { host } = read({
      Service: service({ CapacityProviderStrategy: [{ CapacityProvider: { Ref: 'P' } }] }),
      P: provider,
      T: machine('eA=='),
      A: scaling('T'),
      U: machine(JOINS),
      B: scaling('U'),
    });
    expect(host.machine?.id).toBe('T');
  });

  test('is reported when it could be either of two', () => {
    const { reasons } = read({ T: machine(JOINS), A: scaling('T'), U: machine(JOINS), B: scaling('U') });
    expect(reasons).toMatch(/Service, which could run on any of T, U/);
  });

  test('is reported when it is not in the file', () => {
    const { host, reasons } = read({});
    expect(host.machine).toBeUndefined();
    expect(reasons).toMatch(/machines that are not in this file/);
  });

  test.each([
    ['by launch type', { LaunchType: 'FARGATE' }],
    ['by capacity provider', { CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT' }] }],
  ])('is none on Fargate, %s', (_how, properties) => {
    const { host, reasons } = read({ Service: service(properties), T: machine(JOINS), A: scaling('T') });
    expect(host.machine).toBeUndefined();
    expect(reasons).not.toMatch(/machines/);
  });
});

describe('a machine is read from', () => {
  const data = { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }, SecurityGroupIds: ['sg-9'] };
  const expected = { metadataTokensRequired: true, metadataHopLimit: 1, groups: ['sg-9'], publicAddress: false };

  test.each<[string, object]>([
    ['a launch template', { T: machine(JOINS, data), A: scaling('T') }],
    [
      'a launch template by name',
      {
        T: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateName: 'n', LaunchTemplateData: { UserData: JOINS, ...data } },
        },
        A: scaling('T', { LaunchTemplate: { LaunchTemplateName: 'n' } }),
      },
    ],
    [
      'a mixed instances policy',
      {
        T: machine(JOINS, data),
        A: scaling('T', {
          LaunchTemplate: { Ref: 'AWS::NoValue' },
          MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: { Ref: 'T' } } } },
        }),
      },
    ],
    [
      'a launch configuration',
      {
        L: {
          Type: 'AWS::AutoScaling::LaunchConfiguration',
          Properties: { UserData: JOINS, MetadataOptions: data.MetadataOptions, SecurityGroups: ['sg-9'] },
        },
        A: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchConfigurationName: { Ref: 'L' } } },
      },
    ],
    ['an instance', { I: { Type: 'AWS::EC2::Instance', Properties: { UserData: JOINS, ...data } } }],
    [
      'an instance on top of a launch template',
      {
        T: machine(JOINS, { MetadataOptions: data.MetadataOptions, SecurityGroupIds: ['sg-other'] }),
        I: {
          Type: 'AWS::EC2::Instance',
          Properties: { SecurityGroupIds: ['sg-9'], LaunchTemplate: { LaunchTemplateId: { Ref: 'T' } } },
        },
      },
    ],
    [
      'a network interface of a launch template',
      {
        T: machine(JOINS, {
          MetadataOptions: data.MetadataOptions,
          NetworkInterfaces: [{ Groups: ['sg-9'], AssociatePublicIpAddress: false }],
        }),
        A: scaling('T'),
      },
    ],
  ])('%s', (_where, resources) => {
    const { host } = read(resources);
    expect(host.machine).toMatchObject(expected);
    expect(host.machine?.userData).toEqual(['echo ECS_CLUSTER=', { logicalId: 'Cluster' }]);
  });

  test('user data that is encoded already', () => {
    expect(read({ T: machine('ZWNobyBoaQ=='), A: scaling('T') }).host.machine?.userData).toEqual(['echo hi']);
  });

  test('nothing said: version 1 of the metadata service answers, two hops away', () => {
    expect(read({ T: machine('eA=='), A: scaling('T') }).host.machine).toMatchObject({
      metadataTokensRequired: false,
      metadataHopLimit: 2,
    });
  });

  test.each([
    ['of its own', { NetworkInterfaces: [{ AssociatePublicIpAddress: true }] }, {}],
    ['of its subnet', {}, { MapPublicIpOnLaunch: true }],
  ])('a public address %s', (_whose, own, subnet) => {
    const { host } = read({
      T: machine('eA==', own),
      A: scaling('T'),
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: subnet },
    });
    expect(host.machine?.publicAddress).toBe(true);
  });
});

describe('a task', () => {
  test('run by two services is two hosts', () => {
    const { hosts } = artifactOf({
      Task: TASK,
      Cluster: CLUSTER,
      S1: service({ LaunchType: 'FARGATE' }),
      S2: service({ LaunchType: 'FARGATE' }),
    });
    expect(hosts.map(({ id }) => id)).toEqual(['Task', 'Task/S2']);
  });

  test('run by no service is a host whose network is not known', () => {
    const { hosts, unreadable } = artifactOf({ Task: TASK });
    expect(hosts[0]).toMatchObject({ id: 'Task', groups: [], internetRoute: 'unknown' });
    expect(unreadable[0]?.reason).toMatch(/run by no service/);
  });

  test.each([
    ['awsvpc', 'awsvpc'],
    ['host', 'host'],
    ['bridge', 'bridge'],
    [undefined, 'bridge'],
    ['none', 'unknown'],
  ])('in network mode %s has network %s', (mode, network) => {
    const task = { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: mode } };
    expect(artifactOf({ Task: task }).hosts[0]?.network).toBe(network);
  });

  test('with a public address says so', () => {
    const network = { AwsvpcConfiguration: { Subnets: ['s'], SecurityGroups: ['sg-1'], AssignPublicIp: 'ENABLED' } };
    expect(
      read({ Service: service({ NetworkConfiguration: network, LaunchType: 'FARGATE' }) }).host.publicAddress,
    ).toBe(true);
  });

  test.each([
    ['nothing, when it says nothing', {}, undefined],
    ['processes', { PidMode: 'task' }, ['processes']],
    ['memory', { IpcMode: 'task' }, ['memory']],
    ['both', { PidMode: 'task', IpcMode: 'task' }, ['processes', 'memory']],
    ['nothing, when it says none', { IpcMode: 'none' }, undefined],
  ])('shares among its containers %s', (_what, properties, shared) => {
    const task = { ...TASK, Properties: { ...TASK.Properties, ...properties } };
    expect(artifactOf({ Task: task }).hosts[0]?.shared).toEqual(shared);
  });

  test.each([
    ['none, when its service says nothing', {}, undefined],
    ['none, when its service says no', { EnableExecuteCommand: false }, undefined],
    ['one, when its service says yes', { EnableExecuteCommand: true }, 'Service'],
    ['one, when that is not known', { EnableExecuteCommand: { Ref: 'Unknown' } }, 'Service'],
  ])('has a shell for operators: %s', (_what, properties, shellBy) => {
    expect(read({ Service: service(properties) }).host.shellBy).toBe(shellBy);
  });

  test('that shares the processes of its machine is reported', () => {
    const { unreadable } = artifactOf({ Task: { ...TASK, Properties: { ...TASK.Properties, PidMode: 'host' } } });
    expect(unreadable.map(({ reason }) => reason).join()).toMatch(/PidMode is host/);
  });

  test('with a network file system is reported', () => {
    const volumes = [{ Name: 'v', EFSVolumeConfiguration: { FilesystemId: 'fs-1' } }];
    const { unreadable } = artifactOf({ Task: { ...TASK, Properties: { ...TASK.Properties, Volumes: volumes } } });
    expect(unreadable.map(({ reason }) => reason).join()).toMatch(/EFSVolumeConfiguration is not modelled/);
  });
});

function route(target: object): object {
  return {
    Type: 'AWS::EC2::Route',
    Properties: { RouteTableId: { Ref: 'Table' }, ...target },
  };
}

describe('the way to the internet', () => {
  const subnet = { Type: 'AWS::EC2::Subnet', Properties: {} };
  const table = { Type: 'AWS::EC2::RouteTable' };
  const association = {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } },
  };
  const known = { Subnet: subnet, Table: table, Association: association };

  test.each<[string, object, Host['internetRoute']]>([
    ['no route leaves the network', known, 'none'],
    ['a NAT gateway', { ...known, R: route({ NatGatewayId: { Ref: 'N' } }) }, 'nat'],
    ['an internet gateway', { ...known, R: route({ GatewayId: { Ref: 'I' } }) }, 'gateway'],
    ['an egress-only gateway', { ...known, R: route({ EgressOnlyInternetGatewayId: { Ref: 'E' } }) }, 'nat'],
    ['a transit gateway', { ...known, R: route({ TransitGatewayId: 't' }) }, 'unknown'],
    [
      'of two routes the wider counts',
      { ...known, R: route({ NatGatewayId: 'n' }), Q: route({ GatewayId: 'i' }) },
      'gateway',
    ],
    ['a subnet without a table in the file', { Subnet: subnet }, 'unknown'],
    ['a subnet outside the file', {}, 'unknown'],
  ])('%s', (_claim, resources, expected) => {
    expect(read(resources).host.internetRoute).toBe(expected);
  });
});

test('a resource on a condition that defaults deny is not there', () => {
  const conditions = { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } };
  expect(artifactOf({ Task: { ...TASK, Condition: 'Never' } }, conditions).hosts).toEqual([]);
});

test.each([
  ['a condition that nothing decides', { Task: { ...TASK, Condition: 'Asked' } }, {}, /Task exists on condition Asked/],
  ['a nested stack', { N: { Type: 'AWS::CloudFormation::Stack' } }, {}, /N is a nested stack/],
  ['a loop over resources', { 'Fn::ForEach::X': ['x', ['a'], {}] }, {}, /Fn::ForEach::X is no resource/],
  ['a macro over the template', {}, { Transform: 'AWS::Serverless-2016-10-31' }, /macros rewrite/],
])('is reported: %s', (_what, resources, sections, reason) => {
  const { unreadable } = artifactOf(resources, sections);
  expect(unreadable.map(({ subject, reason: why }) => `${subject} ${why}`).join('\n')).toMatch(reason);
});

const placed = (network: object): string[] => {
  const inside = { Subnets: [{ Ref: 'Subnet' }], SecurityGroups: ['sg-1'], ...network };
  const resources = { Task: TASK, Service: service({ NetworkConfiguration: { AwsvpcConfiguration: inside } }) };
  const { unreadable } = artifactOf(resources, {
    Parameters: { P: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
  });
  return unreadable.filter(({ subject }) => subject === 'Task').map(({ reason }) => reason);
};

describe('a task whose place in the network cannot be read', () => {
  const either = { 'Fn::If': ['C', 'sg-2', { Ref: 'AWS::NoValue' }] };
  test.each([
    ['one of its groups', { SecurityGroups: ['sg-1', either] }],
    ['all of its groups', { SecurityGroups: either }],
    ['whether it has a public address', { AssignPublicIp: { Ref: 'P' } }],
  ])('is itself in doubt: %s', (_, network) => {
    expect(placed(network)).toEqual(['is run by Service, whose security groups or public address are not all known']);
  });

  test('and is in none where it can', () => {
    expect(placed({ AssignPublicIp: 'DISABLED' })).toEqual([]);
  });
});
