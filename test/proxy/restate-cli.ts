import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installCached } from '../../lib/prove/toolchain/cache';
import { npmTool } from '../../lib/prove/toolchain/npm-tool';

const VERSION = '1.7.12';

const PINS: Readonly<Record<string, string>> = {
  x64: 'sha512-Qcgu/AwuAWD8+Oj+XJeUs3QC+WURPFiIjlLq0w0wnkGW3LOoCqu9zV9SiyXsAjx95NnYEYfhvh3OuW1e/gusOQ==',
  arm64: 'sha512-nJSNhvtXNW9DCk2RwjjmnxgKyQlVP37NzSfR2WkoZTEuzPL/ogmeUqLz/rSG3Ns3od/ILLQqPX+5Ql53f2j5zw==',
};

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
  const name = `@restatedev/restate-linux-${process.arch}`;
  const pin = { name, version: VERSION, integrity: PINS[process.arch] ?? '' };
  const tool = npmTool({
    step: `installing restate ${VERSION} (80 MB, npm): the command line that operators use`,
    folder: `restate-cli-${VERSION}-${process.arch}`,
    entry: `${name}/bin/restate`,
    pins: [pin],
  });
  const [binary] = await installCached([tool], () => undefined);
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
