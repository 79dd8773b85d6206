import { Match } from 'aws-cdk-lib/assertions';
import { adminDoor, resourceOf, templateOf } from './template-of';

interface ContainerDefinition {
  readonly Name: string;
  readonly [property: string]: unknown;
}

function containers(template = templateOf()): Record<string, ContainerDefinition> {
  const { Properties } = resourceOf(template, 'AWS::ECS::TaskDefinition');
  return Object.fromEntries(
    (Properties['ContainerDefinitions'] as ContainerDefinition[]).map((container) => [container.Name, container]),
  );
}

describe('the task', () => {
  const template = templateOf();

  test('has three containers and no network but its own interface', () => {
    expect(Object.keys(containers(template))).toEqual(['certificate', 'restate', 'envoy']);
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      NetworkMode: 'awsvpc',
      RequiresCompatibilities: ['EC2'],
      PidMode: Match.absent(),
      IpcMode: Match.absent(),
    });
  });

  test.each([
    ['certificate', '65532:65532'],
    ['restate', '65531:65531'],
    ['envoy', '65532:65532'],
  ])('gives %s a user of its own, nothing to write on and no power over the machine', (name, user) => {
    expect(containers(template)[name]).toMatchObject({
      User: user,
      Privileged: false,
      ReadonlyRootFilesystem: true,
      DockerSecurityOptions: ['no-new-privileges'],
      LinuxParameters: { Capabilities: { Drop: ['ALL'] } },
      LogConfiguration: { LogDriver: 'awslogs', Options: { mode: 'non-blocking', 'max-buffer-size': '26214400b' } },
    });
    expect(containers(template)[name]).not.toHaveProperty('LinuxParameters.Capabilities.Add');
    expect(containers(template)[name]).not.toHaveProperty('LinuxParameters.Devices');
  });

  test('publishes the two ports of Envoy and none of the server', () => {
    const published = Object.values(containers(template)).map(({ Name, PortMappings }) => [Name, PortMappings]);
    expect(published).toEqual([
      ['certificate', undefined],
      ['restate', undefined],
      ['envoy', [8443, 8081].map((port) => expect.objectContaining({ ContainerPort: port }) as unknown)],
    ]);
  });

  test('keeps the identity key in memory: from the secret to a tmpfs of the server alone', () => {
    const { restate } = containers(template);
    expect(restate?.['Secrets']).toEqual([
      { Name: 'PORTCULLIS_IDENTITY_KEY', ValueFrom: expect.anything() as unknown },
    ]);
    expect(restate).toHaveProperty('LinuxParameters.Tmpfs', [
      {
        ContainerPath: '/run/secrets',
        Size: 1,
        MountOptions: ['noexec', 'nosuid', 'nodev', 'mode=0700', 'uid=65531', 'gid=65531'],
      },
    ]);
    expect(containers(template)['envoy']).not.toHaveProperty('Secrets');
    expect(containers(template)['certificate']).not.toHaveProperty('Secrets');
  });

  test('mounts the data disk into the server alone, and the certificate read-only into Envoy', () => {
    const mounts = Object.values(containers(template)).map(({ MountPoints }) => MountPoints);
    expect(mounts).toEqual([
      [{ SourceVolume: 'proxy-tls', ContainerPath: '/run/portcullis/tls', ReadOnly: false }],
      [{ SourceVolume: 'data', ContainerPath: '/var/lib/restate', ReadOnly: false }],
      [{ SourceVolume: 'proxy-tls', ContainerPath: '/run/portcullis/tls', ReadOnly: true }],
    ]);
  });

  test('starts Envoy when its certificate is made and the server is healthy, and opens no admin port for that', () => {
    expect(containers(template)['envoy']).toMatchObject({
      DependsOn: [
        { ContainerName: 'certificate', Condition: 'SUCCESS' },
        { ContainerName: 'restate', Condition: 'HEALTHY' },
      ],
    });
    expect(containers(template)['restate']).toHaveProperty(
      'HealthCheck.Command',
      expect.arrayContaining(['--unix-socket', '/var/lib/restate/n1/admin.sock']),
    );
  });

  test('runs each image by tag and digest', () => {
    const [certificate, server, proxy] = Object.values(containers(template)).map(({ Image }) => JSON.stringify(Image));
    expect(server).toContain(`/mirror/restate:1.7.12@sha256:${'a'.repeat(64)}`);
    expect(certificate).toContain(`/mirror/envoy:v1.40.0@sha256:${'c'.repeat(64)}`);
    expect(proxy).toContain(`/mirror/envoy:distroless-v1.40.0@sha256:${'b'.repeat(64)}`);
  });

  test('takes what is said of the server into its environment and its memory', () => {
    const { restate } = containers(
      templateOf(() => ({ clusterName: 'orders', server: { rocksdbMemoryMib: 1_024, nodeName: 'a' } })),
    );
    expect(restate).toMatchObject({
      Memory: 2_560,
      Environment: expect.arrayContaining([
        { Name: 'RESTATE_CLUSTER_NAME', Value: 'orders' },
        { Name: 'RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE', Value: '1024 MiB' },
      ]) as unknown,
    });
    expect(JSON.stringify(restate?.['HealthCheck'])).toContain('/var/lib/restate/a/admin.sock');
  });

  test('takes what is said of the ingress into the proxy', () => {
    const asked = templateOf(() => ({
      ingress: {
        hostnames: ['a.example.com'],
        corsOrigins: ['https://app.example.com'],
        limits: { maxBodyBytes: 4_321 },
      },
    }));
    const command = JSON.stringify(containers(asked)['envoy']?.['Command']);
    for (const said of ['a.example.com', 'https://app.example.com', '4321']) expect(command).toContain(said);
  });

  test('leaves a quarter of what ECS takes of a task to everything but Envoy’s configuration, and needs half of that', () => {
    const open = templateOf((stack) => adminDoor(stack));
    const [, json] = (containers(open)['envoy']?.['Command'] ?? []) as string[];
    expect(json).toContain('static_resources');
    const whole = JSON.stringify(resourceOf(open, 'AWS::ECS::TaskDefinition').Properties);
    expect(whole.length - JSON.stringify(json).length).toBeLessThan(8 * 1024);
  });

  test.each([
    [50, 60],
    [115, 120],
  ])(
    'gives a server that may take %i s to end its work %i s before it is killed',
    (shutdownTimeoutSeconds, seconds) => {
      const asked = templateOf(() => ({ server: { shutdownTimeoutSeconds } }));
      expect(containers(asked)['restate']).toMatchObject({ StopTimeout: seconds });
    },
  );

  test('is replaced by stopping first, with a way back', () => {
    template.hasResourceProperties('AWS::ECS::Service', {
      DesiredCount: 1,
      LaunchType: 'EC2',
      EnableExecuteCommand: false,
      DeploymentConfiguration: {
        MinimumHealthyPercent: 0,
        MaximumPercent: 100,
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      },
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
    });
  });
});
