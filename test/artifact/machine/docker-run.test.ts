import type { Container } from '../../../lib/artifact/artifact';
import { readRun } from './user-data';

function containerOf(words: string): Container | undefined {
  const { containers, reports } = readRun(words);
  expect(reports).toEqual([]);
  return containers[0];
}

test('the simplest run is a container with everything that Docker leaves it', () => {
  expect(containerOf('restate')).toEqual({
    name: 'a',
    image: { text: ['restate'] },
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
    stopTimeoutSeconds: 90,
  });
});

test.each<readonly [string, string, Partial<Container>]>([
  ['a name', '--name=b x', { name: 'b' }],
  ['the last name', '--name b --name c x', { name: 'c' }],
  ['a user', '-u 1:2 x', { user: '1:2' }],
  ['a user in the same word', '-u1:2 x', { user: '1:2' }],
  ['a user behind a sign', '-u=1:2 x', { user: '1:2' }],
  ['a user behind switches in one word', '-itu 1:2 x', { user: '1:2' }],
  ['a user taken back', '--user 1 --user "" x', {}],
  ['variables, the last one', '-e A=1 --env A=b=c -eB= x', { environment: { A: ['b=c'], B: [''] } }],
  ['nothing to write on', '--read-only x', { readonlyRootFilesystem: true }],
  ['something to write on after all', '--read-only --read-only=false x', { readonlyRootFilesystem: false }],
  ['all rights', '--privileged x', { privileged: true }],
  [
    'capabilities',
    '--cap-drop ALL --cap-drop=CHOWN --cap-add NET_ADMIN x',
    { capabilitiesDropped: ['ALL', 'CHOWN'], capabilitiesAdded: ['NET_ADMIN'] },
  ],
  ['no new privileges', '--security-opt no-new-privileges x', { noNewPrivileges: true }],
  ['no new privileges, by its value', '--security-opt=no-new-privileges:true x', { noNewPrivileges: true }],
  [
    'new privileges after all',
    '--security-opt no-new-privileges --security-opt no-new-privileges=false x',
    { noNewPrivileges: false },
  ],
  [
    'memory',
    '--tmpfs /t:rw,size=64m,mode=1777 x',
    { tmpfs: [{ path: '/t', sizeMib: 64, options: ['rw', 'mode=1777'] }] },
  ],
  ['memory without a limit', '--tmpfs /t x', { tmpfs: [{ path: '/t', sizeMib: 0, options: [] }] }],
  [
    'memory by --mount',
    '--mount type=tmpfs,dst=/t,tmpfs-size=1g,tmpfs-mode=0700 x',
    { tmpfs: [{ path: '/t', sizeMib: 1024, options: ['mode=0700'] }] },
  ],
  ['arguments, behind the image', 'x --user 0 -p 1:1', { command: [['--user'], ['0'], ['-p'], ['1:1']] }],
  ['an entry point', '--entrypoint /bin/sh x -c y', { entryPoint: [['/bin/sh']], command: [['-c'], ['y']] }],
  ['an entry point taken away', '--entrypoint= x y', { entryPoint: [], command: [['y']] }],
  ['a health check', '--health-cmd "curl x" x', { healthCheck: [['CMD-SHELL'], ['curl x']] }],
  ['no health check', '--health-cmd y --no-healthcheck x', {}],
  [
    'an image with tag and digest',
    `r:5000/x:1@sha256:${'a'.repeat(64)}`,
    { image: { text: [`r:5000/x:1@sha256:${'a'.repeat(64)}`], tag: '1', digest: `sha256:${'a'.repeat(64)}` } },
  ],
  [
    'what changes nothing',
    '--rm -d --init --log-driver gcplogs --log-opt mode=non-blocking -m 512m --memory-swap 512m --ulimit nofile=1:1 -l a=b -h n --restart=no x',
    { logDriver: 'gcplogs' },
  ],
])('a run has %s', (_what, words, expected) => {
  const { image: _image, ...standard } = containerOf('x') ?? {};
  expect(containerOf(words)).toEqual({ ...standard, image: { text: ['x'] }, ...expected });
});

test.each([
  [
    'a folder of the machine',
    '-v /m:/c x',
    { name: '/m', hostPath: '/m' },
    { volume: '/m', path: '/c', readOnly: false },
  ],
  [
    'a folder to read',
    '--volume=/m:/c:ro x',
    { name: '/m', hostPath: '/m' },
    { volume: '/m', path: '/c', readOnly: true },
  ],
  ['a volume of Docker', '-v m:/c:rw x', { name: 'm' }, { volume: 'm', path: '/c', readOnly: false }],
  ['a volume without a name', '--name n -v /c x', { name: 'n:/c' }, { volume: 'n:/c', path: '/c', readOnly: false }],
  [
    'a folder by --mount',
    '--mount type=bind,source=/m,target=/c,readonly x',
    { name: '/m', hostPath: '/m' },
    { volume: '/m', path: '/c', readOnly: true },
  ],
  [
    'a volume by --mount',
    '--mount src=m,dst=/c,ro=false x',
    { name: 'm' },
    { volume: 'm', path: '/c', readOnly: false },
  ],
])('a run mounts %s', (_what, words, volume, mount) => {
  const { containers, volumes, reports } = readRun(words);
  expect({ volumes, mounts: containers[0]?.mounts, reports }).toEqual({
    volumes: [volume],
    mounts: [mount],
    reports: [],
  });
});

test.each([
  ['a port', '-p 443:8443 x', [{ port: 443, containerPort: 8443 }]],
  [
    'ports of every address',
    '-p 0.0.0.0:1:2 --publish=[::]:3:4/tcp x',
    [
      { port: 1, containerPort: 2 },
      { port: 3, containerPort: 4 },
    ],
  ],
  ['nothing on loopback alone', '-p 127.0.0.1:9070:9070 x', []],
])('a run publishes %s', (_what, words, published) => {
  expect(readRun(words)).toMatchObject({ published, network: 'published', reports: [] });
});

test.each([
  ['an option that nobody knows', '--wide-open yes x', ['gives docker run the option "wide-open", which is not known']],
  ['a short option that nobody knows', '-Z x', ['gives docker run the option "-Z", which is not known']],
  ['no image', '--rm', ['has a docker run without an image']],
])('a run is not guessed at: %s', (_what, words, reports) => {
  expect(readRun(words)).toMatchObject({ containers: [], reports });
});

test.each([
  ['a file of variables', '--env-file /e x', 'gives docker run --env-file, which is not modelled'],
  ["a variable of the machine's", '-e HOME x', 'gives container a a variable whose name or value is not there'],
  ['processes of others', '--pid host x', 'gives docker run --pid, which is not modelled'],
  ['a device', '--device /dev/kvm x', 'gives docker run --device, which is not modelled'],
  ['every port', '-P x', 'gives docker run --publish-all, which is not modelled'],
  ['ports by the hundred', '-p 1-9:1-9 x', 'publishes "1-9:1-9" of container a, which is not modelled'],
  ['a port of one address', '-p 10.0.0.2:1:1 x', 'publishes "10.0.0.2:1:1" of container a, which is not modelled'],
  ['a port of UDP', '-p 1:1/udp x', 'publishes "1:1/udp" of container a, which is not modelled'],
  [
    'another profile',
    '--security-opt seccomp=unconfined x',
    'gives container a the security option "seccomp=unconfined", which is not modelled',
  ],
  ['two networks', '--network a --network b x', 'gives container a several networks, which is not modelled'],
  ['an image as a folder', '--mount type=image,source=i,target=/i x', 'mounts /i as "image", which is not modelled'],
  [
    'a volume of another driver',
    '--mount source=i,target=/i,volume-driver=nfs x',
    'mounts /i with "volume-driver", which is not modelled',
  ],
  ['a volume with an option', '-v /a:/b:exec x', 'mounts /b with the option "exec", which is not modelled'],
])('a run has what the artifact has no place for: %s', (_what, words, reason) => {
  const { containers, reports } = readRun(words);
  expect({ count: containers.length, reports }).toEqual({ count: 1, reports: [reason] });
});
