import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder, type CachedTool, installCached } from '../../../lib/prove/toolchain/cache';

let home: string;
let installed: number;
const before = process.env['XDG_CACHE_HOME'];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'portcullis-cache-'));
  process.env['XDG_CACHE_HOME'] = home;
  installed = 0;
});

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
  if (before === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = before;
});

test('a cache that cannot be written to is said to be so, with what to do', async () => {
  writeFileSync(join(home, 'file'), '');
  process.env['XDG_CACHE_HOME'] = join(home, 'file');
  await expect(installCached([aTool()], () => undefined)).rejects.toThrow(
    /ENOTDIR.*XDG_CACHE_HOME.*\[CacheNotWritable\]/,
  );
});

function aTool(overrides: Partial<CachedTool> = {}): CachedTool {
  return {
    folder: 'tool-1.0.0',
    step: 'installing a tool, for a test',
    entry: 'bin',
    install: async (folder) => {
      installed += 1;
      await sleep(50);
      await writeFile(join(folder, 'bin'), 'whole');
    },
    ...overrides,
  };
}

const quiet = (): void => undefined;

test('a tool is installed once, and only then said to be', async () => {
  const steps: string[] = [];
  const [entry] = await installCached([aTool()], (step) => steps.push(step));
  await installCached([aTool()], (step) => steps.push(step));
  expect(readFileSync(entry ?? '', 'utf8')).toBe('whole');
  expect([installed, steps]).toEqual([1, ['installing a tool, for a test']]);
});

test('two installations at once make one', async () => {
  const entries = await Promise.all([installCached([aTool()], quiet), installCached([aTool()], quiet)]);
  expect(entries[0]).toEqual(entries[1]);
  expect(installed).toBe(1);
});

test('a failed installation leaves nothing, and the next one works', async () => {
  const broken = aTool({
    install: (folder) => writeFile(join(folder, 'half'), '').then(() => Promise.reject(new Error('no'))),
  });
  await expect(installCached([broken], quiet)).rejects.toThrow('no');
  expect(readdirSync(cacheFolder())).toEqual(['.lock']);
  await installCached([aTool()], quiet);
  expect(installed).toBe(1);
});

test('what a killed installation left is swept up by the next', async () => {
  mkdirSync(join(cacheFolder(), '.installing-killed', 'half'), { recursive: true });
  await installCached([aTool()], quiet);
  expect(readdirSync(cacheFolder()).toSorted()).toEqual(['.lock', 'tool-1.0.0']);
});

test('the lock of a killed installation is free', async () => {
  mkdirSync(cacheFolder(), { recursive: true });
  const holder = spawn('flock', [join(cacheFolder(), '.lock'), 'sleep', '600'], { detached: true });
  await sleep(200);
  const waiting = installCached([aTool()], quiet);
  await sleep(200);
  expect(installed).toBe(0);
  killGroup(holder);
  await waiting;
  expect(installed).toBe(1);
});

test.each([
  ['cut short', (file: string) => truncateSync(file, 2)],
  ['rewritten', (file: string) => writeFileSync(file, 'other')],
  ['gone', (file: string) => rmSync(file)],
])('a tool whose file was %s is installed again', async (_, damage) => {
  const [entry = ''] = await installCached([aTool()], quiet);
  damage(entry);
  await installCached([aTool()], quiet);
  expect([installed, readFileSync(entry, 'utf8')]).toEqual([2, 'whole']);
});

test('a package that does not hold what it should is no tool', async () => {
  await expect(installCached([aTool({ entry: 'other' })], quiet)).rejects.toThrow(/holds no other.*\[InstallFailed\]$/);
  expect(readdirSync(cacheFolder())).toEqual(['.lock']);
});

test('a relative cache home is none', () => {
  process.env['XDG_CACHE_HOME'] = 'relative';
  expect(cacheFolder()).toBe(join(homedir(), '.cache', 'portcullis'));
});

function killGroup(child: ChildProcess): void {
  process.kill(-(child.pid ?? 0), 'SIGKILL');
}
