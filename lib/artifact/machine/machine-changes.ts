import { posix } from 'node:path';
import type { CloudConfig, Report } from './cloud-config';
import { isFirewallCommand } from './machine-network';
import type { MachineCommand, MachineStartup } from './machine-commands';
import type { ShellWord } from './shell-tokens';

/** Of the shell itself. */
export const BUILTINS: readonly string[] = [
  ': [ [[ test true false echo printf exit return break continue set shopt local export readonly',
  'declare read shift umask ulimit unset wait cd pwd',
].flatMap((line) => line.split(' '));
/** Programs that start no other one, and change nothing but what their words name. */
const PROGRAMS: readonly string[] = [
  'base64 basename blkid blockdev cat chgrp chmod chown cmp cp curl cut date df dirname',
  'docker-credential-gcr du e2fsck egrep findmnt fsck fsck.ext4 getent grep head hostname id install',
  'journalctl jq ln logger ls lsblk mkdir mkfs mkfs.ext4 mkfs.xfs mktemp mount mountpoint mv openssl',
  'readlink realpath resize2fs rm rmdir sed seq sha256sum sleep sort stat sync tail tee touch tr',
  'tune2fs umount uname uniq uuidgen wc wget wipefs xfs_growfs',
].flatMap((line) => line.split(' '));
/** Those of them that leave what they name as it is. */
const READERS: readonly string[] = [
  ...BUILTINS,
  ...'cat chgrp chmod chown cmp cut egrep grep head ls mkdir readlink realpath sha256sum sort stat tail wc'.split(' '),
];
/** Read elsewhere, word by word. */
const READ = ['docker', 'systemctl'];
/** Where the system keeps what it runs and by which rules. */
const SYSTEM = /^\/(?:etc|usr|lib\d*|s?bin|boot|root|run\/systemd|proc|sys)(?:\/|$)/;
/** Variables by which a program is another one, or speaks to another one. */
export const RULING_VARIABLE: RegExp = /^(?:PATH|ENV|BASH_ENV|BASH_FUNC\w*|LD_\w+|DOCKER_\w+|SHELLOPTS|BASHOPTS)$/;

/**
 * Reports commands by which the machine may come to run other things than its files say: programs that are not known here, and changes of
 * the files themselves or of the system's own.
 */
export function reportChanges({ commands }: MachineStartup, { files }: CloudConfig, report: Report): void {
  for (const command of commands) {
    const name = posix.basename(command.words[0]?.text ?? '');
    if (READ.includes(name) || isFirewallCommand(command) || command.runs !== undefined || command.unfollowed) continue;
    if (!isKnown(name, command)) report(`runs ${quoted(command)}, which is not known here`);
    else if (!READERS.includes(name) && changes(command, files)) {
      report(`changes with ${quoted(command)} what its files say`);
    }
  }
}

/** Why what a script says beside its commands may change what runs; `undefined` where it does not. */
export function changeOfScript(
  { variables, targets }: { readonly variables: readonly string[]; readonly targets: readonly ShellWord[] },
  files: ReadonlyMap<string, string>,
): string | undefined {
  const variable = variables.find((each) => RULING_VARIABLE.test(each));
  if (variable !== undefined) return `sets ${variable}, by which programs are found or ruled`;
  const target = targets.find(({ text }) => SYSTEM.test(text) || namesFile(text, files));
  return target && `writes to ${JSON.stringify(target.raw.slice(0, 80))} while it runs`;
}

function isKnown(name: string, { words, script }: MachineCommand): boolean {
  const inner = script?.commands.some(({ inside }) => inside === name) === true;
  if (inner) return !isProgram(name);
  // what it is told runs later; removing is what one is there for
  if (name === 'trap') return /^(?:rm -r?f "?\$\w+"?)?$|^-$/.test(words[1]?.text ?? '');
  return isProgram(name);
}

function isProgram(name: string): boolean {
  return [...BUILTINS, ...PROGRAMS, ...READ, 'iptables', 'nsenter'].includes(name);
}

function changes({ words }: MachineCommand, files: ReadonlyMap<string, string>): boolean {
  const named = words.slice(1).flatMap(({ text }) => [text, text.slice(text.indexOf('=') + 1)]);
  return named.some((text) => SYSTEM.test(posix.normalize(text)) || namesFile(text, files));
}

/** A file of the machine's, or a folder that one is in. */
function namesFile(text: string, files: ReadonlyMap<string, string>): boolean {
  if (!text.startsWith('/')) return [...files.keys()].some((path) => text.includes(path));
  const path = posix.normalize(text).replace(/\/$/, '');
  return path !== '' && [...files.keys()].some((file) => file === path || file.startsWith(`${path}/`));
}

/** Short: a message, not the file. */
function quoted({ words }: MachineCommand): string {
  return JSON.stringify(
    words
      .map(({ raw }) => raw)
      .join(' ')
      .slice(0, 80),
  );
}
