import { execFile } from 'node:child_process';

/**
 * Runs a command to its end, with `input` on its stdin, and returns what it printed.
 *
 * Throws with the command's own complaint when it fails, is missing, or takes longer than `timeoutMs`.
 */
export function runCommand(argv: readonly string[], input = '', timeoutMs = 10_000): Promise<string> {
  const [command = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { timeout: timeoutMs, maxBuffer: 16_777_216 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${argv.join(' ')}: ${stderr.trim() || error.message}`));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
