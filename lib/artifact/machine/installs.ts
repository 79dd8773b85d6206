import { posix } from 'node:path';
import type { MachineCommand } from './machine-commands';

/** Programs that fetch what whoever may publish a name has put there, and the words by which they do. */
const FETCHING: Readonly<Record<string, readonly string[]>> = {
  cargo: ['install'],
  gem: ['install'],
  go: ['install'],
  npm: ['install', 'i', 'add', 'exec'],
  npx: [],
  pip: ['install'],
  pip3: ['install'],
  pnpm: ['add', 'install', 'dlx'],
  yarn: ['add', 'global', 'dlx'],
};
const SHELLS = ['bash', 'sh', 'dash'];
const LOADERS = ['curl', 'wget'];

/** The commands of a start that fetch programs by a name alone, or run what they have just loaded. */
export function installsOf(commands: readonly MachineCommand[]): readonly string[] {
  return [...new Set(commands.filter(fetches).map(({ words }) => words.map(({ raw }) => raw).join(' ')))];
}

function fetches(command: MachineCommand): boolean {
  const [program = '', ...rest] = command.words.map(({ text }) => text);
  const name = posix.basename(program);
  const verbs = Object.hasOwn(FETCHING, name) ? FETCHING[name] : undefined;
  if (verbs !== undefined) return verbs.length === 0 || rest.some((word) => verbs.includes(word));
  return LOADERS.includes(name) && isPipedIntoShell(command);
}

function isPipedIntoShell({ script }: MachineCommand): boolean {
  const own = script?.commands[script.index];
  const next = script?.commands[script.index + 1]?.words ?? [];
  const program = next.map(({ text }) => posix.basename(text)).find((word) => word !== 'sudo');
  return own?.next === '|' && SHELLS.includes(program ?? '');
}
