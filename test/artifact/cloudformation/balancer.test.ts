import type { Balancer } from '../../../lib/artifact/artifact';
import { artifactOf } from '../artifact-of';

const ELB = 'AWS::ElasticLoadBalancingV2';
const SERVICE = {
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'awsvpc' } },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      LaunchType: 'FARGATE',
      TaskDefinition: { Ref: 'Task' },
      LoadBalancers: [{ ContainerName: 'c', ContainerPort: 8443, TargetGroupArn: { Ref: 'Group' } }],
    },
  },
};

function read(balancer: object, listener: object = {}, group: object = {}, more: object = {}): Balancer | undefined {
  return artifactOf({
    ...SERVICE,
    Lb: { Type: `${ELB}::LoadBalancer`, Properties: balancer },
    Listener: {
      Type: `${ELB}::Listener`,
      Properties: {
        LoadBalancerArn: { Ref: 'Lb' },
        Port: 443,
        Protocol: 'TLS',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
        ...listener,
      },
    },
    Group: { Type: `${ELB}::TargetGroup`, Properties: { Protocol: 'TLS', Port: 9, ...group } },
    ...more,
  }).balancers[0];
}

test('says what is absent as the service defaults it: an application balancer of the internet', () => {
  expect(read({})).toMatchObject({ type: 'application', scheme: 'internet-facing' });
});

test.each([
  ['without groups is open to its subnets', {}, undefined],
  ['with an empty list has none', { SecurityGroups: [] }, []],
  ['names its groups', { SecurityGroups: [{ 'Fn::GetAtt': ['G', 'GroupId'] }, 'sg-1'] }, ['G', 'sg-1']],
])('%s', (_claim, properties, groups) => {
  expect(read({ Type: 'network', Scheme: 'internal', ...properties })?.groups).toEqual(groups);
});

test.each([
  ['by its action', {}],
  [
    'by weight',
    { DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Group' } }] } }] },
  ],
  [
    'both ways at once, as the CDK may write it',
    {
      DefaultActions: [
        {
          Type: 'forward',
          TargetGroupArn: { Ref: 'Group' },
          ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Group' } }] },
        },
      ],
    },
  ],
])('a listener forwards to the port that the service registers, %s', (_how, listener) => {
  expect(read({}, listener)?.listeners[0]?.targets).toEqual([
    { group: 'Group', protocol: 'TLS', host: 'Task', port: 8443, healthCheck: { protocol: 'TCP', port: 8443 } },
  ]);
});

test('a listener rule forwards, too', () => {
  const rule = {
    Type: `${ELB}::ListenerRule`,
    Properties: { ListenerArn: { Ref: 'Listener' }, Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }] },
  };
  const fixed = { DefaultActions: [{ Type: 'fixed-response' }] };
  expect(read({}, fixed)?.listeners[0]?.targets).toEqual([]);
  expect(read({}, fixed, {}, { Rule: rule })?.listeners[0]?.targets).toHaveLength(1);
});

test.each([
  [
    { HealthCheckProtocol: 'HTTP', HealthCheckPort: '8081', HealthCheckPath: '/healthz' },
    { protocol: 'HTTP', port: 8081, path: '/healthz' },
  ],
  [
    { HealthCheckProtocol: 'HTTP', HealthCheckPort: 'traffic-port' },
    { protocol: 'HTTP', port: 8443, path: '/' },
  ],
  [{ Protocol: 'HTTP' }, { protocol: 'HTTP', port: 8443, path: '/' }],
])('a health check %j is %j', (group, expected) => {
  expect(read({}, {}, group)?.listeners[0]?.targets[0]?.healthCheck).toEqual(expected);
});

test('a target group outside the file is reported', () => {
  const { unreadable } = artifactOf({
    Lb: { Type: `${ELB}::LoadBalancer` },
    Listener: {
      Type: `${ELB}::Listener`,
      Properties: { LoadBalancerArn: { Ref: 'Lb' }, Port: 1, DefaultActions: [{ TargetGroupArn: 'arn:aws:x' }] },
    },
  });
  expect(unreadable).toEqual([{ subject: 'Listener', reason: expect.stringContaining('outside this file') }]);
});
