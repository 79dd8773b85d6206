import type { Artifact } from '../../lib/artifact/artifact';
import { findDeployments } from '../../lib/check/find-deployments';
import { artifactOf } from '../artifact/artifact-of';

const task = (name: string) => ({
  [name]: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      NetworkMode: 'awsvpc',
      ContainerDefinitions: [{ Name: 'restate', Image: 'restatedev/restate:1.7.12' }],
    },
  },
});
const bucket = { Bucket: { Type: 'AWS::S3::Bucket' } };

function opening(fromPort: number, toPort: number) {
  return {
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { NetworkMode: 'awsvpc', ContainerDefinitions: [{ Name: 'web', Image: 'web' }] },
    },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        TaskDefinition: { Ref: 'Task' },
        NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['s'], SecurityGroups: [{ Ref: 'Group' }] } },
      },
    },
    Group: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: fromPort, ToPort: toPort, CidrIp: '10.0.0.0/8' }],
      },
    },
  };
}

function found(artifacts: readonly Artifact[], stack?: string): readonly string[] {
  return findDeployments([{ path: 'cdk.out', artifacts }], stack).map(
    ({ deployment: { artifact, server }, prefix }) => `${prefix}${artifact.name}:${server?.host.id ?? 'file'}`,
  );
}

test('each host that runs Restate is one', () => {
  expect(found([artifactOf({ ...task('A'), ...task('B') })])).toEqual(['test:A', 'test:B']);
});

test('names of stacks stand before subjects where there are several', () => {
  const artifacts = [artifactOf(task('A')), { ...artifactOf(bucket), name: 'Other' }];
  expect(found(artifacts)).toEqual(['test/test:A']);
  expect(found(artifacts, 'test')).toEqual(['test/test:A']);
});

test.each([
  ['a rule for the admin port', opening(9070, 9070), ['test:file']],
  ['a rule for the fabric port', opening(5122, 5122), ['test:file']],
])('a file without a server counts by %s', (_what, resources, expected) => {
  expect(found([artifactOf(resources)])).toEqual(expected);
});

test('a file counts by its services of Cloud Run', () => {
  const service = { id: 'google_cloud_run_v2_service.greeter' } as NonNullable<Artifact['cloudRun']>[number];
  expect(found([{ ...artifactOf(bucket), cloudRun: [service] }])).toEqual(['test:file']);
});

test.each([
  ['nothing of Restate', bucket],
  ['a rule that happens to cover its ports', opening(0, 65535)],
  ['a rule for 8080', opening(8080, 8080)],
])('%s is nothing to look at', (_what, resources) => {
  expect(() => found([artifactOf(resources)])).toThrow('cdk.out: nothing in it runs Restate');
});

test('a stack that is not there is answered with those that are', () => {
  expect(() => found([artifactOf(task('A'))], 'Orders')).toThrow('it holds no stack "Orders"; name one of test');
});

describe('of several paths', () => {
  const orders = { ...artifactOf(task('A')), name: 'Orders' };
  const read = [
    { path: 'before', artifacts: [orders] },
    { path: 'after', artifacts: [orders, { ...artifactOf(bucket), name: 'Other' }] },
  ];

  test('stacks of one name are told by their paths', () => {
    expect(findDeployments(read).map(({ prefix }) => prefix)).toEqual(['before/Orders/', 'after/Orders/']);
  });

  test('each must hold a deployment, unless one stack is asked for that is elsewhere', () => {
    const empty = { path: 'empty', artifacts: [{ ...artifactOf(bucket), name: 'Other' }] };
    expect(() => findDeployments([read[0]!, empty])).toThrow('empty: nothing in it runs Restate');
    expect(findDeployments([read[0]!, empty], 'Orders')).toHaveLength(1);
    expect(() => findDeployments([read[0]!, empty], 'Other')).toThrow('empty: nothing in it runs Restate');
  });
});
