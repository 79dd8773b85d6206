import { Command, CommanderError } from 'commander';
import { UnsafeConfigurationError } from '../core/errors';
import { packageVersion } from '../artifact/package-version';
import { UnknownClaimError, UnreadableError } from '../check';
import { apiKeyCommand } from './api-key/api-key-command';
import { checkCommand } from './check/check-command';
import { diffCommand } from './diff/diff-command';
import { identityKeyCommand } from './identity-key-command';
import { proveCommand } from './prove-command';
import { reportCommand } from './report/report-command';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/** Nothing could be looked at, or nothing was asked for that makes sense. The message says what to write. */
const EXIT_NOTHING_LOOKED_AT = 2;

/**
 * The command line. Returns the exit code; never throws, never exits.
 *
 * @param words the arguments after `portcullis`
 */
export async function run(words: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = new Command('portcullis')
    .description('Says whether a synthesised deployment of a durable-execution server is really safe.')
    .version(packageVersion(), '--version')
    .helpCommand(false)
    .showHelpAfterError('portcullis --help lists what can be written.')
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
    })
    .exitOverride();
  const commands = [
    checkCommand(terminal, (code) => (exitCode = code)),
    diffCommand(terminal, (code) => (exitCode = code)),
    reportCommand(terminal, (code) => (exitCode = code)),
    proveCommand(terminal, (code) => (exitCode = code)),
    identityKeyCommand(terminal),
    apiKeyCommand(terminal),
  ];
  for (const command of commands) program.addCommand(inheriting(command, program));
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOfError(error, terminal);
  }
}

/** Subcommands that are added whole take nothing over by themselves, not even where to write. */
function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheriting(child, command);
  return command;
}

function exitCodeOfError(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_NOTHING_LOOKED_AT;
  const ofUser = [UsageError, UnreadableError, UnknownClaimError, UnsafeConfigurationError].some(
    (kind) => error instanceof kind,
  );
  // an error that crosses from the sandbox keeps its name, not its class, and the classes of the proof are loaded for it alone
  const ofProof = error instanceof Error && ['CannotProveError', 'UnknownAttackError'].includes(error.name);
  if (error instanceof Error && (ofUser || ofProof)) {
    terminal.stderr.write(`portcullis: ${error.message}\n`);
  } else {
    // a fault of ours: the stack is what a report of it needs
    terminal.stderr.write(`portcullis: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }
  return EXIT_NOTHING_LOOKED_AT;
}
