import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../toolchain/run-command';

/** Where an operator sits, and what is there. */
export interface OperatorsDeskOptions {
  /** Command prefix that enters its network. */
  readonly enter: readonly string[];
  /** The vendor's command line. Absent: it is not installed. */
  readonly program: string | undefined;
  /** Of the operators' door. */
  readonly url: string;
  /** Where names lead. */
  readonly hosts: Readonly<Record<string, string>>;
  /** PEM of who is trusted. */
  readonly ca: string;
}

/** On the sandbox's own tmpfs. */
const FOLDER = '/run/portcullis-desk';
const TIMEOUT_MS = 15_000;
/** A mount namespace of its own, so that names lead elsewhere for this one process. */
const WITH_HOSTS = ['unshare', '--mount', 'sh', '-c', 'mount --bind "$1" /etc/hosts && shift && exec "$@"', 'sh'];

/** The desk of an operator: the vendor's command line, with no settings but those that it is run with. */
export class OperatorsDesk {
  private readonly options: OperatorsDeskOptions;

  public constructor(options: OperatorsDeskOptions) {
    this.options = options;
  }

  /** Runs a command with a token in the command line's own setting; without one where it is empty. */
  public async run(
    args: readonly string[],
    token: string,
  ): Promise<{ readonly code: number; readonly output: string }> {
    const { enter, program, url, hosts, ca } = this.options;
    if (program === undefined) throw new Error('the command line of operators is not installed');
    mkdirSync(FOLDER, { recursive: true });
    const [hostsFile, caFile] = [join(FOLDER, 'hosts'), join(FOLDER, 'ca.pem')];
    const names = Object.entries({ localhost: '127.0.0.1', ...hosts });
    writeFileSync(hostsFile, names.map(([name, address]) => `${address} ${name}\n`).join(''));
    writeFileSync(caFile, ca);
    const [command, ...before] = [...enter, ...WITH_HOSTS, hostsFile, program, '--yes'];
    const { code, stdout, stderr } = await runCommand(command, [...before, ...args], {
      env: {
        PATH: process.env['PATH'],
        DO_NOT_TRACK: '1',
        RESTATE_CLI_CONFIG_HOME: FOLDER,
        RESTATE_ADMIN_URL: url,
        SSL_CERT_FILE: caFile,
        ...(token !== '' && { RESTATE_AUTH_TOKEN: token }),
      },
      timeoutMs: TIMEOUT_MS,
    });
    return { code: code ?? -1, output: `${stdout}${stderr}` };
  }
}
