import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf } from '../../../lib/prove/runtime/process-tree';
import { testUnless } from '../../skip-loudly';
import { compile } from './compiled';
import type { Loitering } from './loiterer';

const compiled = compile();
const OUTER = compiled.at(join(__dirname, 'outer.ts'));
const LOITERER = compiled.at(join(__dirname, 'loiterer.ts'));
/** Prints why nothing can be proven here. */
const ISOLATION = JSON.stringify(compiled.at(join(__dirname, '../../../lib/prove/sandbox/isolation.ts')));
const WHY_NOT = `require(${ISOLATION}).findIsolation().then(console.log, (error) => console.log(error.message))`;
let marks = 0;

afterAll(() => compiled.remove());

interface Line {
  readonly event?: { readonly settled: string; readonly others: string };
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly code?: string; readonly message: string };
}

/** A proof under way in a process of its own. */
class Run {
  public readonly mark = `m${process.pid}x${(marks += 1)}`;
  public readonly lines: Line[] = [];
  public readonly ended: Promise<void>;
  private readonly child: ChildProcess;

  public constructor(ending: Loitering['ending'], timeoutMs = 20_000, as: readonly string[] = []) {
    const request = { module: LOITERER, input: { mark: this.mark, ending } satisfies Loitering, timeoutMs };
    // A process group of its own, so that Ctrl-C can be sent to it as a terminal would.
    const [command, ...args] = [...as, process.execPath, OUTER, JSON.stringify(request)];
    this.child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.lines.push(JSON.parse(line) as Line));
    this.ended = new Promise((settle) => this.child.once('close', () => settle()));
  }

  public async settled(): Promise<void> {
    while (!this.lines.some(({ event }) => event !== undefined) && this.child.exitCode === null) await sleep(10);
  }

  /** Outer half, `unshare`, first process of the sandbox. */
  public get processes(): readonly [number, number, number] {
    const outer = this.child.pid ?? 0;
    const unshare = childrenOf(outer)[0] ?? 0;
    return [outer, unshare, childrenOf(unshare)[0] ?? 0];
  }
}

/** What of a run can still be found on this machine. */
function remains(mark: string): readonly string[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && commandOf(name).includes(mark));
  return [
    ...processes.map((pid) => `process ${commandOf(pid)}`),
    ...(existsSync(`/run/${mark}`) ? ['file'] : []),
    ...(existsSync(`/run/netns/${mark}`) ? ['network namespace'] : []),
    ...(readFileSync('/proc/self/mountinfo', 'utf8').includes(mark) ? ['mount'] : []),
    ...(readFileSync('/proc/net/dev', 'utf8').includes(mark) ? ['link'] : []),
  ];
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The kernel ends a tree of processes in its own time, a moment. */
async function remainsInTheEnd(mark: string): Promise<readonly string[]> {
  for (let turn = 0; turn < 150 && remains(mark).length > 0; turn += 1) await sleep(20);
  return remains(mark);
}

test('what a run leaves lying around is there while it runs, or its absence would show nothing', async () => {
  const run = new Run('hang');
  await run.settled();
  expect(remains(run.mark).some((found) => found.includes('sleep 600'))).toBe(true);
  expect(remains(run.mark)).not.toContain('network namespace');
  process.kill(run.processes[0], 'SIGKILL');
  expect(await remainsInTheEnd(run.mark)).toEqual([]);
});

test.each([
  ['returns', 'return', { result: { mark: expect.any(String) as string } }],
  ['throws', 'throw', { error: expect.objectContaining({ name: 'Error', code: 'Thrown' }) as object }],
] as const)('nothing is left when the module %s', async (_, ending, last) => {
  const run = new Run(ending);
  await run.ended;
  expect(remains(run.mark)).toEqual([]);
  expect(run.lines.at(-1)).toEqual(last);
});

test('nothing is left when the time is up, and it is said', async () => {
  const run = new Run('hang', 1500);
  await run.ended;
  expect(remains(run.mark)).toEqual([]);
  expect(run.lines.at(-1)?.error).toMatchObject({ name: 'CannotProveError', code: 'SandboxDied' });
  expect(run.lines.at(-1)?.error?.message).toMatch(/not done after 1500 ms.*\[SandboxDied\]$/);
});

test.each([
  ['kill -9 of the command', 0, 'SIGKILL'],
  ['SIGTERM of the command', 0, 'SIGTERM'],
  ['kill -9 of unshare', 1, 'SIGKILL'],
  ['kill -9 of the first process', 2, 'SIGKILL'],
] as const)('nothing survives %s', async (_, which, signal) => {
  const run = new Run('hang');
  await run.settled();
  process.kill(run.processes[which], signal);
  await run.ended;
  expect(await remainsInTheEnd(run.mark)).toEqual([]);
});

test('nothing survives Ctrl-C, which reaches every process of the foreground', async () => {
  const run = new Run('hang');
  await run.settled();
  process.kill(-run.processes[0], 'SIGINT');
  await run.ended;
  expect(await remainsInTheEnd(run.mark)).toEqual([]);
});

test('two proofs run side by side and see nothing of each other', async () => {
  const runs = [new Run('return'), new Run('return')];
  await Promise.all(runs.map(({ ended }) => ended));
  for (const { lines, mark } of runs) {
    expect(lines[0]?.event?.others.trim()).toBe(mark);
    expect(lines.at(-1)).toEqual({ result: { mark } });
    expect(remains(mark)).toEqual([]);
  }
});

/** An ordinary user must be able to read the code, which is not so in root's own folders. */
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];
const canBeNobody = spawnSync('setpriv', [...NOBODY.slice(1), 'test', '-r', OUTER]).status === 0;
const testAsNobody = testUnless(
  canBeNobody ? undefined : 'nobody else can be become here, or cannot read the code',
  'no sandbox of an ordinary user is made',
);

testAsNobody('an ordinary user gets the same in a user namespace, and leaves as little', async () => {
  const run = new Run('return', 20_000, NOBODY);
  await run.ended;
  expect(run.lines.at(-1)).toEqual({ result: { mark: run.mark } });
  expect(remains(run.mark)).toEqual([]);
  const killed = new Run('hang', 20_000, NOBODY);
  await killed.settled();
  process.kill(killed.processes[0], 'SIGKILL');
  await killed.ended;
  expect(await remainsInTheEnd(killed.mark)).toEqual([]);
});

test('a machine without namespaces is said to be one, with what to do', () => {
  // No user namespace may be made inside this one.
  const command = `echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-all --inh-caps=-all "$0" -e "$1"`;
  const { stdout } = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--mount', 'sh', '-c', command, process.execPath, WHY_NOT],
    { encoding: 'utf8', timeout: 20_000 },
  );
  expect(stdout).toMatch(/lets root make no namespaces .*run as root.*\[NamespacesForbidden\]/s);
});

test('a machine without the programs that a proof needs is told which, and their packages', () => {
  const hidden = ['nft', 'ip'].flatMap((tool) =>
    ['/usr/sbin', '/usr/bin', '/sbin', '/bin'].map((folder) => `${folder}/${tool}`),
  );
  const hide = hidden.map((file) => `if [ -x ${file} ]; then mount --bind /dev/null ${file}; fi`).join('; ');
  const { stdout } = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--mount', 'sh', '-c', `${hide}; exec "$0" -e "$1"`, process.execPath, WHY_NOT],
    { encoding: 'utf8', timeout: 20_000 },
  );
  expect(stdout.trim()).toBe(
    'these programs are not installed: ip, nft; run `apt-get install iproute2 nftables` [ToolsMissing]',
  );
});
