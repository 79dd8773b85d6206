import type { Container } from '../../../lib/artifact/artifact';
import { artifactOf } from '../artifact-of';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function read(definition: object): { container: Container | undefined; reasons: string } {
  const { hosts, unreadable } = artifactOf({
    T: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Name: 'c', Image: 'i', ...definition }] },
    },
  });
  return { container: hosts[0]?.containers[0], reasons: unreadable.map(({ reason }) => reason).join('\n') };
}

test('what is absent is what ECS takes for it', () => {
  expect(read({}).container).toEqual({
    name: 'c',
    image: { text: ['i'] },
    environment: {},
    secrets: {},
    readonlyRootFilesystem: false,
    privileged: false,
    capabilitiesDropped: [],
    capabilitiesAdded: [],
    noNewPrivileges: false,
    tmpfs: [],
    mounts: [],
    dependsOn: [],
    essential: true,
  });
});

test.each<[string, object, Partial<Container>]>([
  ['user', { User: '65531:65531' }, { user: '65531:65531' }],
  [
    'read-only root, as CloudFormation also takes it',
    { ReadonlyRootFilesystem: 'true' },
    { readonlyRootFilesystem: true },
  ],
  ['privileged', { Privileged: true }, { privileged: true }],
  [
    'dropped and added capabilities',
    { LinuxParameters: { Capabilities: { Drop: ['ALL'], Add: ['CHOWN'] } } },
    { capabilitiesDropped: ['ALL'], capabilitiesAdded: ['CHOWN'] },
  ],
  ['no new privileges', { DockerSecurityOptions: ['no-new-privileges'] }, { noNewPrivileges: true }],
  ['no new privileges, long form', { DockerSecurityOptions: ['no-new-privileges:true'] }, { noNewPrivileges: true }],
  [
    'no new privileges switched off',
    { DockerSecurityOptions: ['no-new-privileges:false'] },
    { noNewPrivileges: false },
  ],
  [
    'tmpfs',
    { LinuxParameters: { Tmpfs: [{ ContainerPath: '/t', Size: 1, MountOptions: ['mode=0700'] }] } },
    { tmpfs: [{ path: '/t', sizeMib: 1, options: ['mode=0700'] }] },
  ],
  [
    'mounts',
    { MountPoints: [{ SourceVolume: 'v', ContainerPath: '/v', ReadOnly: true }] },
    { mounts: [{ volume: 'v', path: '/v', readOnly: true }] },
  ],
  [
    'dependencies',
    { DependsOn: [{ ContainerName: 'd', Condition: 'SUCCESS' }] },
    { dependsOn: [{ container: 'd', condition: 'SUCCESS' }] },
  ],
  ['a side container', { Essential: false }, { essential: false }],
  [
    'entry point and command',
    { EntryPoint: ['sh', '-c'], Command: [{ Ref: 'X' }] },
    { entryPoint: [['sh'], ['-c']], command: [[{ logicalId: 'X' }]] },
  ],
  [
    'health check and stop timeout',
    { HealthCheck: { Command: ['CMD', 'true'] }, StopTimeout: 60 },
    { healthCheck: [['CMD'], ['true']], stopTimeoutSeconds: 60 },
  ],
  [
    'secrets by reference',
    { Secrets: [{ Name: 'K', ValueFrom: { Ref: 'S' } }] },
    { secrets: { K: [{ logicalId: 'S' }] } },
  ],
  [
    'image with tag and digest',
    { Image: `r.example:5000/a/b:1.7.12@${DIGEST}` },
    { image: { text: [`r.example:5000/a/b:1.7.12@${DIGEST}`], tag: '1.7.12', digest: DIGEST } },
  ],
  ['image by digest alone', { Image: `a/b@${DIGEST}` }, { image: { text: [`a/b@${DIGEST}`], digest: DIGEST } }],
  [
    'image in a repository of the cloud',
    { Image: { 'Fn::Join': ['', [{ Ref: 'R' }, ':2']] } },
    { image: { text: [{ logicalId: 'R' }, ':2'], tag: '2' } },
  ],
])('is read: %s', (_what, definition, expected) => {
  const { container, reasons } = read(definition);
  expect(container).toMatchObject(expected);
  expect(reasons).not.toMatch(/ContainerDefinitions/);
});

test.each([
  ['a setting behind an undecided condition', { User: { 'Fn::If': ['C', 'a', 'b'] } }, /User is Fn::If on condition C/],
  ['a flag that the cloud decides', { Privileged: { Ref: 'P' } }, /Privileged is known to the cloud alone/],
  ['environment files', { EnvironmentFiles: [{ Value: 'arn', Type: 's3' }] }, /EnvironmentFiles is not modelled/],
  ['volumes of another container', { VolumesFrom: [{ SourceContainer: 'x' }] }, /VolumesFrom is not modelled/],
  ['a list that only the cloud knows', { Command: { Ref: 'P' } }, /Command is a list that only the cloud knows/],
  ['an unknown dependency', { DependsOn: [{ ContainerName: 'd', Condition: 'SOON' }] }, /condition "SOON"/],
  ['a map where a text should be', { Image: { a: 1, b: 2 } }, /Image is no text/],
])('is reported, never dropped: %s', (_what, definition, reason) => {
  expect(read(definition).reasons).toMatch(reason);
});

test('names such as __proto__ are names like any other', () => {
  const { container } = read({
    Environment: [
      { Name: '__proto__', Value: 'x' },
      { Name: 'constructor', Value: 'y' },
    ],
  });
  expect(Object.keys(container?.environment ?? {})).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['0']).toBeUndefined();
});
