import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingScannerError } from './missing-scanner-error';

const TIMEOUT_MS = 600_000;
let interpreter: string | undefined;

/** What a program of the locked environment prints, run in an empty folder: a configuration of the scanner that lies about counts for nothing. */
export function runPython(program: string, words: readonly string[]): string {
  const cwd = mkdtempSync(join(tmpdir(), 'portcullis-scanner-'));
  try {
    const { status, stdout, stderr, error } = spawnSync(scannersPython(), ['-c', program, ...words], {
      cwd,
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      maxBuffer: 1 << 29,
      // a home without the user's own configuration of a scanner
      env: { ...process.env, HOME: cwd, LOG_LEVEL: 'CRITICAL' },
    });
    if (error !== undefined || status === null) throw error ?? new Error('killed');
    if (stdout.trim() === '') throw new Error(`it says nothing, and ends with ${status}: ${stderr.trim().slice(-600)}`);
    return stdout;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function scannersPython(): string {
  if (interpreter === undefined) {
    const script = join(__dirname, '../../.ci/python-environment.mjs');
    const { status, stdout } = spawnSync(process.execPath, [script, 'scanners'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: TIMEOUT_MS,
    });
    if (status !== 0)
      throw new MissingScannerError('the scanners in Python could not be installed: see the message above');
    interpreter = stdout.trim();
  }
  return interpreter;
}
