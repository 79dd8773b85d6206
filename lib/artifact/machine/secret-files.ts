import { posix } from 'node:path';
import type { SecretFile } from '../artifact';
import type { Report } from './cloud-config';
import type { MachineCommand } from './machine-commands';
import { isMarked, type Marks } from './marks';
import { type ShellCommand, shellCommands } from './shell-commands';

const SECRET_MANAGER = 'secretmanager.googleapis.com';
const VERSION = /^projects\/[^/]+\/secrets\/[^/]+\/versions\/[^/]+$/;
const OWNER = /^\d+:\d+$/;
const ROOT = '0:0';
const OCTAL = /^[0-7]{3,4}$/;
/** What root's files are for others where nothing is said. */
const USUAL_UMASK = 0o022;
const ALL_FILES = 0o666;

/**
 * The files that a machine's start fills from Secret Manager: a script that asks it is told a version, an absolute path and, as numbers,
 * an owner.
 */
export function readSecretFiles(
  commands: readonly MachineCommand[],
  marks: Marks,
  report: Report,
): readonly SecretFile[] {
  const asking = commands.filter(({ runs }) => runs?.includes(SECRET_MANAGER) === true);
  return asking.flatMap((command) => {
    const found = command.words.every(({ exact }) => exact) ? secretFile(command, marks) : undefined;
    if (found === undefined) report(`asks ${SECRET_MANAGER} for a secret in a way that is not understood`);
    else if (found.mode === undefined) report(`gives the secret file ${found.path} a mode that is not understood`);
    else if (command.conditional) report(`writes the secret file ${found.path} on a condition, which is not decided`);
    return found ?? [];
  });
}

function secretFile({ words, runs = '' }: MachineCommand, marks: Marks): SecretFile | undefined {
  const given = words.slice(1).map(({ text }) => text);
  const version = given.findIndex((word) => VERSION.test(word) || (isMarked(word) && !word.startsWith('/')));
  // The path of the script itself stands before what it is told.
  const path = given.find((word, index) => index > version && word.startsWith('/'));
  const owner = given.find((word, index) => index > version && OWNER.test(word)) ?? ROOT;
  if (version === -1 || path === undefined || isMarked(path)) return undefined;
  const mode = modeBy(shellCommands(runs) ?? []);
  return {
    path: posix.normalize(path),
    secret: marks.text(given[version] ?? ''),
    owner,
    ...(mode !== undefined && { mode }),
  };
}

/**
 * Who may read what a script writes, if it gives all of that one mode, in digits.
 *
 * @returns `undefined` where it does not
 */
function modeBy(commands: readonly ShellCommand[]): number | undefined {
  const modes = [...new Set(bitsOf(commands, 'chmod'))];
  const masks = [...new Set(bitsOf(commands, 'umask'))];
  const [mode, ...otherModes] = modes.length > 0 ? modes : masks.map((mask) => ALL_FILES & ~mask);
  if (otherModes.length > 0) return undefined;
  return mode === undefined ? ALL_FILES & ~USUAL_UMASK : Number.isNaN(mode) ? undefined : mode;
}

/** The bits that every call of a program is given; none that is a number where they are not digits. */
function bitsOf(commands: readonly ShellCommand[], program: string): readonly number[] {
  const calls = commands.filter(({ words: [first] }) => posix.basename(first?.text ?? '') === program);
  return calls.map(({ words: [, ...given] }) => {
    const bits = given.find(({ text }) => !text.startsWith('-'))?.text ?? '';
    return OCTAL.test(bits) ? Number.parseInt(bits, 8) : Number.NaN;
  });
}
