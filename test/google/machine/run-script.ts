import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { MachineFile } from '../../../lib/google/machine/cloud-config';

/** A folder in which a script of the machine runs, with programs that stand before the real ones. */
export interface Bench {
  readonly folder: string;
  /** What the programs wrote into `$LOG`. */
  log(): string;
  run(
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly stderr: string }>;
  remove(): void;
}

/** @param programs name to body, in bash */
export function bench(script: MachineFile, programs: Readonly<Record<string, string>>): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
  mkdirSync(join(folder, 'bin'));
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${body}\n`, { mode: 0o755 });
  }
  const [file, log] = [join(folder, 'script'), join(folder, 'log')];
  writeFileSync(file, script.content);
  return {
    folder,
    log: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
    run: async (args, environment = {}) => {
      const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, LOG: log, ...environment };
      const child = spawn('/bin/bash', [file, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 25_000 });
      const ended = new Promise<number>((settle) => child.once('close', (status) => settle(status ?? -1)));
      const stderr = await text(child.stderr);
      return { status: await ended, stderr };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
