import type { Properties, Template } from '../../mutants/template';
import { networkOf } from './example';
import { addressed } from './parts';

const tcp = (port: number, peer: Properties): Properties => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peer,
});
const world = { CidrIp: '0.0.0.0/0' };

/** A server on Fargate behind an application load balancer, as people write it who know neither of our constructs nor of our claims. */
function template({
  balancer,
  task,
  more = {},
}: {
  readonly balancer: Properties;
  readonly task: Properties;
  readonly more?: Template['Resources'];
}): Template {
  return {
    Resources: {
      Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Front: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'front', VpcId: { Ref: 'Net' }, ...balancer },
      },
      Server: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'server', VpcId: { Ref: 'Net' }, ...task },
      },
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          NetworkMode: 'awsvpc',
          ContainerDefinitions: [{ Name: 'restate', Image: 'restatedev/restate:1.7' }],
        },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          LaunchType: 'FARGATE',
          TaskDefinition: { Ref: 'Task' },
          LoadBalancers: [
            { ContainerName: 'restate', ContainerPort: 8080, TargetGroupArn: { Ref: 'IngressTargets' } },
            { ContainerName: 'restate', ContainerPort: 9070, TargetGroupArn: { Ref: 'AdminTargets' } },
          ],
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              AssignPublicIp: 'ENABLED',
              SecurityGroups: [{ 'Fn::GetAtt': ['Server', 'GroupId'] }],
              Subnets: ['subnet-1'],
            },
          },
        },
      },
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Scheme: 'internet-facing', SecurityGroups: [{ 'Fn::GetAtt': ['Front', 'GroupId'] }] },
      },
      ...listener('Ingress', 443, 8080),
      ...listener('Admin', 9070, 9070),
      ...more,
    },
  };
}

function listener(name: string, port: number, target: number): Template['Resources'] {
  return {
    [`${name}Listener`]: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: port,
        Protocol: 'HTTPS',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: `${name}Targets` } }],
      },
    },
    [`${name}Targets`]: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: { Port: target, Protocol: 'HTTP', TargetType: 'ip' },
    },
  };
}

const member = { SourceSecurityGroupId: { 'Fn::GetAtt': ['Front', 'GroupId'] } };
const behind = { SecurityGroupIngress: [tcp(8080, member), tcp(9070, member)] };

function verdicts(of: Template): Readonly<Record<string, string>> {
  const wrong = networkOf(of).filter(({ verdict }) => verdict === 'broken');
  return Object.fromEntries(wrong.map(({ id, evidence }) => [id, evidence]));
}

test('an admin listener that the world reaches over a balancer is told with its whole way', () => {
  const broken = verdicts(
    template({ balancer: { SecurityGroupIngress: [tcp(443, world), tcp(9070, world)] }, task: behind }),
  );
  expect(broken['admin-closed']).toBe(
    "Restate's admin on :: port 9070 (the server's default), which asks nobody who they are, is reached by members of Front (Balancer) to " +
      "Task port 9070, let in by Server.SecurityGroupIngress[1]; Restate's admin on :: port 9070 (the server's default), which asks nobody " +
      'who they are, is reached by 0.0.0.0/0 over listener AdminListener (port 9070) of the internet-facing balancer Balancer and target ' +
      'group AdminTargets, let in by Front.SecurityGroupIngress[1], to Task port 9070, let in by Server.SecurityGroupIngress[1]',
  );
  expect(broken).toMatchObject({
    'ingress-no-bypass': expect.stringContaining('listener IngressListener'),
    'registration-by-deployers-only': expect.stringContaining('0.0.0.0/0'),
    'egress-closed': expect.stringContaining('everything out to 0.0.0.0/0'),
    'internal-endpoints-unreachable': expect.stringContaining('10.0.0.0/8'),
    'no-public-address': expect.stringContaining('AssignPublicIp'),
    'bind-narrow': expect.stringContaining('port 5122'),
  });
});

test('what the balancer keeps back is not said to be reached over it', () => {
  const broken = verdicts(
    template({
      balancer: { SecurityGroupIngress: [tcp(443, world)] },
      task: { SecurityGroupIngress: [tcp(8080, member)] },
    }),
  );
  expect(broken['admin-closed']).toBeUndefined();
  expect(broken['ingress-no-bypass']).toContain('0.0.0.0/0 over listener IngressListener');
});

/** Lets the members of the server's group in to a port of each other. */
function self(port: number): Template['Resources'] {
  return {
    [`Self${port}`]: {
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: { GroupId: { Ref: 'Server' }, ...tcp(port, { SourceSecurityGroupId: { Ref: 'Server' } }) },
    },
  };
}

test('one group for everything gives each of its members every port of the others', () => {
  const shared = { SecurityGroupIngress: [] };
  const made = template({ balancer: shared, task: shared, more: { ...self(8080), ...self(9070), ...self(5122) } });
  const balancer = made.Resources['Balancer'] as { Properties: Properties };
  balancer.Properties['SecurityGroups'] = [{ Ref: 'Server' }];
  balancer.Properties['Type'] = 'network';
  Object.assign(made.Resources, listener('Fabric', 5122, 5122));
  const { LoadBalancers } = addressed(made, 'Service') as { LoadBalancers: unknown[] };
  LoadBalancers.push({ ContainerName: 'restate', ContainerPort: 5122, TargetGroupArn: { Ref: 'FabricTargets' } });
  expect(verdicts(made)).toMatchObject({
    'admin-closed': expect.stringContaining('members of Server'),
    'fabric-cluster-only': expect.stringContaining('listener FabricListener'),
    'metrics-closed': expect.stringContaining('balancer Balancer'),
  });
});

test('a file without any network says so of each claim, and never holds', () => {
  const { Task } = template({ balancer: {}, task: {} }).Resources;
  const rows = networkOf({ Resources: { Task: Task as Template['Resources'][string] } });
  expect(rows).not.toEqual([]);
  expect(rows.filter(({ verdict }) => verdict === 'holds')).toEqual([]);
});
