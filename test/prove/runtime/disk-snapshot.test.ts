import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyAtOnce, diskFolders } from '../../../lib/prove/runtime/disk-snapshot';
import { container, host } from '../fake-deployment';

/** Two files, the first of which is ahead by one line or none at every moment. */
const WRITER = 'while :; do echo >>"$1/a"; echo >>"$1/b"; done';

describe('a snapshot of the disk', () => {
  let folder: string;
  let writer: ChildProcess;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
    mkdirSync(join(folder, 'disk'));
    writer = spawn('/bin/sh', ['-c', WRITER, 'writer', join(folder, 'disk')], { stdio: 'ignore' });
    await sleep(100);
  });

  afterEach(() => {
    writer.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const lines = (path: string): number => readFileSync(join(folder, path)).length;

  test('is of one moment, although the process that writes goes on', async () => {
    await copyAtOnce([join(folder, 'disk')], join(folder, 'copy'), writer.pid as number);
    const [one, other] = [lines('copy/0/a'), lines('copy/0/b')];
    expect([0, 1]).toContain(one - other);
    await sleep(200);
    expect(lines('copy/0/a')).toBe(one);
    expect(lines('disk/b')).toBeGreaterThan(one);
  });

  test('takes the place of all that the disk holds by then', async () => {
    const putBack = await copyAtOnce([join(folder, 'disk')], join(folder, 'copy'), writer.pid as number);
    writer.kill('SIGKILL');
    await new Promise((ended) => writer.once('exit', ended));
    writeFileSync(join(folder, 'disk', 'since'), 'lost');
    await putBack();
    expect(lines('disk/a')).toBe(lines('copy/0/a'));
    expect(() => readFileSync(join(folder, 'disk', 'since'))).toThrow('ENOENT');
  });

  test('holds what a container keeps on the disk of the machine, and neither its memory nor what ends with the task', () => {
    const names = ['disk', 'memory', 'task'];
    const server = container({ mounts: names.map((name) => ({ volume: name, path: `/${name}`, readOnly: false })) });
    const task = host({
      containers: [server],
      volumes: [
        { name: 'disk', hostPath: '/var/lib/data' },
        { name: 'memory', hostPath: '/run/tls' },
        { name: 'task' },
      ],
    });
    const mountsOf = (): { source: string; path: string; readOnly: boolean }[] =>
      names.map((name) => ({ source: `/machine/${name}`, path: `/${name}`, readOnly: false }));
    expect(diskFolders(server, task, { mountsOf })).toEqual(['/machine/disk']);
  });
});
