import { artifactOf } from '../artifact-of';

type Properties = Record<string, unknown>;

const RUN = '#!/bin/bash\ndocker run --detach --name restate -p 80:8080 docker.io/restatedev/restate:1.7.12\n';
const encoded = (text: string): object => ({ 'Fn::Base64': text });
const instance = (properties: Properties = {}, script = RUN): object => ({
  Box: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', UserData: encoded(script), ...properties } },
});
const SUBNET = { Here: { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.0.0/24', VpcId: 'vpc-1' } } };

const registered = (...Targets: readonly object[]): object => ({
  ...SUBNET,
  ...instance({ SubnetId: { Ref: 'Here' } }),
  Group: {
    Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    Properties: { Port: 80, Protocol: 'TCP', Targets },
  },
});

/** Whether anything of a resource could not be read. */
function isReported(file: object, id: string): boolean {
  return artifactOf(file).unreadable.some(({ subject }) => subject === id);
}

test('an instance whose user data starts the server is a host', () => {
  const { hosts } = artifactOf({ ...SUBNET, ...instance({ SubnetId: { Ref: 'Here' } }) });
  expect(hosts).toMatchObject([
    { id: 'Box', network: 'published', published: [{ port: 80, containerPort: 8080 }], publicAddress: false },
  ]);
});

test('an instance that only calls a server is none', () => {
  const artifact = artifactOf(instance({}, '#!/bin/bash\nexport RESTATE_URL=https://restate.example.com\n'));
  expect(artifact.hosts).toEqual([]);
  expect(artifact.suspected).toBeUndefined();
});

test('a machine that runs tasks of ECS is none beside them', () => {
  const script = `#!/bin/bash\necho ECS_CLUSTER=a >> /etc/ecs/ecs.config\n${RUN}`;
  const { hosts } = artifactOf({
    ...instance({}, script),
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Name: 'a', Image: 'restatedev/restate:1' }] },
    },
    Service: { Type: 'AWS::ECS::Service', Properties: { Cluster: 'a', TaskDefinition: { Ref: 'Task' } } },
  });
  expect(hosts.map(({ id }) => id)).toEqual(['Task']);
});

test('what an Auto Scaling group starts is known by its template, and registered where the group is', () => {
  const { hosts, balancers } = artifactOf({
    ...SUBNET,
    Template: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { LaunchTemplateData: { ImageId: 'ami-1', UserData: encoded(RUN) } },
    },
    Group: {
      Type: 'AWS::AutoScaling::AutoScalingGroup',
      Properties: {
        VPCZoneIdentifier: [{ Ref: 'Here' }],
        TargetGroupARNs: [{ Ref: 'Targets' }],
        LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' },
      },
    },
    Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 80, Protocol: 'TCP' } },
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Type: 'network' } },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 80,
        Protocol: 'TCP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }],
      },
    },
  });
  expect(hosts.map(({ id }) => id)).toEqual(['Template']);
  expect(balancers[0]?.listeners[0]?.targets).toMatchObject([{ host: 'Template', port: 80 }]);
});

test('a target group that names the instance itself leads to it, and is no way in that nobody knows', () => {
  const box = { Id: { Ref: 'Box' } };
  expect(isReported(registered(box), 'Group')).toBe(false);
  expect(isReported(registered(box, { Id: 'i-0123456789abcdef0' }), 'Group')).toBe(true);
});

test.each([
  ['stands in no subnet that it names', instance(), true],
  ['refuses one', instance({ NetworkInterfaces: [{ DeviceIndex: '0', AssociatePublicIpAddress: false }] }), false],
])('an instance that %s has a public address: %s', (_what, file, expected) => {
  expect(artifactOf(file).hosts[0]?.publicAddress).toBe(expected);
});

test.each([
  ['a subnet of another file', { SubnetId: 'subnet-1' }],
  ['an interface that stands apart', { NetworkInterfaces: [{ DeviceIndex: '0', NetworkInterfaceId: 'eni-1' }] }],
])('%s is reported', (_what, properties) => {
  const reported = artifactOf({ ...SUBNET, ...instance(properties) }).unreadable.map(({ subject }) => subject);
  expect(reported).toContain('Box');
  expect(artifactOf({ ...SUBNET, ...instance({ SubnetId: { Ref: 'Here' } }) }).unreadable).toEqual([]);
});

test('rules about the metadata service, programs that are fetched and a missing guard against its end are told', () => {
  const script = `${RUN}npm install -g thing\niptables -I FORWARD -d 169.254.169.254 -j DROP\n`;
  expect(artifactOf(instance({}, script)).hosts[0]?.machine).toMatchObject({
    metadataRuled: true,
    installs: ['npm install -g thing'],
    endsByMistake: true,
  });
  expect(artifactOf(instance({ DisableApiTermination: true })).hosts[0]?.machine).toMatchObject({
    endsByMistake: false,
  });
});

test('files of the machine are files of the containers that mount their folder', () => {
  const script = [
    '#!/bin/bash',
    "cat > /etc/restate/a.toml <<'END'",
    'node-name = "a"',
    'END',
    'docker run -d -v /etc/restate:/config restatedev/restate:1 --config-file /config/a.toml',
  ].join('\n');
  expect(artifactOf(instance({}, script)).hosts[0]?.containers[0]?.files?.get('/config/a.toml')).toBe(
    'node-name = "a"\n',
  );
});

test.each([
  ['a process of an instance', instance({}, '#!/bin/bash\nrestate-server --node-name a\n'), 'Box'],
  [
    'a container whose image is the server and whose start is not',
    {
      Box: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { ContainerDefinitions: [{ Name: 'a', Image: 'restatedev/restate:1', EntryPoint: ['/start.sh'] }] },
      },
    },
    'Box',
  ],
  [
    'a service of another kind',
    { Box: { Type: 'AWS::AppRunner::Service', Properties: { Image: 'restatedev/restate:1' } } },
    'Box',
  ],
])('%s that may run the server leaves the whole file in doubt', (_what, file, id) => {
  const { suspected, unreadable } = artifactOf(file);
  expect(suspected).toEqual([id]);
  expect(unreadable).toContainEqual(expect.objectContaining({ subject: id, concerns: 'template' }));
});

test('a tool of the same image leaves nothing in doubt', () => {
  const container = { Name: 'a', Image: 'restatedev/restate:1', EntryPoint: ['restatectl'], Command: ['status'] };
  const file = { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [container] } } };
  expect(artifactOf(file).suspected).toBeUndefined();
});
