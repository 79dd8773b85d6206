import { SERVER_CLAIMS } from '../../../lib/check/server/server-claims';
import { WORKLOAD_CLAIMS } from '../../../lib/check/workload/workload-claims';
import { complained, type Fault } from '../decided';
import { add, both, container, exchange, SERVICE, set, TASK, variable } from '../edits';
import { attribute, part } from '../parts-of-aws';

const RESTATE = container('restate');
const ENVOY = container('envoy');
const CERTIFICATE = container('certificate');
const KEY = 'PORTCULLIS_IDENTITY_KEY';
const BROKEN = ['unprivileged broken'];
const UNPROVEN = ['unprivileged unproven'];
const NO_KEY = ['identity-key-by-reference broken'];
const LOST = ['node-replaced-with-its-disk broken'];
const DRAINS = ['deploy-drains broken'];
const TARGETS = part('AWS::ElasticLoadBalancingV2::TargetGroup', 'RestateBalancerTargets');
const DELAY = 'deregistration_delay.timeout_seconds';
const SOCKET = '/var/run/docker.sock';

const FAULTS: readonly Fault[] = [
  [
    'the identity key in the file',
    both(set(RESTATE, { Secrets: undefined }), variable(KEY, 'hunter22hunter22')),
    ['identity-key-by-reference broken', 'secrets-by-reference broken'],
  ],
  [
    'the identity key put in by the cloud',
    both(set(RESTATE, { Secrets: undefined }), variable(KEY, '{{resolve:secretsmanager:orders/key}}')),
    ['identity-key-by-reference broken', 'secrets-by-reference broken'],
  ],
  ['the identity key for the proxy, too', (file) => set(ENVOY, { Secrets: RESTATE(file)['Secrets'] })(file), NO_KEY],
  ['no secret at all', set(RESTATE, { Secrets: undefined }), ['identity-key-by-reference unproven']],
  [
    'a secret that is none',
    set(RESTATE, { Secrets: [{ Name: KEY, ValueFrom: 'the key: a' }] }),
    ['secrets-by-reference broken'],
  ],
  ['no memory for the key', set(RESTATE, { LinuxParameters: { Tmpfs: undefined } }), NO_KEY],
  ['memory for the key that others look into', exchange(/^mode=0700$/, 'mode=0777'), NO_KEY],
  ['memory for the key of another user', exchange(/^uid=65531$/, 'uid=0'), NO_KEY],
  [
    'a disk in place of the memory for the key',
    both(
      set(RESTATE, { LinuxParameters: { Tmpfs: undefined } }),
      add(RESTATE, 'MountPoints', { SourceVolume: 'data', ContainerPath: '/run/secrets', ReadOnly: false }),
    ),
    NO_KEY,
  ],
  ['memory that runs programs', exchange(/^noexec$/, 'exec'), BROKEN],
  ['memory with users of files', exchange(/^nosuid$/, 'rw'), BROKEN],
  ['memory with devices', exchange(/^nodev$/, 'rw'), BROKEN],
  ['no user', set(RESTATE, { User: undefined }), [...NO_KEY, ...BROKEN]],
  ['root by number', set(ENVOY, { User: '0:0' }), BROKEN],
  ['the group of root', set(ENVOY, { User: '65532:0' }), BROKEN],
  ['a user without a group', set(ENVOY, { User: '65531' }), BROKEN],
  ['root by name', set(ENVOY, { User: 'root' }), BROKEN],
  ['a user by name', set(ENVOY, { User: 'envoy' }), UNPROVEN],
  ['a root file system to write on', set(ENVOY, { ReadonlyRootFilesystem: false }), BROKEN],
  ['no word about the root file system', set(CERTIFICATE, { ReadonlyRootFilesystem: undefined }), BROKEN],
  ['privileges', set(CERTIFICATE, { Privileged: true }), BROKEN],
  ['capabilities that are kept', set(RESTATE, { LinuxParameters: { Capabilities: undefined } }), BROKEN],
  [
    'one capability that is dropped',
    set(RESTATE, { LinuxParameters: { Capabilities: { Drop: ['NET_RAW'] } } }),
    BROKEN,
  ],
  ['a capability that is added', set(ENVOY, { LinuxParameters: { Capabilities: { Add: ['SYS_ADMIN'] } } }), BROKEN],
  ['privileges that can be gained', set(ENVOY, { DockerSecurityOptions: undefined }), BROKEN],
  ['no profile of AppArmor', add(ENVOY, 'DockerSecurityOptions', 'apparmor:unconfined'), BROKEN],
  ['a profile of which nobody knows', add(ENVOY, 'DockerSecurityOptions', 'apparmor:own'), UNPROVEN],
  ['a device', set(ENVOY, { LinuxParameters: { Devices: [{ HostPath: '/dev/fuse' }] } }), BROKEN],
  [
    'a setting of the kernel',
    set(ENVOY, { SystemControls: [{ Namespace: 'net.core.somaxconn', Value: '1' }] }),
    BROKEN,
  ],
  ['a graphics card', set(ENVOY, { ResourceRequirements: [{ Type: 'GPU', Value: '1' }] }), BROKEN],
  [
    'a name of a host',
    set(ENVOY, { ExtraHosts: [{ Hostname: 'login.example.com', IpAddress: '10.0.0.1' }] }),
    UNPROVEN,
  ],
  ['a server of names', set(ENVOY, { DnsServers: ['10.0.0.1'] }), UNPROVEN],
  ['the network of the machine', set(TASK, { NetworkMode: 'host' }), ['instance-metadata-v2 broken', ...BROKEN]],
  ['shared processes', set(TASK, { PidMode: 'task' }), BROKEN],
  ['shared memory', set(TASK, { IpcMode: 'task' }), BROKEN],
  ['faults that can be injected', set(TASK, { EnableFaultInjection: true }), UNPROVEN],
  ['a proxy of somebody else', set(TASK, { ProxyConfiguration: { ContainerName: 'mesh' } }), UNPROVEN],
  ['a mesh of somebody else', set(SERVICE, { ServiceConnectConfiguration: { Enabled: true } }), UNPROVEN],
  ['a folder that rules the machine', exchange(/^\/var\/lib\/portcullis\/data$/, '/etc'), [...LOST, ...BROKEN]],
  ['the root of the machine', exchange(/^\/var\/lib\/portcullis\/data$/, '/'), [...LOST, ...BROKEN]],
  ['a folder that nobody knows', exchange(/^\/var\/lib\/portcullis\/data$/, '/novelty'), [...LOST, ...UNPROVEN]],
  [
    'the socket of the container runtime',
    both(
      add(TASK, 'Volumes', { Name: 'docker', Host: { SourcePath: SOCKET } }),
      add(ENVOY, 'MountPoints', { SourceVolume: 'docker', ContainerPath: SOCKET, ReadOnly: true }),
    ),
    BROKEN,
  ],
  [
    'a container beside them',
    add(TASK, 'ContainerDefinitions', { Name: 'agent', Image: 'agent' }),
    ['images-by-digest broken', ...BROKEN],
  ],
  [
    'the key of the proxy on a disk',
    exchange(/^\/run\/portcullis\/tls$/, '/var/lib/portcullis/tls'),
    ['secrets-by-reference broken'],
  ],
  [
    'a script that nobody knows',
    exchange('umask 077\ncd', 'umask 022\ncd'),
    ['deploy-drains unproven', 'secrets-by-reference unproven'],
  ],
  ['an image without a digest', exchange(/(distroless-v1\.40\.0)@sha256:1+/, '$1'), ['images-by-digest broken']],
  ['the latest image', exchange(/distroless-v1\.40\.0@sha256:1+/, 'latest'), ['images-by-digest broken']],
  [
    'an image that only the cloud knows',
    (file) => (ENVOY(file)['Image'] = { 'Fn::ImportValue': 'EnvoyImage' }),
    ['images-by-digest unproven'],
  ],
  ['a server that is killed', set(RESTATE, { StopTimeout: 5 }), ['deploy-drains broken']],
  ['a proxy that is killed at once', set(ENVOY, { StopTimeout: 0 }), DRAINS],
  ['a balancer that ends calls at once', attribute(TARGETS, 'TargetGroupAttributes', DELAY, '0'), DRAINS],
  [
    'a balancer that ends calls when only the cloud knows',
    (file) => TARGETS(file)['TargetGroupAttributes'].push({ Key: DELAY, Value: '300' }),
    ['deploy-drains unproven'],
  ],
  ['a certificate by what its image does', set(CERTIFICATE, { EntryPoint: undefined }), ['deploy-drains unproven']],
  ['a certificate by another program', set(CERTIFICATE, { EntryPoint: ['/bin/true'] }), ['deploy-drains unproven']],
  ['a server that is killed by default', set(RESTATE, { StopTimeout: undefined }), ['deploy-drains broken']],
  ['a server that takes longer', variable('RESTATE_SHUTDOWN_TIMEOUT', '5m'), ['deploy-drains broken']],
  [
    'callers before the server',
    set(ENVOY, { DependsOn: [{ ContainerName: 'certificate', Condition: 'SUCCESS' }] }),
    ['deploy-drains broken'],
  ],
  ['callers when the server begins', exchange(/^HEALTHY$/, 'START'), ['deploy-drains broken']],
  ['a proxy before its certificate', exchange(/^SUCCESS$/, 'START'), ['deploy-drains broken']],
  ['two servers on one disk', set(SERVICE, { DesiredCount: 2 }), ['deploy-drains broken']],
  ['as many servers as the cloud says', set(SERVICE, { DesiredCount: { Ref: 'Count' } }), ['deploy-drains unproven']],
  [
    'the next server beside the last one',
    set(SERVICE, { DeploymentConfiguration: { MaximumPercent: 200 } }),
    ['deploy-drains broken'],
  ],
  ['no way to begin', set(SERVICE, { DeploymentConfiguration: { MinimumHealthyPercent: 100 } }), DRAINS],
  ['a controller of somebody else', set(SERVICE, { DeploymentController: { Type: 'EXTERNAL' } }), UNPROVEN],
  ['a server on each machine', set(SERVICE, { SchedulingStrategy: 'DAEMON' }), UNPROVEN],
  ['a shell', set(SERVICE, { EnableExecuteCommand: true }), ['admin-closed broken']],
  ['nobody who asks for health', set(RESTATE, { HealthCheck: undefined }), DRAINS],
  [
    'health whatever the answer is',
    set(RESTATE, { HealthCheck: { Command: ['CMD', 'true'] } }),
    ['deploy-drains unproven'],
  ],
  ['health whatever the status is', exchange(/^--fail$/, '--show-error'), ['deploy-drains unproven']],
  [
    'a container to wait for that is not there',
    add(ENVOY, 'DependsOn', { ContainerName: 'other', Condition: 'START' }),
    DRAINS,
  ],
  ['a server that may end', set(RESTATE, { Essential: false }), LOST],
  ['a proxy that may end', set(ENVOY, { Essential: false }), LOST],
  ['no disk', set(RESTATE, { MountPoints: [] }), LOST],
  ['a disk at another place', (file) => (RESTATE(file)['MountPoints'][0].ContainerPath = '/data'), LOST],
  ['a volume of the task', (file) => delete TASK(file)['Volumes'][0].Host, LOST],
  ['a volume that is not there', (file) => TASK(file)['Volumes'].shift(), [...LOST, ...UNPROVEN]],
  ['a certificate that the proxy may exchange', (file) => (ENVOY(file)['MountPoints'][0].ReadOnly = false), BROKEN],
  ['a rollout by default', set(SERVICE, { DeploymentConfiguration: undefined }), ['deploy-drains broken']],
];

test.each(FAULTS)('%s: is told', (_what, edit, expected) => {
  expect(complained('Orders', [...SERVER_CLAIMS, ...WORKLOAD_CLAIMS], edit)).toEqual(expected);
});
