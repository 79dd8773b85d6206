import { runCommand } from '../toolchain/run-command';

const TIMEOUT_MS = 10_000;

/**
 * Runs a command that must succeed, with `input` on its stdin, and returns what it printed.
 *
 * Throws with the command's own complaint when it fails, is missing, or takes longer than ten seconds.
 */
export async function runChecked([command = '', ...args]: readonly string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, args, { input, timeoutMs: TIMEOUT_MS });
  if (code === 0) return stdout;
  throw new Error(`${[command, ...args].join(' ')} ended with ${code ?? 'a signal'}: ${stderr.trim()}`);
}
