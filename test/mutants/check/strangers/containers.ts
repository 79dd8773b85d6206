import { add, container, set, TASK } from '../../../check/edits';
import { type StrangersFault } from './fault';

const RESTATE = container('restate');

const ENVOY = container('envoy');

/** What containers may do. */
export const CONTAINERS: readonly StrangersFault[] = [
  ['the server is privileged', set(RESTATE, { Privileged: true }), ['unprivileged']],
  ['the proxy is privileged', set(ENVOY, { Privileged: true }), ['unprivileged']],
  ['the server runs as root', set(RESTATE, { User: '0' }), ['unprivileged']],
  ['the server runs as root by name', set(RESTATE, { User: 'root' }), ['unprivileged']],
  ['the server runs in the group of root', set(RESTATE, { User: '65531:0' }), ['unprivileged']],
  ['the proxy runs as whoever the image says', set(ENVOY, { User: undefined }), ['unprivileged']],
  [
    'the proxy runs as the server',
    set(ENVOY, { User: '65531:65531' }),
    ['unprivileged', 'identity-key-by-reference', 'admin-closed'],
  ],
  [
    'a capability of the server',
    set(RESTATE, { LinuxParameters: { Capabilities: { Add: ['NET_ADMIN'] } } }),
    ['unprivileged'],
  ],
  [
    'all capabilities of the proxy',
    set(ENVOY, { LinuxParameters: { Capabilities: { Add: ['ALL'] } } }),
    ['unprivileged'],
  ],
  [
    'some capabilities dropped alone',
    set(ENVOY, { LinuxParameters: { Capabilities: { Drop: ['NET_RAW'] } } }),
    ['unprivileged'],
  ],
  [
    'nothing said of the kernel',
    (file) => {
      delete RESTATE(file)['LinuxParameters'];
    },
    ['unprivileged'],
  ],
  [
    'a device for the server',
    set(RESTATE, { LinuxParameters: { Devices: [{ HostPath: '/dev/mem' }] } }),
    ['unprivileged'],
  ],
  [
    'more rights for whoever asks',
    (file) => {
      delete RESTATE(file)['DockerSecurityOptions'];
    },
    ['unprivileged'],
  ],
  ['no profile of system calls', add(RESTATE, 'DockerSecurityOptions', 'seccomp=unconfined'), ['unprivileged']],
  ['no profile of apparmor', add(ENVOY, 'DockerSecurityOptions', 'apparmor=unconfined'), ['unprivileged']],
  ['a root that is written', set(RESTATE, { ReadonlyRootFilesystem: false }), ['unprivileged']],
  [
    'a root of the proxy that is written',
    (file) => {
      delete ENVOY(file)['ReadonlyRootFilesystem'];
    },
    ['unprivileged'],
  ],
  [
    'the network of the machine',
    set(TASK, { NetworkMode: 'host' }),
    ['unprivileged', 'ingress-no-bypass', 'metadata-unreachable'],
  ],
  [
    'a bridge of the machine',
    set(TASK, { NetworkMode: 'bridge' }),
    ['unprivileged', 'ingress-no-bypass', 'metadata-unreachable'],
  ],
  ['the processes of the machine', set(TASK, { PidMode: 'host' }), ['unprivileged']],
  ['the processes of the task', set(TASK, { PidMode: 'task' }), ['unprivileged', 'identity-key-by-reference']],
  ['the memory of the machine', set(TASK, { IpcMode: 'host' }), ['unprivileged']],
  [
    'faults are injected',
    set(TASK, { EnableFaultInjection: true }),
    ['unprivileged', 'admin-closed', 'config-honoured', 'node-replaced-with-its-disk'],
  ],
  [
    'names of the server lead elsewhere',
    add(ENVOY, 'ExtraHosts', { Hostname: 'login.example.com', IpAddress: '198.51.100.7' }),
    ['jwks-over-verified-tls', 'unprivileged', 'upstream-verified'],
    'Orders',
  ],
  [
    'names are asked of a stranger',
    set(ENVOY, { DnsServers: ['198.51.100.7'] }),
    ['egress-closed', 'jwks-over-verified-tls', 'unprivileged'],
  ],
  [
    'another root of docker for the server',
    set(RESTATE, { SystemControls: [{ Namespace: 'net.ipv4.ip_unprivileged_port_start', Value: '0' }] }),
    ['unprivileged'],
  ],
];
