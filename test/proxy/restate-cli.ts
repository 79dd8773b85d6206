import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installToolchain } from '../../lib/prove/toolchain/toolchain';

/** How a command ended, with all that it wrote. */
export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

/** The vendor's own command line, as an operator has it on the desk. */
export interface RestateCli {
  /** Runs a command with these variables and nobody's settings. */
  run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<CommandResult>;
  remove(): void;
}

/**
 * Installs it, where names mean this machine.
 *
 * @param hosts names that it finds at 127.0.0.1
 */
export async function restateCli(hosts: readonly string[]): Promise<RestateCli> {
  const { restateCli: binary } = await installToolchain({ restateVersion: '1.7.12', restateCli: true });
  const folder = mkdtempSync(join(tmpdir(), 'restate-cli-'));
  const hostsFile = join(folder, 'hosts');
  writeFileSync(hostsFile, ['localhost', ...hosts].map((host) => `127.0.0.1 ${host}\n`).join(''));
  const enter = ['--user', '--map-root-user', '--mount', 'sh', '-c', 'mount --bind "$1" /etc/hosts; shift; exec "$@"'];
  return {
    run: (args, environment) =>
      new Promise((settle) => {
        execFile(
          'unshare',
          [...enter, 'sh', hostsFile, binary!, '--yes', ...args],
          {
            env: { PATH: process.env['PATH'], DO_NOT_TRACK: '1', RESTATE_CLI_CONFIG_HOME: folder, ...environment },
            timeout: 30_000,
          },
          (error, stdout, stderr) => settle({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
        );
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
