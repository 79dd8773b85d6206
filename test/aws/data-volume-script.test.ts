import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DATA_VOLUME_SCRIPT } from '../../lib/aws/data-volume-script';
import { SECRET_ACCESS_KEY, SESSION_TOKEN } from './fake-aws';
import { fakeEc2, type FakeEc2, type VolumeState } from './fake-ec2';

/** The programs that need a real disk. A filesystem is its first line, `XFS`; what is on it stands in the folder `<device>.files`. */
const STUBS: Readonly<Record<string, string>> = {
  blkid: '[ "$1" = -p ] || exit 4; grep -qa XFS "$2" && exit 0; exit 2',
  'mkfs.xfs': 'echo "mkfs $*" >>"$LOG"; echo XFS >"$2"; mkdir -p "$2.files"',
  mount: 'echo "mount $*" >>"$LOG"; grep -qa XFS "$3" || exit 32; rmdir "$4"; ln -s "$3.files" "$4"',
  umount: 'echo umount >>"$LOG"; rm "$1"; mkdir "$1"',
  mountpoint: '[ -L "$2" ]',
  xfs_growfs: 'echo grow >>"$LOG"',
  chown: 'echo "chown $1" >>"$LOG"',
  sleep: 'exit 0',
  curl: 'echo "curl $*" >>"$LOG"; exec "$CURL" "$@"',
};

interface Disk {
  /** What the device holds before. */
  readonly device: 'blank' | 'damaged' | 'filesystem';
  /** Content of the marker file on the filesystem. */
  readonly marker?: string;
  /** Another file on the filesystem. */
  readonly other?: boolean;
}

describe('the data volume script', () => {
  let folder: string;
  let ec2: FakeEc2;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'devices'));
    for (const [name, body] of Object.entries(STUBS)) {
      writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${body}\n`, { mode: 0o755 });
    }
  });

  afterEach(async () => {
    await ec2.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const device = (): string => join(folder, 'devices', 'nvme-Amazon_Elastic_Block_Store_vol0a1');
  const log = (): string => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '');
  const marker = (): string => readFileSync(join(folder, 'data', '.portcullis-marker'), 'utf8').trim();
  const actions = (): (string | null)[] => ec2.calls.map((call) => call.get('Action'));

  function plugIn({ device: kind, marker: content, other }: Disk): void {
    const bytes = { blank: Buffer.alloc(65_536), damaged: Buffer.alloc(65_536, 'x'), filesystem: Buffer.from('XFS\n') };
    writeFileSync(device(), bytes[kind]);
    if (kind !== 'filesystem') return;
    mkdirSync(`${device()}.files`);
    if (content !== undefined) writeFileSync(join(`${device()}.files`, '.portcullis-marker'), `${content}\n`);
    if (other === true) writeFileSync(join(`${device()}.files`, 'journal'), 'precious');
  }

  async function boot(disk: Disk, volume: Partial<VolumeState> = {}): Promise<{ status: number; stderr: string }> {
    ec2 = await fakeEc2({ holder: '', tag: '', id: 'vol-0a1', ...volume }, () => plugIn(disk));
    return run();
  }

  async function run(environment: Record<string, string> = {}): Promise<{ status: number; stderr: string }> {
    writeFileSync(join(folder, 'ca.pem'), ec2.certificatePem);
    writeFileSync(join(folder, 'script'), DATA_VOLUME_SCRIPT);
    const child = spawn('bash', [join(folder, 'script')], {
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        CURL: '/usr/bin/curl',
        CURL_CA_BUNDLE: join(folder, 'ca.pem'),
        LOG: join(folder, 'log'),
        VOLUME_ID: 'vol-0a1',
        MARKER: 'orders',
        MOUNT_POINT: join(folder, 'data'),
        OWNER: '65531:65531',
        DEVICES: join(folder, 'devices'),
        TIMEOUT_SECONDS: '20',
        ...ec2.environment,
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 25_000,
    });
    const stderr = await text(child.stderr);
    return { status: child.exitCode ?? (await new Promise((ended) => child.once('close', ended))), stderr };
  }

  test('formats, marks and tags a blank disk of a volume that never held data', async () => {
    expect(await boot({ device: 'blank' })).toEqual({ status: 0, stderr: '' });
    expect(marker()).toBe('orders');
    expect(ec2.volume).toMatchObject({ holder: 'i-0me', tag: 'orders' });
    expect(actions()).toEqual(['DescribeVolumes', 'AttachVolume', 'DescribeVolumes', 'DescribeVolumes', 'CreateTags']);
    expect(ec2.calls[3]?.get('Filter.1.Value.1')).toBe('orders');
    expect(log()).toContain('chown 65531:65531');
    expect(log()).toContain('mount -o noatime,nodev,nosuid,noexec');
  });

  test('mounts its own disk again and formats nothing', async () => {
    expect(await boot({ device: 'filesystem', marker: 'orders', other: true }, { tag: 'orders' })).toMatchObject({
      status: 0,
    });
    expect(log()).not.toContain('mkfs');
    expect(readFileSync(join(folder, 'data', 'journal'), 'utf8')).toBe('precious');
    expect(actions()).not.toContain('CreateTags');
  });

  test('takes the room of a disk that has grown', async () => {
    await boot({ device: 'filesystem', marker: 'orders' }, { tag: 'orders' });
    expect(log()).toMatch(/mount [^\n]*\ngrow\n/);
  });

  test.each<[string, Disk, Partial<VolumeState>]>([
    ['made of a snapshot', { device: 'filesystem', marker: 'orders', other: true }, { tag: 'orders' }],
    [
      'made of a snapshot, while the disk that was lost is still there',
      { device: 'filesystem', marker: 'orders', other: true },
      { tag: 'orders', other: 'vol-0old' },
    ],
  ])('serves from a disk that was %s', async (_, disk, volume) => {
    expect(await boot(disk, volume)).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, 'data', 'journal'), 'utf8')).toBe('precious');
    expect(log()).not.toContain('mkfs');
  });

  test('formats no disk that cannot be read', async () => {
    const head = '#!/bin/bash\necho "head: error reading: Input/output error" >&2; exit 1\n';
    writeFileSync(join(folder, 'bin', 'head'), head, { mode: 0o755 });
    const { status } = await boot({ device: 'blank' });
    expect(status).not.toBe(0);
    expect(log()).not.toContain('mkfs');
  });

  test('is harmless when it runs again after a reboot', async () => {
    await boot({ device: 'blank' });
    const before = ec2.calls.length;
    expect(await run()).toEqual({ status: 0, stderr: '' });
    expect(ec2.calls.slice(before).map((call) => call.get('Action'))).toEqual(['DescribeVolumes']);
    expect(log().match(/mkfs/g)).toHaveLength(1);
  });

  test.each<[string, Disk, Partial<VolumeState>]>([
    ['was formatted, and the machine died before it was marked', { device: 'filesystem' }, {}],
    ['was marked, and the machine died before it was tagged', { device: 'filesystem', marker: 'orders' }, {}],
  ])('goes on where the disk %s', async (_, disk, volume) => {
    expect(await boot(disk, volume)).toMatchObject({ status: 0 });
    expect(marker()).toBe('orders');
    expect(ec2.volume.tag).toBe('orders');
    expect(log()).not.toContain('mkfs');
  });

  test.each<[string, Disk, Partial<VolumeState>, RegExp]>([
    [
      'a blank disk of a volume that held data',
      { device: 'blank' },
      { tag: 'orders' },
      /is blank: restore it from a snapshot/,
    ],
    [
      'a blank disk while another volume holds the data of this cluster',
      { device: 'blank' },
      { other: 'vol-0old' },
      /is blank and vol-0old holds the data of 'orders': restoreFrom takes a snapshot of it/,
    ],
    [
      'a disk with the marker of another',
      { device: 'filesystem', marker: 'billing' },
      {},
      /carries the marker 'billing', not 'orders'/,
    ],
    [
      'a disk with data and no marker',
      { device: 'filesystem', other: true },
      {},
      /carries the marker '', not 'orders'/,
    ],
    [
      'its own volume with an empty filesystem',
      { device: 'filesystem' },
      { tag: 'orders' },
      /carries the marker '', not 'orders'/,
    ],
    [
      'a volume with the tag of another',
      { device: 'filesystem', marker: 'orders' },
      { tag: 'billing' },
      /belongs to 'billing', not to 'orders'/,
    ],
    ['a blank disk with the tag of another', { device: 'blank' }, { tag: 'billing' }, /belongs to 'billing'/],
    ['a disk that no tool understands', { device: 'damaged' }, {}, /neither blank nor can it be mounted/],
  ])('refuses %s, formats nothing and leaves it unmounted', async (_, disk, volume, message) => {
    const { status, stderr } = await boot(disk, volume);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(message);
    expect(log()).not.toContain('mkfs');
    expect(log()).not.toContain('chown');
    expect(existsSync(join(folder, 'data', 'journal'))).toBe(false);
    expect(actions()).not.toContain('CreateTags');
  });

  test('waits for a volume that another machine still has, and gives up in time', async () => {
    ec2 = await fakeEc2({ holder: 'i-0old', tag: 'orders', id: 'vol-0a1' }, () => plugIn({ device: 'blank' }));
    const { status, stderr } = await run({ TIMEOUT_SECONDS: '2' });
    expect(status).toBe(1);
    expect(stderr).toContain('could not be attached in 2 seconds');
    expect(actions()).not.toContain('AttachVolume');
  });

  test('ends when EC2 does not answer about the tag', async () => {
    ec2 = await fakeEc2({ holder: 'i-0me', tag: '', id: 'vol-0a1' }, () => undefined);
    plugIn({ device: 'blank' });
    const { status } = await run({ URL_SUFFIX: 'localhost:1' });
    expect(status).not.toBe(0);
    expect(log()).not.toContain('mkfs');
  });

  test('takes an answer about another volume for no answer', async () => {
    ec2 = await fakeEc2({ holder: 'i-0me', tag: '', id: 'vol-0b2' }, () => undefined);
    plugIn({ device: 'blank' });
    expect(await run()).toEqual({ status: 1, stderr: 'portcullis: EC2 did not describe volume vol-0a1\n' });
    expect(log()).not.toContain('mkfs');
  });

  test('shows the credentials of the machine in no argument of a program', async () => {
    await boot({ device: 'blank' });
    expect(ec2.calls.length).toBeGreaterThan(0);
    expect(log()).toContain('curl');
    expect(log()).not.toContain(SECRET_ACCESS_KEY);
    expect(log()).not.toContain(SESSION_TOKEN);
  });
});
