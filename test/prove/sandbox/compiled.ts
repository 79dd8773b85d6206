import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transformFileSync } from '@swc/core';
import type { runInSandbox, SandboxOptions } from '../../../lib/prove/sandbox/sandbox';

const ROOT = join(__dirname, '../../..');
const FOLDERS = ['lib/core', 'lib/restate', 'lib/artifact', 'lib/prove', 'test/prove/sandbox', 'test/prove/runtime'];

/**
 * Compiles the code under test into a folder of its own, because the sandbox is another process, and Node runs no TypeScript.
 */
export function compile(): { at(file: string): string; remove(): void } {
  mkdirSync(join(ROOT, '.build'), { recursive: true });
  const out = mkdtempSync(join(ROOT, '.build', 'compiled-'));
  // Other users run it, too.
  chmodSync(out, 0o755);
  for (const folder of FOLDERS) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
      if (entry.endsWith('.ts') && !entry.endsWith('.test.ts')) compileFile(join(ROOT, folder, entry), out);
    }
  }
  return {
    at: (file) => target(file, out),
    remove: () => rmSync(out, { recursive: true, force: true }),
  };
}

function compileFile(file: string, out: string): void {
  mkdirSync(dirname(target(file, out)), { recursive: true });
  const { code } = transformFileSync(file, {
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  writeFileSync(target(file, out), code);
}

function target(file: string, out: string): string {
  return join(out, relative(ROOT, file)).replace(/\.ts$/, '.js');
}

/** Compiles, and runs a scenario file in the sandbox. */
export async function runScenario<Result>(scenario: string, options: Omit<SandboxOptions, 'module'>): Promise<Result> {
  const compiled = compile();
  try {
    const sandbox = require(compiled.at(join(ROOT, 'lib/prove/sandbox/sandbox.ts'))) as {
      runInSandbox: typeof runInSandbox;
    };
    return (await sandbox.runInSandbox({ ...options, module: compiled.at(scenario) })) as Result;
  } finally {
    compiled.remove();
  }
}
