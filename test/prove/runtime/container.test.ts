import { join } from 'node:path';
import type { Container, Host } from '../../../lib/artifact/artifact';
import { testUnless } from '../../skip-loudly';
import { runScenario } from '../sandbox/compiled';
import { aContainer } from './a-container';
import type { Ended } from './container-scenario';

/** In an unprivileged user namespace there is one user alone. */
const testAsRoot = testUnless(
  process.getuid?.() === 0 ? undefined : 'the tests do not run as root',
  'containers with users of their own are not started',
);

const FACTS = `
echo "user $(id -u):$(id -g)"
sed -n 's/^\\(CapEff\\|CapBnd\\|NoNewPrivs\\):\\s*/\\1 /p' /proc/self/status
for folder in / /tmp /etc /usr /usr/local/bin /dev/shm /run/secrets /data /readable; do
  (: > $folder/written) 2>/dev/null && echo "writes $folder"
done
stat -c '%n %a %u' /run/secrets /data 2>/dev/null
tr '\\0' '\\n' < /proc/$$/environ | sed 's/^/env /'
echo "root $(ls / | tr '\\n' ' ')"
echo "local $(ls /usr/local/bin | tr '\\n' ' ')"
echo "keys $(getent hosts keys.test)"
echo "trusts $(cat /etc/ssl/certs/ca-certificates.crt)"
echo "host $(hostname)"
echo "processes $(ls /proc | grep -c '^[0-9]')"
`;

function container(name: string, overrides: Partial<Container> = {}, script: string = FACTS): Container {
  return aContainer({ name, entryPoint: [['/bin/sh'], ['-c']], command: [[script]], ...overrides });
}

const VOLUMES = [
  { volume: 'data', path: '/data', readOnly: false },
  { volume: 'shared', path: '/readable', readOnly: true },
];
const HARDENED: Partial<Container> = {
  user: '65531:65531',
  readonlyRootFilesystem: true,
  capabilitiesDropped: ['ALL'],
  noNewPrivileges: true,
  environment: { 'ODD.NAME': ["a'b $c"], NAME: ['value'] },
  secrets: { SECRET: ['arn:secret'] },
  tmpfs: [{ path: '/run/secrets', sizeMib: 1, options: ['mode=0700', 'uid=65531'] }],
  mounts: VOLUMES,
};
const HOST: Host = {
  id: 'Task',
  network: 'awsvpc',
  containers: [
    container('hardened', HARDENED),
    container('plain'),
    container('privileged', { privileged: true }, 'grep CapEff /proc/self/status'),
    container('talker', {}, 'echo one > /dev/stdout; echo two > /dev/stderr; echo three; exit 7'),
    container('../../escape', {}, 'echo here'),
    aContainer({ name: 'sleeper', user: '65531', environment: { NAME: ['value'] }, command: [['sleep'], ['600']] }),
  ],
  volumes: [{ name: 'data', hostPath: '/var/lib/some/data' }, { name: 'shared' }],
  groups: [],
  publicAddress: false,
  internetRoute: 'none',
};

let results: Readonly<Record<string, Ended>> & { readonly asked: Record<string, unknown> };

beforeAll(async () => {
  process.env['OF_THE_MACHINE'] = 'must not be seen';
  const input = { host: HOST, programs: { envoy: '/bin/true' } };
  results = await runScenario(join(__dirname, 'container-scenario.ts'), { input, timeoutMs: 20_000 });
  delete process.env['OF_THE_MACHINE'];
});

function linesOf(name: string): readonly string[] {
  return (results[name]?.log ?? '').split('\n');
}

function starting(name: string, word: string): readonly string[] {
  return linesOf(name).flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1).trim()] : []));
}

testAsRoot('a hardened container has the user, the rights and the folders that it asks for', () => {
  expect(starting('hardened', 'user')).toEqual(['65531:65531']);
  expect(starting('hardened', 'CapBnd')).toEqual(['0000000000000000']);
  expect(starting('hardened', 'NoNewPrivs')).toEqual(['1']);
  expect(linesOf('hardened')).toEqual(expect.arrayContaining(['/run/secrets 700 65531', '/data 700 65531']));
});

test('a read-only root is read-only but for what is mounted writable', () => {
  expect(starting('hardened', 'writes')).toEqual(['/dev/shm', '/run/secrets', '/data']);
});

testAsRoot('what a template leaves is left: a root user, capabilities, a writable root', () => {
  expect(starting('plain', 'user')).toEqual(['0:0']);
  expect(starting('plain', 'CapEff')).toEqual(['00000000a80425fb']);
  expect(starting('plain', 'NoNewPrivs')).toEqual(['0']);
  expect(starting('plain', 'writes')).toEqual(['/', '/tmp', '/etc', '/dev/shm']);
  expect(results['privileged']?.log).not.toMatch(/00000000a80425fb/);
});

test("the environment is the template's, its secrets filled in, and nothing of the machine's", () => {
  const environment = Object.fromEntries(starting('hardened', 'env').map((line) => line.split(/=(.*)/s)));
  expect(environment).toEqual({
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: '/',
    HOSTNAME: 'ip-10-0-0-1',
    NAME: 'value',
    'ODD.NAME': "a'b $c",
    SECRET: expect.stringMatching(/^run-/) as string,
  });
});

test('a container sees no file, program, name or process but its own', () => {
  const root = new Set(starting('plain', 'root')[0]?.split(' '));
  expect(['work', 'media', '.sandbox', 'data'].filter((name) => root.has(name))).toEqual([]);
  expect(starting('plain', 'local')).toEqual(['envoy']);
  expect(starting('plain', 'keys')[0]).toMatch(/^198\.51\.100\.53\s+keys\.test$/);
  expect(starting('plain', 'trusts')).toEqual(['CERTIFICATES']);
  expect(starting('plain', 'host')).toEqual(['ip-10-0-0-1']);
  // Its shell, the substitution's, `ls` and `grep`.
  expect(Number(starting('plain', 'processes')[0])).toBeLessThan(6);
});

test('all that is written is kept, by whichever name of the stream, with the exit code', () => {
  expect(results['talker']).toEqual({ code: 7, log: 'one\ntwo\nthree\n' });
});

test('a container may have any name', () => {
  expect(results['../../escape']).toEqual({ code: 0, log: 'here\n' });
});

test('a command runs in the container as its user and with its environment, and not for ever', () => {
  const user = process.getuid?.() === 0 ? 65531 : 0;
  expect(results.asked).toMatchObject({ asked: `${user}\nvalue\n`, hung: null, command: 'sleep 600' });
});

test('a container that does not heed SIGTERM is killed', () => {
  expect(results.asked).toMatchObject({ running: false });
  expect(results.asked['stoppedMs']).toBeGreaterThan(250);
});
