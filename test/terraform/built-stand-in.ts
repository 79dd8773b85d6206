import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const SOURCES = join(__dirname, 'stand-in-provider');
const BUILT = resolve(__dirname, '../../.build/stand-in-provider');
const TIMEOUT_MS = 280_000;
const POLL_MS = 200;

/**
 * The provider that stands in, compiled once for all tests that want it at the same time: the first of them compiles, the others wait.
 *
 * @throws when it does not compile, or nobody has compiled it in time
 */
export function builtStandIn(): string {
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(SOURCES, file)));
  const binary = join(BUILT, hash.digest('hex').slice(0, 16));
  const lock = `${binary}.lock`;
  mkdirSync(dirname(binary), { recursive: true });
  const until = Date.now() + TIMEOUT_MS;
  while (!existsSync(binary)) {
    if (takes(lock)) {
      try {
        compile(binary);
      } finally {
        rmSync(lock, { force: true });
      }
    } else if (Date.now() > until) {
      rmSync(lock, { force: true });
      throw new Error(`nobody has compiled what stands in for the provider in ${TIMEOUT_MS / 1000} s`);
    } else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
  }
  return binary;
}

function takes(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch {
    return false;
  }
}

function compile(binary: string): void {
  const part = `${binary}.part`;
  const options = { cwd: SOURCES, encoding: 'utf8', timeout: TIMEOUT_MS } as const;
  const { status, stderr } = spawnSync('go', ['build', '-o', part, '.'], options);
  if (status !== 0) throw new Error(`what stands in for the provider does not compile:\n${stderr}`);
  renameSync(part, binary);
}
