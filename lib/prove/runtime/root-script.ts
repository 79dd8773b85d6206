import { existsSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import type { Tmpfs } from '../../artifact/artifact';
import { shellWord } from './shell-word';

/** A folder or file of the sandbox that a container sees. */
export interface BindMount {
  readonly source: string;
  readonly path: string;
  readonly readOnly: boolean;
}

/** What a container's file system is made of. */
export interface RootPlan {
  /** The folder that becomes `/`; holds `etc` and the empty folders of an image already. */
  readonly folder: string;
  readonly hostname: string;
  /** Programs by their path in `/usr/local/bin`. */
  readonly programs: Readonly<Record<string, string>>;
  readonly volumes: readonly BindMount[];
  readonly tmpfs: readonly Tmpfs[];
  readonly readOnly: boolean;
  /** Whether owners can be given to a tmpfs. */
  readonly allUsers: boolean;
}

/** Folders of the system that stand for those of the image. */
const SYSTEM_FOLDERS = ['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'etc/alternatives'];
const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];
/** What Docker gives every tmpfs. */
const TMPFS_DEFAULTS = ['nosuid', 'nodev', 'noexec'];
/** Where the sandbox's own root hangs until it is taken away. */
const OLD_ROOT = '.sandbox';

/**
 * The shell lines that build a container's root in a mount namespace of its own and move into it, after which nothing of the sandbox or
 * of the machine is to be seen but the system's programs and libraries, read-only.
 */
export function rootScript(plan: RootPlan): string {
  const at = (path: string): string => shellWord(posix.join(plan.folder, posix.join('/', path)));
  const lines = [
    'set -e',
    'umask 0022',
    // Adding flags is always allowed; taking those away that the machine's owner set is not, in a user namespace.
    'seal() { mount -o remount,bind,ro "$1" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev "$1"; }',
    `mount --bind ${at('/')} ${at('/')}`,
    ...SYSTEM_FOLDERS.flatMap((name) => systemFolder(name, at)),
    ...programs(plan, at),
    `mount -t proc -o nosuid,nodev,noexec proc ${at('/proc')}`,
    ...devices(at),
    ...attachments(plan, at),
    `hostname ${shellWord(plan.hostname)}`,
    `cd ${at('/')}`,
    `mkdir -p ${OLD_ROOT}`,
    `pivot_root . ${OLD_ROOT}`,
    'cd /',
    `umount -n -l /${OLD_ROOT}`,
    `rmdir /${OLD_ROOT}`,
    ...(plan.readOnly ? ['mount -n -o remount,bind,ro /'] : []),
  ];
  return lines.join('\n');
}

function systemFolder(name: string, at: (path: string) => string): readonly string[] {
  const source = `/${name}`;
  if (!existsSync(source)) {
    return [];
  }
  return lstatSync(source).isSymbolicLink()
    ? [`ln -s ${shellWord(readlinkSync(source))} ${at(source)}`]
    : [`mkdir -p ${at(source)}`, `mount --bind ${shellWord(source)} ${at(source)}`, `seal ${at(source)}`];
}

/** The machine's own `/usr/local` gives way to the programs of the image. */
function programs(plan: RootPlan, at: (path: string) => string): readonly string[] {
  return [
    `mount -t tmpfs -o mode=0755 tmpfs ${at('/usr/local')}`,
    `mkdir ${at('/usr/local/bin')}`,
    ...Object.entries(plan.programs).flatMap(([name, source]) => {
      const target = at(`/usr/local/bin/${name}`);
      return [`: > ${target}`, `mount --bind ${shellWord(source)} ${target}`, `seal ${target}`];
    }),
    `seal ${at('/usr/local')}`,
  ];
}

/** Nodes are borrowed, because a user namespace may make none. */
function devices(at: (path: string) => string): readonly string[] {
  return [
    `mount -t tmpfs -o mode=0755,nosuid tmpfs ${at('/dev')}`,
    ...DEVICES.flatMap((name) => [`: > ${at(`/dev/${name}`)}`, `mount --bind /dev/${name} ${at(`/dev/${name}`)}`]),
    `ln -s /proc/self/fd ${at('/dev/fd')}`,
    ...['stdin', 'stdout', 'stderr'].map((name, fd) => `ln -s /proc/self/fd/${fd} ${at(`/dev/${name}`)}`),
    `mkdir ${at('/dev/shm')}`,
    `mount -t tmpfs -o mode=1777,nosuid,nodev,noexec,size=64m tmpfs ${at('/dev/shm')}`,
  ];
}

/** Volumes and tmpfs, the outer before the inner. */
function attachments(plan: RootPlan, at: (path: string) => string): readonly string[] {
  const volumes = plan.volumes.map(({ source, path, readOnly }) => ({
    path,
    lines: [
      ...mountPoint(source, path, at),
      `mount --bind ${shellWord(source)} ${at(path)}`,
      ...(readOnly ? [`seal ${at(path)}`] : []),
    ],
  }));
  const tmpfs = plan.tmpfs.map(({ path, sizeMib, options }) => ({
    path,
    lines: [
      `mkdir -p ${at(path)}`,
      `mount -t tmpfs -o ${shellWord(tmpfsOptions(sizeMib, options, plan.allUsers))} tmpfs ${at(path)}`,
    ],
  }));
  return [...volumes, ...tmpfs].toSorted((a, b) => depth(a.path) - depth(b.path)).flatMap(({ lines }) => lines);
}

/** A file is mounted over a file, and a folder over a folder. */
function mountPoint(source: string, path: string, at: (path: string) => string): readonly string[] {
  const isFolder = statSync(source, { throwIfNoEntry: false })?.isDirectory() ?? true;
  return isFolder ? [`mkdir -p ${at(path)}`] : [`mkdir -p ${at(posix.dirname(path))}`, `: > ${at(path)}`];
}

function tmpfsOptions(sizeMib: number, options: readonly string[], allUsers: boolean): string {
  const possible = allUsers ? options : options.filter((option) => !/^[ug]id=/.test(option));
  return [...TMPFS_DEFAULTS, `size=${sizeMib}m`, ...possible].join(',');
}

function depth(path: string): number {
  return posix.normalize(path).split('/').length;
}
