import type { Container, Volume } from '../../lib/artifact/artifact';
import { EXPIRY_SCRIPT } from '../../lib/aws/expiry-script';
import { unattackedDoubt } from '../../lib/prove/unattacked-doubt';
import { renderCertificateScript } from '../../lib/proxy/certificate-script';
import { artifact, container, host } from './fake-deployment';
import { aMachine, onGoogle } from './network/a-machine';

const [, RESTATE] = aMachine().containers;
const OTHER: Container = {
  ...RESTATE!,
  name: 'other',
  image: { text: ['busybox'] },
  command: [['sleep']],
  environment: {},
};
const CLAIMS = ['unprivileged', 'metadata-unreachable', 'admin-closed', 'secrets-by-reference', 'egress-closed'];

function doubts(containers: readonly Container[], volumes: readonly Volume[] = []): readonly (string | undefined)[] {
  const machine = aMachine({}, { containers: [...aMachine().containers, ...containers], volumes });
  return CLAIMS.map((claim) => unattackedDoubt(claim, { artifact: onGoogle(machine), host: machine }));
}

const ALL = (text: string): readonly unknown[] => CLAIMS.map(() => expect.stringContaining(text));

function mounting(hostPath: string): readonly (string | undefined)[] {
  const volume = { name: hostPath, hostPath };
  const mounter = { ...OTHER, essential: false, mounts: [{ volume: hostPath, path: '/x', readOnly: true }] };
  return doubts([mounter], [volume]);
}

test('the server and its proxy are all that the run has', () => {
  expect(doubts([])).toEqual(CLAIMS.map(() => undefined));
});

test('a container that lasts beside them was not attacked', () => {
  expect(doubts([OTHER])).toEqual(ALL('container other runs beside the server and its proxy'));
});

test('one that ends was none of them, unless it has powers over the machine', () => {
  expect(doubts([{ ...OTHER, essential: false }])).toEqual(CLAIMS.map(() => undefined));
  expect(doubts([{ ...OTHER, essential: false, privileged: true }])).toEqual(ALL('powers over the machine'));
  expect(doubts([{ ...OTHER, essential: false, capabilitiesAdded: ['NET_ADMIN'] }])).toEqual(
    ALL('powers over the machine'),
  );
});

test.each(['/', '/etc', '/etc/orders', '/var/run/docker.sock', '/run', '/var/lib', '/proc/1'])(
  'whoever has %s of the machine may rule over it',
  (hostPath) => {
    expect(mounting(hostPath)).toEqual(ALL(`container other has ${hostPath} of the machine`));
  },
);

test.each(['/mnt/disks/data', '/run/orders/keys', '/var/orders', '/etcetera'])(
  'a folder of its own is none of that: %s',
  (hostPath) => {
    expect(mounting(hostPath)).toEqual(CLAIMS.map(() => undefined));
  },
);

const PROXY = container({ name: 'envoy', image: { text: ['example.com/envoy:v1.40.0'] }, command: [['envoy']] });
const SERVER = container({ dependsOn: [{ container: 'first', condition: 'SUCCESS' }] });

function ofTask(others: readonly Container[], volumes: readonly Volume[] = []): readonly (string | undefined)[] {
  const task = host({ containers: [SERVER, PROXY, ...others], volumes });
  return CLAIMS.map((claim) => unattackedDoubt(claim, { artifact: artifact({ hosts: [task] }), host: task }));
}
const running = (text: string): Container => ({ ...OTHER, entryPoint: [['/bin/sh'], ['-c']], command: [[text]] });
const NOTHING = CLAIMS.map(() => undefined);

describe('in a task', () => {
  test('the server and its proxy are in no doubt', () => {
    expect(ofTask([])).toEqual(NOTHING);
  });

  test.each([
    ['lasts', {}],
    ['the task can do without', { essential: false }],
    ['another one than the server waits for', { essential: false, name: 'second' }],
    ['runs a script of its image', { command: [['/bin/sh'], ['/start.sh']] }],
    ['hands a script to whatever its image begins with', { command: [['/bin/sh'], ['-c'], ['sleep 1']] }],
    ['has its own way of finding programs', { ...running('sleep 1'), environment: { PATH: ['/data'] } }],
  ])('a container that %s reaches the ports of the server', (_, given) => {
    const other = { ...OTHER, ...given };
    expect(ofTask([other])).toEqual(ALL(`container ${other.name} runs beside the server and its proxy`));
  });

  test.each([
    ['curl -s http://127.0.0.1:8080/'],
    ['echo $(wget -qO- 127.0.0.1:9070)'],
    ['case `nc -l 1234` in x) ;; esac'],
    ['exec 3<>/dev/tcp/127.0.0.1/8080; cat <&3'],
    ['x=/dev; cat < $x/tcp/127.0.0.1/8080 > "$y"'],
    ['openssl s_server -accept 4433'],
    ['openssl x509 -in http://127.0.0.1:8080/'],
    ['for PATH in /data; do sleep 1; done'],
    ["trap 'nc -l 1234' TERM; sleep 1"],
    ['$program 127.0.0.1'],
    ['sleep() { nc -l 1234; }; sleep'],
    ['nc -l 1234\nnc() {\n:\n}'],
    ['if false; then\nnc() {\n:\n}\nfi\nnc -l 1234'],
    ['nc() {\n:\n}\nunset -f nc\nnc -l 1234'],
    ['sh /data/start.sh'],
    ["sleep 1 'and"],
  ])('so does one with the script: %s', (text) => {
    expect(ofTask([running(text)])).toEqual(ALL('runs beside the server'));
  });

  test.each([
    ['certificate', renderCertificateScript({ directory: '/run/portcullis/tls' })],
    ['expiry', EXPIRY_SCRIPT],
  ])('a script that runs no program by which anybody is reached is known in full: that of %s', (_, text) => {
    expect(ofTask([running(text)])).toEqual(NOTHING);
  });

  test('what the server itself waits for has ended before it, unless it has powers over the machine', () => {
    const first = { ...OTHER, name: 'first', essential: false };
    expect(ofTask([first])).toEqual(NOTHING);
    expect(ofTask([{ ...first, privileged: true }])).toEqual(ALL('powers over the machine'));
  });

  test.each(['/var/run/docker.sock', '/var/lib/ecs/data', '/'])(
    'whoever has %s of the machine may rule over it',
    (hostPath) => {
      const first = { ...OTHER, name: 'first', mounts: [{ volume: 'v', path: '/x', readOnly: true }] };
      expect(ofTask([first], [{ name: 'v', hostPath }])).toEqual(ALL(`container first has ${hostPath} of the machine`));
      expect(ofTask([first], [{ name: 'v', hostPath: '/var/lib/portcullis/data' }])).toEqual(NOTHING);
    },
  );
});
