import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataDisk } from '../../../lib/google/machine/data-disk';
import { bench, type Bench } from './run-script';

/** The programs that need a real disk. A filesystem is its first line, `EXT4`; what is on it stands in the folder `<device>.files`. */
const PROGRAMS = {
  blkid: '[ "$1" = -p ] || exit 4; grep -qa EXT4 "$2" && exit 0; exit 2',
  'mkfs.ext4':
    'echo "mkfs $*" >>"$LOG"; for device; do :; done; echo EXT4 >"$device"; mkdir -p "$device.files/lost+found"',
  e2fsck:
    'echo "e2fsck $*" >>"$LOG"; grep -qa EXT4 "$2" || exit 8; grep -qa BROKEN "$2" && exit 4; grep -qa DIRTY "$2" && exit 1; exit 0',
  mount: 'echo "mount $*" >>"$LOG"; grep -qa EXT4 "$5" || exit 32; rmdir "$6"; ln -s "$5.files" "$6"',
  umount: 'echo umount >>"$LOG"; rm "$1"; mkdir "$1"',
  mountpoint: '[ -L "$2" ]',
  resize2fs: 'echo "grow $1" >>"$LOG"',
  chown: 'echo "chown $1" >>"$LOG"',
  sleep: 'exit 0',
};

interface Disk {
  readonly device: 'blank' | 'damaged' | 'filesystem' | 'dirty' | 'broken';
  /** Content of the marker file on the filesystem. */
  readonly marker?: string;
  /** Another file on the filesystem. */
  readonly other?: boolean;
}

describe('the data disk script', () => {
  let machine: Bench;

  beforeEach(() => {
    machine = bench(dataDisk({ marker: 'orders', deviceName: 'data', restored: false }).script, PROGRAMS);
  });
  afterEach(() => machine.remove());

  const device = (): string => join(machine.folder, 'google-data');
  const marker = (): string => readFileSync(join(machine.folder, 'data', '.portcullis-marker'), 'utf8').trim();

  function plugIn({ device: kind, marker: content, other }: Disk): void {
    const bytes = {
      blank: Buffer.alloc(65_536),
      damaged: Buffer.alloc(65_536, 'x'),
      filesystem: Buffer.from('EXT4\n'),
      dirty: Buffer.from('EXT4 DIRTY\n'),
      broken: Buffer.from('EXT4 BROKEN\n'),
    };
    writeFileSync(device(), bytes[kind]);
    if (kind === 'blank' || kind === 'damaged') return;
    mkdirSync(join(`${device()}.files`, 'lost+found'), { recursive: true });
    if (content !== undefined) writeFileSync(join(`${device()}.files`, '.portcullis-marker'), `${content}\n`);
    if (other === true) writeFileSync(join(`${device()}.files`, 'journal'), 'precious');
  }

  const run = (made: 'new' | 'restored' = 'new'): ReturnType<Bench['run']> =>
    machine.run([device(), 'orders', join(machine.folder, 'data'), '65531:65531', made], { TIMEOUT_SECONDS: '1' });

  test('formats and marks a blank disk that was made empty', async () => {
    plugIn({ device: 'blank' });
    expect(await run()).toEqual({ status: 0, stderr: '' });
    expect(marker()).toBe('orders');
    expect(machine.log()).toMatch(
      /^mkfs .*\ne2fsck .*\nmount -t ext4 -o noatime,nodev,nosuid,noexec .*\ngrow .*\nchown 65531:65531\n$/,
    );
  });

  test('mounts its own disk again, formats nothing and takes the room of a disk that has grown', async () => {
    plugIn({ device: 'filesystem', marker: 'orders', other: true });
    expect(await run()).toMatchObject({ status: 0 });
    expect(machine.log()).not.toContain('mkfs');
    expect(machine.log()).toContain(`grow ${device()}`);
    expect(readFileSync(join(machine.folder, 'data', 'journal'), 'utf8')).toBe('precious');
  });

  test('goes on where the journal repairs what a crash left', async () => {
    plugIn({ device: 'dirty', marker: 'orders', other: true });
    expect(await run()).toMatchObject({ status: 0 });
  });

  test('serves from a disk that was made of a snapshot', async () => {
    plugIn({ device: 'filesystem', marker: 'orders', other: true });
    expect(await run('restored')).toMatchObject({ status: 0 });
    expect(readFileSync(join(machine.folder, 'data', 'journal'), 'utf8')).toBe('precious');
  });

  test('formats no disk that cannot be read', async () => {
    plugIn({ device: 'blank' });
    const unreadable = bench(dataDisk({ marker: 'orders', deviceName: 'data', restored: false }).script, {
      ...PROGRAMS,
      head: 'echo "head: error reading: Input/output error" >&2; exit 1',
    });
    const ended = await unreadable.run([device(), 'orders', join(unreadable.folder, 'data'), '65531:65531', 'new']);
    expect(ended).toMatchObject({ status: 1, stderr: expect.stringMatching(/neither blank nor sound/) });
    expect(unreadable.log()).not.toContain('mkfs');
    unreadable.remove();
  });

  test('is harmless when it runs again', async () => {
    plugIn({ device: 'blank' });
    await run();
    expect(await run()).toEqual({ status: 0, stderr: '' });
    expect(machine.log().match(/mkfs|mount -t/g)).toHaveLength(2);
  });

  test('goes on where the disk was formatted, and the machine died before it was marked', async () => {
    plugIn({ device: 'filesystem' });
    expect(await run()).toMatchObject({ status: 0 });
    expect(marker()).toBe('orders');
  });

  test.each<[string, Disk, 'new' | 'restored', RegExp]>([
    ['a blank disk that was made of a snapshot', { device: 'blank' }, 'restored', /made of a snapshot and is blank/],
    ['an empty filesystem that was made of a snapshot', { device: 'filesystem' }, 'restored', /carries the marker ''/],
    [
      'a disk with the marker of another',
      { device: 'filesystem', marker: 'billing', other: true },
      'new',
      /carries the marker 'billing', not 'orders'/,
    ],
    [
      'a snapshot of another',
      { device: 'filesystem', marker: 'billing', other: true },
      'restored',
      /carries the marker 'billing', not 'orders'/,
    ],
    ['a disk with data and no marker', { device: 'filesystem', other: true }, 'new', /carries the marker ''/],
    ['a disk that no tool understands', { device: 'damaged' }, 'new', /neither blank nor sound: e2fsck ended with 8/],
    [
      'a filesystem that needs a decision',
      { device: 'broken', marker: 'orders', other: true },
      'new',
      /neither blank nor sound: e2fsck ended with 4/,
    ],
  ])('refuses %s, formats nothing and leaves it unmounted', async (_, disk, made, message) => {
    plugIn(disk);
    const { status, stderr } = await run(made);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(machine.log()).not.toMatch(/mkfs|chown/);
    expect(existsSync(join(machine.folder, 'data', 'journal'))).toBe(false);
  });

  test('gives up on a disk that is not there', async () => {
    const { status, stderr } = await run();
    expect(status).toBe(1);
    expect(stderr).toContain('is not there');
  });
});
