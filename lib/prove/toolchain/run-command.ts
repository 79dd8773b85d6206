import { spawn } from 'node:child_process';

/** How a command is run. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Written to the command's standard input, which is then closed. @default - standard input is empty */
  readonly input?: string;
  readonly timeoutMs: number;
}

/** What came of a command. */
export interface CommandResult {
  /** Exit code; 128 and the signal's number is not made up: a command killed by a signal has `null`. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command to its end. It is killed when the time is up, and by the kernel when this process dies, however it dies: that is
 * what `setpriv --pdeathsig` is for.
 */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return new Promise((settle, reject) => {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.once('error', reject);
    child.once('close', (code) => settle({ code, stdout, stderr }));
  });
}
