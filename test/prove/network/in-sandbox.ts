import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformFileSync } from '@swc/core';

const ROOT = join(__dirname, '../../..');
const COMPILED = ['lib/core', 'lib/restate', 'lib/artifact', 'lib/prove', 'test/prove/network'];
/** Private mounts, network and processes: whatever a scenario makes is gone with it. */
const SANDBOX = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** Why namespaces cannot be made here, else `undefined`. */
const missing = whyNoSandbox();

/** A test over real packets; skipped, and loudly, where the machine cannot make namespaces. */
export const testInSandbox: jest.It = missing === undefined ? test : test.skip;

if (missing !== undefined) process.stderr.write(`SKIPPED, real packets cannot be sent here: ${missing}\n`);

function whyNoSandbox(): string | undefined {
  const tools = spawnSync('unshare', [...SANDBOX, 'sh', '-c', 'ip -V && nft --version'], { encoding: 'utf8' });
  return tools.status === 0 ? undefined : `unshare, ip or nft: ${tools.error?.message ?? tools.stderr}`;
}

/**
 * Runs a scenario file in a sandbox of its own and returns the JSON that it printed.
 *
 * A scenario starts children from compiled files, so the code under test is compiled into a folder of its own first.
 */
export function runScenario(file: string, timeoutMs: number, env: Record<string, string> = {}): unknown {
  mkdirSync(join(ROOT, '.build'), { recursive: true });
  const out = mkdtempSync(join(ROOT, '.build', 'scenario-'));
  try {
    for (const folder of COMPILED) compileFolder(join(ROOT, folder), out);
    compileFile(file, out);
    const script = join(out, relative(ROOT, file)).replace(/\.ts$/, '.js');
    const command = 'mount -t tmpfs tmpfs /run && exec "$0" "$1"';
    const text = execFileSync('unshare', [...SANDBOX, 'sh', '-c', command, process.execPath, script], {
      encoding: 'utf8',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      env: { ...process.env, ...env },
    });
    return JSON.parse(text);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function compileFolder(folder: string, out: string): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (entry.endsWith('.ts') && !entry.endsWith('.test.ts')) compileFile(join(folder, entry), out);
  }
}

function compileFile(file: string, out: string): void {
  const target = join(out, relative(ROOT, file)).replace(/\.ts$/, '.js');
  mkdirSync(dirname(target), { recursive: true });
  const { code } = transformFileSync(file, {
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  writeFileSync(target, code);
}
