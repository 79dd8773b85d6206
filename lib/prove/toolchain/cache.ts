import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { CannotProveError } from '../cannot-prove-error';

/** Something that is installed once into a folder of its own and never changes after. */
export interface CachedTool {
  /** Folder name; carries version and architecture. */
  readonly folder: string;
  /** What is installed and why, in one line. */
  readonly step: string;
  /** The file that users of the tool open, relative to its folder. */
  readonly entry: string;
  /** Fills an empty folder; must verify by hash what it fetches. */
  install(folder: string): Promise<void>;
}

const MARKER = '.verified';
const UNFINISHED = '.installing-';
const LOCK_TIMEOUT_SECONDS = 900;

/** The folder that everything is kept in: `portcullis` in the XDG cache home. */
export function cacheFolder(): string {
  const home = process.env['XDG_CACHE_HOME'];
  // A relative XDG_CACHE_HOME is invalid and must be ignored (XDG base directory specification).
  return join(home !== undefined && isAbsolute(home) ? home : join(homedir(), '.cache'), 'portcullis');
}

/** @throws CannotProveError `CacheNotWritable` */
async function makeFolder(cache: string): Promise<void> {
  try {
    await mkdir(cache, { recursive: true });
    await access(cache, constants.W_OK);
  } catch (error) {
    throw new CannotProveError(
      'CacheNotWritable',
      `the servers of the proof cannot be kept in ${cache} (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
      'set XDG_CACHE_HOME to a folder that this user can write to',
    );
  }
}

/**
 * Absolute paths of the tools' entries, in order, after installing what is missing.
 *
 * A tool is either whole or absent: it is made beside its place, marked, and renamed. The lock is the kernel's (`flock`), so that it
 * is free as soon as its holder is dead, and whoever holds it may sweep up what a killed installation left.
 */
export async function installCached(
  tools: readonly CachedTool[],
  onStep: (step: string) => void,
): Promise<readonly string[]> {
  const cache = cacheFolder();
  const entries = tools.map((tool) => join(cache, tool.folder, tool.entry));
  if (await allInstalled(cache, tools)) {
    return entries;
  }
  await makeFolder(cache);
  const release = await lock(join(cache, '.lock'));
  try {
    await sweep(cache);
    const installations = await Promise.allSettled(tools.map((tool) => installOne(cache, tool, onStep)));
    const failed = installations.find((installation) => installation.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
  } finally {
    await sweep(cache);
    release();
  }
  return entries;
}

async function allInstalled(cache: string, tools: readonly CachedTool[]): Promise<boolean> {
  return (await Promise.all(tools.map((tool) => isInstalled(join(cache, tool.folder), tool.entry)))).every(Boolean);
}

async function isInstalled(folder: string, entry: string): Promise<boolean> {
  try {
    const [marker, facts] = await Promise.all([
      readFile(join(folder, MARKER), 'utf8'),
      fingerprint(join(folder, entry)),
    ]);
    return marker === facts;
  } catch {
    return false;
  }
}

/** Cheap to ask on every run, and different as soon as the file was cut, replaced or rewritten. */
async function fingerprint(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  return JSON.stringify({ size, mtimeMs });
}

async function installOne(cache: string, tool: CachedTool, onStep: (step: string) => void): Promise<void> {
  const place = join(cache, tool.folder);
  if (await isInstalled(place, tool.entry)) {
    return;
  }
  onStep(tool.step);
  const unfinished = await mkdtemp(join(cache, UNFINISHED));
  await tool.install(unfinished);
  if (!existsSync(join(unfinished, tool.entry))) {
    throw new CannotProveError(
      'InstallFailed',
      `${tool.folder} was fetched, but holds no ${tool.entry}`,
      'report it: the pinned package is not what it was',
    );
  }
  await writeFile(join(unfinished, MARKER), await fingerprint(join(unfinished, tool.entry)));
  await rm(place, { recursive: true, force: true });
  await rename(unfinished, place);
}

async function sweep(cache: string): Promise<void> {
  const names = await readdir(cache);
  const leftovers = names.filter((name) => name.startsWith(UNFINISHED));
  await Promise.all(leftovers.map((name) => rm(join(cache, name), { recursive: true, force: true })));
}

/** Waits for the lock and returns how to free it. The child ends with its standard input, hence with this process at the latest. */
function lock(file: string): Promise<() => void> {
  return new Promise((settle, reject) => {
    const args = ['--exclusive', '--timeout', String(LOCK_TIMEOUT_SECONDS), file, 'sh', '-c', 'echo locked; exec cat'];
    const holder = spawn('flock', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const refused = new CannotProveError(
      'CacheLocked',
      `another installation has held ${file} for ${LOCK_TIMEOUT_SECONDS} s, or \`flock\` is missing`,
      'wait for it to end, or install the Debian package util-linux',
    );
    holder.once('error', () => reject(refused));
    holder.once('exit', () => reject(refused));
    holder.stdout.once('data', () => settle(() => holder.stdin.end()));
  });
}
