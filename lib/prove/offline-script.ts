import { BUILTINS, RULING_VARIABLE } from '../artifact/machine/machine-changes';
import { type ShellCommand, shellCommands } from '../artifact/machine/shell-commands';
import { outputTargets } from '../artifact/machine/shell-tokens';

/** Programs that neither connect nor listen, and start no other one. */
const PROGRAMS: readonly string[] = [
  ...BUILTINS,
  ...'base64 basename cat chmod cmp cp cut date dirname grep head ln ls mkdir mktemp mv readlink rm rmdir'.split(' '),
  ...'sha256sum sleep sort stat tail tee touch tr uniq wc'.split(' '),
];
/** What `openssl` does without asking anybody. */
const OF_OPENSSL: readonly string[] = ['crl', 'dgst', 'ecparam', 'genpkey', 'pkey', 'rand', 'req', 'verify', 'x509'];
/** Words by which even those go elsewhere: the address of something, or a program to run. */
const LEADS_ELSEWHERE = /:\/\/|-program\b/;
/** Devices lead everywhere; the shell's own, `/dev/tcp`, to the network. */
const DEVICE = /\/dev(?:\/(?!null\b)|[^/\w])/;

const FUNCTION = /^(\w+)\(\)/gm;
const SUBSTITUTION = /\$\((?!\()([^()]*)\)/g;
const ARITHMETIC = /\$\(\(([^()]*)\)\)/g;

/**
 * Whether a shell script, read word by word, talks to nobody: it opens no connection and no port, by whatever way it goes through its own
 * text. What cannot be read may do anything.
 */
export function isOffline(script: string): boolean {
  const parts = withoutSubstitutions(script);
  const commands = parts?.map((part) => shellCommands(part)) ?? [undefined];
  if (DEVICE.test(script) || script.split(/\W+/).some((word) => RULING_VARIABLE.test(word))) return false;
  if (parts?.flatMap(outputTargets).every(({ exact }) => exact) !== true) return false;
  const functions = definedFunctions(script);
  return commands.every((each) => each?.every((command) => isKnown(command, functions)) === true);
}

/** A script and the commands that stand inside of its words, each as a script of its own. */
function withoutSubstitutions(script: string): readonly string[] | undefined {
  const inner: string[] = [];
  let rest = script;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replaceAll(ARITHMETIC, '0').replaceAll(SUBSTITUTION, (_, command: string) => {
      inner.push(command);
      return '$substituted';
    });
  }
  return /\$\(|[`]|[<>]\(/.test(rest) ? undefined : [rest, ...inner];
}

/** Functions that a script defines whichever way it goes, before it says their name. */
function definedFunctions(script: string): readonly string[] {
  return [...script.matchAll(FUNCTION)].flatMap(({ 1: name = '', index }) => {
    const before = script.slice(0, index);
    const after = shellCommands(`${before}\n:`)?.at(-1);
    return after?.conditional === false && !before.split(/\W+/).includes(name) ? [name] : [];
  });
}

function isKnown({ words }: ShellCommand, functions: readonly string[]): boolean {
  const [program, ...rest] = words;
  if (program === undefined) return true;
  const name = program.text;
  if (!program.exact || rest.some(({ text }) => LEADS_ELSEWHERE.test(text))) return false;
  // without its function a name is a program's again
  if (name === 'unset' && rest.some(({ text }) => text.startsWith('-'))) return false;
  if (functions.includes(name) || PROGRAMS.includes(name)) return true;
  const [first] = rest;
  if (name === 'openssl') return OF_OPENSSL.includes(first?.text ?? '');
  return name === 'trap' && first?.exact === true && isOffline(first.text);
}
