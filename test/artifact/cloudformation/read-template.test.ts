import type { Unreadable } from '../../../lib/artifact/artifact';
import { artifactOf } from '../artifact-of';

const ELB = 'AWS::ElasticLoadBalancingV2';
const GROUP = { 'Fn::GetAtt': ['TaskGroup', 'GroupId'] };
const DEPLOYMENT = {
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'awsvpc' } },
  TaskGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: {} },
  Idle: { Type: 'AWS::EC2::SecurityGroup', Properties: {} },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      LaunchType: 'FARGATE',
      TaskDefinition: { Ref: 'Task' },
      NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: [GROUP] } },
      LoadBalancers: [{ ContainerName: 'c', ContainerPort: 8443, TargetGroupArn: { Ref: 'Targets' } }],
    },
  },
  Lb: { Type: `${ELB}::LoadBalancer`, Properties: { Type: 'network', SecurityGroups: [] } },
  OtherLb: { Type: `${ELB}::LoadBalancer`, Properties: { Type: 'network', SecurityGroups: [] } },
  Listener: {
    Type: `${ELB}::Listener`,
    Properties: {
      LoadBalancerArn: { Ref: 'Lb' },
      Port: 443,
      Protocol: 'TLS',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
    },
  },
  Targets: { Type: `${ELB}::TargetGroup`, Properties: { Protocol: 'TLS', Port: 9 } },
};
const UNDECIDED = {
  Parameters: { P: { Type: 'String' } },
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
};

function unreadable(more: object, sections: object = {}): readonly Unreadable[] {
  return artifactOf({ ...DEPLOYMENT, ...more }, { ...UNDECIDED, ...sections }).unreadable;
}

test('a deployment with nothing beside it leaves nothing open', () => {
  expect(unreadable({})).toEqual([]);
});

test.each<[string, object, object]>([
  ['a macro of the whole template', {}, { Transform: 'AWS::LanguageExtensions' }],
  ['a macro beside its sections', {}, { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ['a macro among its resources', { 'Fn::Transform': { Name: 'AWS::Include' } }, {}],
  ['a macro in a resource', { Idle: { ...DEPLOYMENT.Idle, 'Fn::Transform': { Name: 'AWS::Include' } } }, {}],
  ['a loop', { 'Fn::ForEach::Rules': ['X', ['a'], {}] }, {}],
])('%s leaves everything that the template deploys open', (_what, more, sections) => {
  expect(unreadable(more, sections).map(({ concerns }) => concerns)).toContain('template');
});

const nested = (parameters: unknown): object => ({
  Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://x', Parameters: parameters } },
});

describe('a nested stack', () => {
  const doubt = { subject: 'TaskGroup', reason: 'is given to the nested stack Nested, which may add rules to it' };

  test.each([
    ['by its id', { Group: GROUP }],
    ['by name', { Group: { Ref: 'TaskGroup' } }],
    ['in a text', { Groups: { 'Fn::Join': [',', ['sg-1', GROUP]] } }],
    ['perhaps', { Group: { 'Fn::If': ['C', GROUP, 'sg-1'] } }],
  ])('that is given the group of a task, %s, leaves that group in doubt', (_how, parameters) => {
    expect(unreadable(nested(parameters))).toContainEqual(doubt);
  });

  test.each([
    ['nothing', {}],
    ['a group that nothing here has', { Group: { Ref: 'Idle' }, Other: 'x' }],
  ])('that is given %s leaves no group in doubt', (_what, parameters) => {
    expect(unreadable(nested(parameters)).map(({ subject }) => subject)).toEqual(['Nested']);
  });
});

const endpointOf = (arns: unknown): object => ({
  Way: { Type: 'AWS::EC2::VPCEndpointService', Properties: { NetworkLoadBalancerArns: arns } },
});
const foreignListener = (group: string, type = 'Listener'): object => ({
  Way: {
    Type: `${ELB}::${type}`,
    Properties: {
      LoadBalancerArn: 'arn:aws:elb',
      ListenerArn: 'arn:aws:elb',
      Actions: [{ Type: 'forward', TargetGroupArn: { Ref: group } }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: group } }],
    },
  },
  Behind: { Type: `${ELB}::TargetGroup`, Properties: {} },
  Registered: {
    Type: 'AWS::ECS::Service',
    Properties: { LoadBalancers: [{ ContainerPort: 1, TargetGroupArn: { Ref: 'Behind' } }] },
  },
});
const targets = (properties: object): object => ({ Way: { Type: `${ELB}::TargetGroup`, Properties: properties } });

test.each<[string, object]>([
  ["an endpoint service of the deployment's balancer", endpointOf([{ Ref: 'Lb' }])],
  ['an endpoint service of what may be its balancer', endpointOf({ 'Fn::If': ['C', [{ Ref: 'Lb' }], []] })],
  ['a target group with targets of its own', targets({ TargetType: 'ip', Targets: [{ Id: '10.0.0.7' }] })],
  ['a target group with targets that are not known', targets({ Targets: { 'Fn::If': ['C', [{ Id: 'i' }], []] } })],
  ["a listener of another file's balancer before a service", foreignListener('Behind')],
  ["a rule of another file's listener before a service", foreignListener('Behind', 'ListenerRule')],
  ['a classic load balancer', { Way: { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: {} } }],
])('%s leaves the ways in open', (_what, more) => {
  expect(unreadable(more)).toContainEqual(expect.objectContaining({ subject: 'Way', concerns: 'ways-in' }));
});

test.each<[string, object]>([
  ['an endpoint service of another balancer', endpointOf([{ Ref: 'OtherLb' }])],
  ["a listener of another file's balancer before something else", foreignListener('Other')],
  ['a target group without any', targets({ Targets: [] })],
  ['a target group of a function', targets({ TargetType: 'lambda', Targets: [{ Id: { Ref: 'Function' } }] })],
])('%s leaves nothing open', (_what, more) => {
  expect(unreadable(more)).toEqual([]);
});
