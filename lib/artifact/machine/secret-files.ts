import { posix } from 'node:path';
import type { SecretFile } from '../artifact';
import type { Report } from './cloud-config';
import type { MachineCommand } from './machine-commands';
import { isMarked, type Marks } from './marks';

const SECRET_MANAGER = 'secretmanager.googleapis.com';
const VERSION = /^projects\/[^/]+\/secrets\/[^/]+\/versions\/[^/]+$/;
const OWNER = /^\d+:\d+$/;
const ROOT = '0:0';

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
    else if (command.conditional) report(`writes the secret file ${found.path} on a condition, which is not decided`);
    return found ?? [];
  });
}

function secretFile({ words }: MachineCommand, marks: Marks): SecretFile | undefined {
  const given = words.slice(1).map(({ text }) => text);
  const version = given.findIndex((word) => VERSION.test(word) || (isMarked(word) && !word.startsWith('/')));
  // The path of the script itself stands before what it is told.
  const path = given.find((word, index) => index > version && word.startsWith('/'));
  const owner = given.find((word, index) => index > version && OWNER.test(word)) ?? ROOT;
  if (version === -1 || path === undefined || isMarked(path)) return undefined;
  return { path: posix.normalize(path), secret: marks.text(given[version] ?? ''), owner };
}
