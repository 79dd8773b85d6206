import type { Host } from '../../../lib/artifact/artifact';
import { artifactOf } from '../artifact-of';

interface Parts {
  readonly container?: object;
  readonly task?: object;
  readonly service?: object;
  readonly template?: object;
  readonly mappings?: object;
}

function read({ container, task, service, template, mappings = {} }: Parts): Host | undefined {
  const { hosts } = artifactOf(
    {
      T: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { ContainerDefinitions: [{ Name: 'c', Image: 'i', ...container }], ...task },
      },
      S: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'T' }, ...service } },
      L: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ...template } } },
      A: {
        Type: 'AWS::AutoScaling::AutoScalingGroup',
        Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'L' } } },
      },
    },
    { Mappings: mappings },
  );
  return hosts[0];
}

test('what is usual leaves nothing without a place', () => {
  const host = read({
    container: {
      Ulimits: [{ Name: 'nofile', SoftLimit: 1, HardLimit: 1 }],
      LinuxParameters: { Devices: [], InitProcessEnabled: true },
      LogConfiguration: { LogDriver: 'awslogs' },
    },
    task: { RuntimePlatform: { OperatingSystemFamily: 'LINUX' }, Family: 'f' },
    template: { InstanceType: 'm7g.large', MetadataOptions: { HttpTokens: 'required', HttpProtocolIpv6: 'disabled' } },
  });
  expect(host?.unmodelled).toBeUndefined();
  expect(host?.containers[0]).toMatchObject({ logDriver: 'awslogs' });
  expect(host?.containers[0]?.unmodelled).toBeUndefined();
  expect(host?.machine?.unmodelled).toBeUndefined();
});

test.each([
  [{ LinuxParameters: { Devices: [{ HostPath: '/dev/kmsg' }] } }, 'LinuxParameters.Devices'],
  [{ SystemControls: [{ Namespace: 'net.ipv4.ip_forward', Value: '1' }] }, 'SystemControls'],
  [
    { DockerSecurityOptions: ['no-new-privileges', 'apparmor:unconfined'] },
    'DockerSecurityOptions "apparmor:unconfined"',
  ],
  [{ ResourceRequirements: [{ Type: 'GPU', Value: '1' }] }, 'ResourceRequirements'],
  [{ ExtraHosts: [{ Hostname: 'h', IpAddress: '10.0.0.1' }] }, 'ExtraHosts'],
  [{ Novelty: true }, 'Novelty'],
])('a container has no place for %j', (container, name) => {
  expect(read({ container })?.containers[0]?.unmodelled).toEqual([name]);
});

test.each([
  [{ task: { ProxyConfiguration: { ContainerName: 'mesh' } } }, ['ProxyConfiguration']],
  [{ task: { RuntimePlatform: { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } } }, ['RuntimePlatform']],
  [{ task: { EnableFaultInjection: true } }, ['EnableFaultInjection']],
  [{ service: { DeploymentController: { Type: 'CODE_DEPLOY' } } }, ['S.DeploymentController.Type']],
  [{ service: { SchedulingStrategy: 'DAEMON' } }, ['S.SchedulingStrategy']],
  [{ service: { ServiceConnectConfiguration: { Enabled: true } } }, ['S.ServiceConnectConfiguration']],
])('a host has no place for %j', (parts, names) => {
  expect(read(parts)?.unmodelled).toEqual(names);
});

test.each([
  [{ KeyName: 'everyone' }, ['KeyName']],
  [{ MetadataOptions: { HttpProtocolIpv6: 'enabled' } }, ['MetadataOptions.HttpProtocolIpv6']],
  [{ EnclaveOptions: { Enabled: true } }, ['EnclaveOptions']],
])('a machine has no place for %j', (template, names) => {
  expect(read({ template })?.machine?.unmodelled).toEqual(names);
});

test.each([
  ['processes', { PidMode: 'host' }],
  ['memory', { IpcMode: 'host' }],
])("%s may be the machine's own", (what, task) => {
  expect(read({ task })).toMatchObject({ machineShares: [what] });
  expect(read({ task })?.shared).toBeUndefined();
});

test('a rollout is what ECS takes where nothing is said', () => {
  expect(read({})?.rollout).toEqual({ id: 'S', givesUp: false, count: 1, leastPercent: 100, mostPercent: 200 });
});

test('a rollout is what the service says, and not what only the cloud knows', () => {
  const service = {
    DesiredCount: { Ref: 'Count' },
    DeploymentConfiguration: { MinimumHealthyPercent: '0', MaximumPercent: 100 },
  };
  expect(read({ service })?.rollout).toEqual({ id: 'S', givesUp: false, leastPercent: 0, mostPercent: 100 });
});

test('a machine starts from one image, or from that of its region', () => {
  const ImageId = { 'Fn::FindInMap': ['Images', { Ref: 'AWS::Region' }, 'ami'] };
  const mappings = { Images: { one: { ami: 'ami-1' }, two: { ami: 'ami-2' } } };
  expect(read({ template: { ImageId: 'ami-1' } })?.machine?.images).toEqual([['ami-1']]);
  expect(read({ template: { ImageId }, mappings })?.machine?.images).toEqual([['ami-1'], ['ami-2']]);
  expect(read({ template: { ImageId } })?.machine?.images).toBeUndefined();
  expect(read({})?.machine?.images).toBeUndefined();
});
