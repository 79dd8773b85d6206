import type { Edited } from '../sites';
import { add, container, SERVICE, set, TASK } from '../../../check/edits';
import { type StrangersFault } from './fault';

const RESTATE = container('restate');

const ENVOY = container('envoy');

const OTHER = `nginx:1@sha256:${'4'.repeat(64)}`;

/** Another container in the task. */
const sidecar =
  (more_: object): StrangersFault[1] =>
  (file) => {
    const like = structuredClone(RESTATE(file));
    for (const key of ['Secrets', 'MountPoints', 'Environment', 'HealthCheck', 'DockerLabels']) delete like[key];
    TASK(file)['ContainerDefinitions'].push({
      ...like,
      Name: 'stranger',
      Essential: false,
      Memory: 64,
      Image: OTHER,
      EntryPoint: ['/bin/agent'],
      Command: [],
      ...more_,
    });
  };

const env = (name: string, value: string, of = ENVOY): StrangersFault[1] =>
  add(of, 'Environment', { Name: name, Value: value });

/** What containers are given. */
export const VOLUMES_AND_SECRETS: readonly StrangersFault[] = [
  [
    'the socket of docker in the server',
    (file) => {
      TASK(file)['Volumes'].push({ Name: 'sock', Host: { SourcePath: '/var/run/docker.sock' } });
      RESTATE(file)['MountPoints'].push({ SourceVolume: 'sock', ContainerPath: '/var/run/docker.sock' });
    },
    ['unprivileged'],
  ],
  [
    'the machine in the proxy',
    (file) => {
      TASK(file)['Volumes'].push({ Name: 'root', Host: { SourcePath: '/' } });
      ENVOY(file)['MountPoints'] = [
        ...(ENVOY(file)['MountPoints'] ?? []),
        { SourceVolume: 'root', ContainerPath: '/host', ReadOnly: true },
      ];
    },
    ['unprivileged'],
  ],
  [
    'the machine as a volume that nobody has yet',
    (file) => {
      TASK(file)['Volumes'].push({ Name: 'root', Host: { SourcePath: '/' } });
    },
    ['unprivileged'],
  ],
  [
    'the data in the proxy',
    add(ENVOY, 'MountPoints', { SourceVolume: 'data', ContainerPath: '/data', ReadOnly: true }),
    ['unprivileged', 'admin-closed', 'identity-key-by-reference', 'node-replaced-with-its-disk'],
  ],
  [
    'the data in a stranger',
    sidecar({ MountPoints: [{ SourceVolume: 'data', ContainerPath: '/data' }] }),
    ['unprivileged', 'admin-closed', 'identity-key-by-reference', 'images-by-digest'],
  ],
  [
    'a stranger in the task',
    sidecar({}),
    ['unprivileged', 'ingress-no-bypass', 'admin-closed', 'fabric-cluster-only', 'images-by-digest', 'bind-narrow'],
  ],
  ['a stranger in the task, latest', sidecar({ Image: 'busybox:latest' }), ['images-by-digest']],
  ['a stranger in the task, privileged', sidecar({ Privileged: true }), ['unprivileged']],
  [
    'the volumes of another',
    add(ENVOY, 'VolumesFrom', { SourceContainer: 'restate' }),
    ['unprivileged', 'identity-key-by-reference', 'admin-closed'],
  ],
  [
    'the data is on the disk of the machine',
    (file) => {
      for (const each of TASK(file)['Volumes']) if (each.Name === 'data') each.Host.SourcePath = '/var/lib/data';
    },
    ['node-replaced-with-its-disk', 'disks-encrypted-own-key'],
  ],
  [
    'the data is in a share',
    (file) => {
      TASK(file)['Volumes'] = TASK(file)['Volumes'].map((each: Edited) =>
        each.Name === 'data'
          ? {
              Name: 'data',
              EFSVolumeConfiguration: { FilesystemId: 'fs-0123456789abcdef0', TransitEncryption: 'DISABLED' },
            }
          : each,
      );
    },
    ['node-replaced-with-its-disk', 'disks-encrypted-own-key'],
  ],
  [
    'the data is in no volume',
    (file) => {
      RESTATE(file)['MountPoints'] = [];
    },
    ['node-replaced-with-its-disk', 'storage-retained'],
  ],
  ['a shell for whoever ECS lets', set(SERVICE, { EnableExecuteCommand: true }), ['admin-closed', 'unprivileged']],
  ['a secret by value', env('DATABASE_PASSWORD', 'Zk3n9Qw7Lp2Xv8Rt5Ym1', RESTATE), ['secrets-by-reference']],
  [
    'a secret by value in the proxy',
    env('API_TOKEN', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'),
    ['secrets-by-reference'],
  ],
  [
    'keys of AWS by value',
    env('AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzkkey'),
    ['secrets-by-reference'],
  ],
  [
    'a connection with a password',
    env('UPSTREAM', 'postgres://admin:s3cr3t-Pa55word@db.internal/x', RESTATE),
    ['secrets-by-reference', 'config-honoured'],
  ],
  [
    'a file of variables',
    set(RESTATE, { EnvironmentFiles: [{ Type: 's3', Value: 'arn:aws:s3:::somebodys-bucket/x.env' }] }),
    ['secrets-by-reference', 'config-honoured', 'images-by-digest'],
  ],
  [
    'the key of the server for the proxy',
    (file) => {
      ENVOY(file)['Secrets'] = [...(ENVOY(file)['Secrets'] ?? []), ...RESTATE(file)['Secrets']];
    },
    ['identity-key-by-reference', 'secret-readers-exact'],
  ],
  [
    'the key is a parameter in the clear',
    (file) => {
      RESTATE(file)['Secrets'][0]['ValueFrom'] = 'arn:aws:ssm:eu-central-1:111122223333:parameter/key';
    },
    ['identity-key-by-reference', 'secret-readers-exact', 'secrets-by-reference', 'disks-encrypted-own-key'],
  ],
  [
    'a key in the template',
    (file) => {
      delete RESTATE(file)['Secrets'];
      RESTATE(file)['Environment'].push({
        Name: 'PORTCULLIS_IDENTITY_KEY',
        Value:
          '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----',
      });
    },
    ['identity-key-by-reference', 'secrets-by-reference'],
  ],
];
