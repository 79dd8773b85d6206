import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeptDeployment } from '../../lib/prove';
import { childrenOf } from '../../lib/prove/runtime/process-tree';
import { installToolchain } from '../../lib/prove/toolchain/toolchain';
import { testUnless } from '../skip-loudly';

const MAIN = join(__dirname, '../../dist/cli/main.js');
const TEMPLATE = join(__dirname, '../fixtures/hand-written.yaml');
const OWN_SERVICE = join(__dirname, 'own-service.cjs');
const UP_MS = 60_000;

const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

function start(
  words: readonly string[],
  program: string = process.execPath,
): { child: ChildProcess; out: () => string } {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, out: () => said };
}

async function saying(
  words: readonly string[],
  pattern: RegExp,
  program?: string,
): Promise<{ child: ChildProcess; out: () => string }> {
  const { child, out } = start(words, program);
  const until = Date.now() + UP_MS;
  while (!pattern.test(out()) && child.exitCode === null && Date.now() < until) await sleep(50);
  if (!pattern.test(out())) throw new Error(`it said: ${out()}`);
  return { child, out };
}

/** When each process of a tree began, which tells it from a later one of the same number. */
function treeOf(pid: number): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const waiting = [pid];
  for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) {
    found.set(each, beganAt(each));
    waiting.push(...childrenOf(each));
  }
  return found;
}

/** Empty for a process that has ended, waited for or not. */
function beganAt(pid: number): string {
  try {
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' ? '' : (fields[18] ?? '');
  } catch {
    return '';
  }
}

async function left(tree: ReadonlyMap<number, string>): Promise<readonly number[]> {
  const remaining = (): readonly number[] =>
    [...tree].filter(([pid, began]) => began !== '' && beganAt(pid) === began).map(([pid]) => pid);
  for (let turn = 0; turn < 100 && remaining().length > 0; turn += 1) await sleep(50);
  return remaining();
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((settle) => child.once('close', settle));
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    socket.once('connect', () => socket.destroy());
  });
}

function call(kept: KeptDeployment, token: string | undefined): Promise<{ status: number; body: string }> {
  const { hostname, pathname } = new URL(kept.url);
  return new Promise((settle, reject) => {
    const sent = request(
      {
        host: kept.ingress.address,
        port: kept.ingress.port,
        servername: hostname,
        ca: readFileSync(kept.caFile),
        method: 'POST',
        path: pathname,
        headers: {
          host: hostname,
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        agent: false,
        timeout: 10_000,
      },
      (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.once('end', () => settle({ status: answer.statusCode ?? 0, body }));
      },
    );
    sent.once('error', reject).once('timeout', () => sent.destroy(new Error('no answer')));
    sent.end('"bob"');
  });
}

describe("a deployment that is kept up before a developer's own service", () => {
  let kept: KeptDeployment;
  let keeper: ChildProcess;

  beforeAll(async () => {
    const { node, sdkModules } = await installToolchain({ restateVersion: '1.7.12' });
    const own = await saying([OWN_SERVICE, sdkModules], /port \d+/, node);
    const [, port] = /port (\d+)/.exec(own.out()) ?? [];
    const words = [MAIN, 'prove', TEMPLATE, '--keep', '--format', 'json', '--service', `http://127.0.0.1:${port}`];
    const { child, out } = await saying(words, /^\{.*\}$/m);
    keeper = child;
    kept = JSON.parse(/^\{.*\}$/m.exec(out())?.[0] ?? '') as KeptDeployment;
  }, 2 * UP_MS);

  test('has registered that service, by its name and a call that works', () => {
    expect(kept.service).toMatchObject({ names: ['Mine'], path: '/Mine/greet' });
    expect(new URL(kept.url).pathname).toBe('/Mine/greet');
  });

  test('lets callers of this machine reach it with what they were given', async () => {
    expect(await call(kept, kept.token)).toEqual({ status: 200, body: '"hello bob"' });
  });

  test('lets nobody else, as in the cloud', async () => {
    expect((await call(kept, undefined)).status).toBe(401);
    expect((await call(kept, kept.token?.slice(0, -9))).status).toBe(401);
  });

  test('can be operated from this machine', async () => {
    const answer = await fetch(`${kept.adminUrl}/services/Mine`, { signal: AbortSignal.timeout(10_000) });
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ name: 'Mine' })]);
  });

  test('is gone, with every process, port and file, when it is told to end, which is no failure', async () => {
    const tree = treeOf(keeper.pid ?? 0);
    expect(tree.size).toBeGreaterThan(8);
    const { port } = kept.ingress;
    const adminPort = Number(new URL(kept.adminUrl).port);
    expect([await isOpen(port), await isOpen(adminPort), existsSync(kept.caFile)]).toEqual([true, true, true]);
    keeper.kill('SIGTERM');
    expect(await ended(keeper)).toBe(0);
    expect(await left(tree)).toEqual([]);
    expect([await isOpen(port), await isOpen(adminPort), existsSync(kept.caFile)]).toEqual([false, false, false]);
  }, 30_000);
});

const testWithCurl = testUnless(
  spawnSync('curl', ['--version']).status === 0 ? undefined : 'curl is not on this machine',
  'what is printed is not pasted into a shell',
);

testWithCurl(
  'what is printed can be pasted into a shell, and nothing is left after kill -9',
  async () => {
    const { child, out } = await saying([MAIN, 'prove', TEMPLATE, '--keep'], /RESTATE_ADMIN_URL=\S+\n/);
    const [, commands = ''] = /^Call it.*?\n\n(.*?)^  The token/ms.exec(out()) ?? [];
    const { stdout } = spawnSync('sh', ['-c', commands], { encoding: 'utf8', timeout: 10_000 });
    const tree = treeOf(child.pid ?? 0);
    child.kill('SIGKILL');

    expect(stdout).toBe('1');
    expect(tree.size).toBeGreaterThan(8);
    expect(await left(tree)).toEqual([]);
  },
  UP_MS,
);
