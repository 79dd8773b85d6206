import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../lib/prove/toolchain/run-command';
import type { Emulator } from './emulator';

const ROOT = join(__dirname, '../..');
const TIMEOUT_MS = 240_000;

/** What the command line said, which is never taken for what happened. */
export interface Said {
  readonly code: number | null;
  readonly text: string;
}

/** Runs the real command line of the framework, which finds the emulator instead of AWS, and no app but the one that it is given. */
export async function cdk(emulator: Emulator, ...words: readonly string[]): Promise<Said> {
  const home = mkdtempSync(join(tmpdir(), 'portcullis-cdk-'));
  try {
    const env = {
      ...emulator.variables,
      HOME: home,
      CDK_OUTDIR: join(home, 'cdk.out'),
      CDK_VALIDATION: 'false',
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
    };
    const command = join(ROOT, 'node_modules/aws-cdk/bin/cdk');
    const given = [command, ...words, '--no-notices', '--no-color', '--ci', '--output', join(home, 'cdk.out')];
    const { code, stdout, stderr } = await runCommand(process.execPath, given, {
      cwd: home,
      env,
      timeoutMs: TIMEOUT_MS,
    });
    return { code, text: stdout + stderr };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
