import type { Container, Volume } from '../../lib/artifact/artifact';
import { unattackedDoubt } from '../../lib/prove/unattacked-doubt';
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
  const host = aMachine({}, { containers: [...aMachine().containers, ...containers], volumes });
  return CLAIMS.map((claim) => unattackedDoubt(claim, { artifact: onGoogle(host), host }));
}

const ALL = (text: string): readonly unknown[] => CLAIMS.map(() => expect.stringContaining(text));

function mounting(hostPath: string): readonly (string | undefined)[] {
  const volume = { name: hostPath, hostPath };
  const container = { ...OTHER, essential: false, mounts: [{ volume: hostPath, path: '/x', readOnly: true }] };
  return doubts([container], [volume]);
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
