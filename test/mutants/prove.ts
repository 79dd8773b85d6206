import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProofReport } from '../../lib/prove';

const CLI = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const TIMEOUT_MS = 260_000;

/** What the command said of a file. */
export interface Proof {
  readonly exitCode: number;
  readonly report: ProofReport;
}

/** Runs `portcullis prove` as a user would, on a template that is written to a file for it and removed again. */
export function prove(text: string, ...options: readonly string[]): Promise<Proof> {
  return proveFile('mutant.template.yaml', text, ...options);
}

/** The same of a file that says by its name what it is. */
export async function proveFile(name: string, text: string, ...options: readonly string[]): Promise<Proof> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-mutant-'));
  const file = join(folder, name);
  try {
    writeFileSync(file, text);
    return await run(['prove', file, '--format', 'json', ...options]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[]): Promise<Proof> {
  return new Promise((resolve, reject) => {
    const options = { timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [CLI, ...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code);
      try {
        resolve({ exitCode, report: JSON.parse(stdout) as ProofReport });
      } catch {
        reject(
          new Error(`prove printed no report (exit ${String(error?.code ?? error?.signal)}): ${stderr.slice(-2000)}`),
        );
      }
    });
  });
}
