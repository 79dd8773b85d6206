import type { Unit } from './unit-file';

/** A command of a unit, exactly as systemd starts it. */
export interface UnitCommand {
  readonly words: readonly string[];
  /** Whether the unit goes on when it fails. */
  readonly mayFail: boolean;
}

/** What could not be read exactly. */
export class UnreadableWords extends Error {}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
};
const CODED = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2}))/;
/** Of a byte, as against a code point: above it stands for a part of a character. */
const LAST_ASCII = 0x7f;
const LAST_CODE_POINT = 0x10_ff_ff;
const FOLDERS: Readonly<Record<string, string>> = {
  t: '/run',
  S: '/var/lib',
  C: '/var/cache',
  L: '/var/log',
  E: '/etc',
  T: '/tmp',
  V: '/var/tmp',
};
/** Specifiers whose value only the machine knows. */
const UNKNOWN_SPECIFIERS = 'aAbBcdDfFgGhHIjJlmMoPqrsuUvwWyY';
const PREFIX = /^[-@:+!|]*/;

/**
 * The commands of a line such as `ExecStart=`: words by systemd's quotes and escapes, then specifiers, then variables.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 * @throws UnreadableWords
 */
export function unitCommands(line: string, unit: Unit): readonly UnitCommand[] {
  const commands: UnitCommand[] = [];
  for (let rest: string | undefined = line; rest !== undefined && rest.trim() !== '';) {
    const { words, after } = oneCommand(rest);
    const [first = '', ...others] = words;
    const [prefix = ''] = PREFIX.exec(first) ?? [];
    const path = expandSpecifiers(first.slice(prefix.length), unit);
    const expanded = others.map((word) => expandSpecifiers(word, unit));
    const given = prefix.includes('@') ? expanded.slice(1) : expanded;
    const argv = prefix.includes(':') ? given : given.flatMap((word) => expandVariables(word, unit));
    if (path !== '') commands.push({ words: [path, ...argv], mayFail: prefix.includes('-') });
    rest = after;
  }
  return commands;
}

/** The words of a setting such as `Environment=`. */
export function settingWords(value: string, unit: Unit): readonly string[] {
  const { words } = oneCommand(value, false);
  return words.map((word) => expandSpecifiers(word, unit));
}

/** Words up to a lone semicolon, and what stands after it. */
function oneCommand(line: string, separates: boolean = true): { words: readonly string[]; after: string | undefined } {
  const words: string[] = [];
  let rest = line.trimStart();
  while (rest !== '') {
    if (separates && words.length > 0 && /^;(?:\s|$)/.test(rest)) return { words, after: rest.slice(1).trimStart() };
    const escaped = /^\\;(?:\s|$)/.test(rest);
    const { word, length } = escaped ? { word: ';', length: 2 } : nextWord(rest);
    words.push(word);
    rest = rest.slice(length).trimStart();
  }
  return { words, after: undefined };
}

/** Quotes begin and end anywhere in a word, and escapes hold in both kinds of them. */
function nextWord(text: string): { word: string; length: number } {
  let word = '';
  let quote = '';
  let at = 0;
  for (; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') {
      const { value, length } = unescape(text.slice(at + 1));
      word += value;
      at += length;
    } else if (quote !== '') {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '"' || char === "'") quote = char;
    else if (/\s/.test(char)) break;
    else word += char;
  }
  if (quote !== '') throw new UnreadableWords('has a quote that does not end');
  return { word, length: at };
}

/** One that systemd does not know stays as it is written. */
function unescape(after: string): { value: string; length: number } {
  const plain = ESCAPES[after.charAt(0)];
  if (plain !== undefined) return { value: plain, length: 1 };
  const coded = CODED.exec(after);
  if (coded === null) return { value: `\\${after.charAt(0)}`, length: 1 };
  const [all, hex, short, long, octal] = coded;
  const code = octal === undefined ? Number.parseInt(hex ?? short ?? long ?? '', 16) : Number.parseInt(octal, 8);
  const isByte = hex !== undefined || octal !== undefined;
  if (code === 0 || code > LAST_CODE_POINT || (isByte && code > LAST_ASCII)) {
    throw new UnreadableWords('has an escape of a byte that is no character');
  }
  return { value: String.fromCodePoint(code), length: all.length };
}

function expandSpecifiers(word: string, unit: Unit): string {
  if (!word.includes('%')) return word;
  const [prefix = '', instance = ''] = unit.name.replace(/\.[^.]*$/, '').split('@');
  const known: Readonly<Record<string, string>> = {
    ...FOLDERS,
    '%': '%',
    n: unit.name,
    N: unit.name.replace(/\.[^.]*$/, ''),
    p: prefix,
    i: instance,
  };
  return word.replaceAll(/%(.)/gs, (whole, letter: string) => {
    if (UNKNOWN_SPECIFIERS.includes(letter)) throw new UnreadableWords(`has ${whole}, which only the machine knows`);
    return known[letter] ?? whole;
  });
}

/** `$NAME` as a whole word is as many words as its value has; `${NAME}` is part of its word; `$$` is a dollar. */
function expandVariables(word: string, unit: Unit): readonly string[] {
  const whole = /^\$(?![{$])(.*)$/s.exec(word)?.[1];
  if (whole !== undefined) return oneCommand(variable(whole, unit), false).words;
  return [
    word.replaceAll(/\$\$|\$\{([^}]*)\}/g, (_, name: string | undefined) =>
      name === undefined ? '$' : variable(name, unit),
    ),
  ];
}

function variable(name: string, unit: Unit): string {
  const assigned = unit
    .list('Service', 'Environment')
    .flatMap((value) => settingWords(value, unit))
    .findLast((word) => word.startsWith(`${name}=`));
  const others = ['EnvironmentFile', 'PassEnvironment', 'UnsetEnvironment'];
  if (
    assigned === undefined ||
    unit.has('Service', /^(?:EnvironmentFile|PassEnvironment|UnsetEnvironment)$/).length > 0
  ) {
    throw new UnreadableWords(`uses $${name}, whose value is in none of its lines but ${others.join(', ')}`);
  }
  return assigned.slice(name.length + 1);
}
