import { toLiteral, type Value } from '../value';

type TextFunction = (...given: readonly Value[]) => Value;

/** Functions of text that is known all through. `undefined` where JavaScript's answer could differ from Terraform's. */
export const TEXT_FUNCTIONS: readonly (readonly [string, TextFunction])[] = [
  ['lower', (value) => ascii(value)?.toLowerCase()],
  ['upper', (value) => ascii(value)?.toUpperCase()],
  ['trimspace', (value) => ascii(value)?.replaceAll(/^[\t-\r ]+|[\t-\r ]+$/g, '')],
  ['chomp', (value) => toLiteral(value)?.replace(/[\r\n]+$/, '')],
  ['trimprefix', (value, prefix) => without(toLiteral(value), toLiteral(prefix), 'start')],
  ['trimsuffix', (value, suffix) => without(toLiteral(value), toLiteral(suffix), 'end')],
  ['replace', (value, what, by) => replace(toLiteral(value), toLiteral(what), toLiteral(by))],
  ['split', (by, value) => split(toLiteral(by), toLiteral(value))],
  ['startswith', (value, prefix) => affix(toLiteral(value), toLiteral(prefix), 'start')],
  ['endswith', (value, suffix) => affix(toLiteral(value), toLiteral(suffix), 'end')],
  ['indent', (by, value) => indent(by, toLiteral(value))],
  ['substr', (value, from, length) => substr(ascii(value), from, length)],
];

/** Text in which characters, letters and code units are the same. */
function ascii(value: Value): string | undefined {
  const text = toLiteral(value);
  // oxlint-disable-next-line no-control-regex -- the range is the meaning
  return text !== undefined && /^[\u0000-\u007F]*$/.test(text) ? text : undefined;
}

function affix(text: string | undefined, part: string | undefined, where: 'start' | 'end'): boolean | undefined {
  if (text === undefined || part === undefined) {
    return undefined;
  }
  return where === 'start' ? text.startsWith(part) : text.endsWith(part);
}

function without(text: string | undefined, part: string | undefined, where: 'start' | 'end'): string | undefined {
  if (text === undefined || part === undefined || affix(text, part, where) !== true) {
    return part === undefined ? undefined : text;
  }
  return where === 'start' ? text.slice(part.length) : text.slice(0, text.length - part.length);
}

/** Between slashes stands a regular expression, in a dialect of Go's. */
function replace(text: string | undefined, what: string | undefined, by: string | undefined): string | undefined {
  const isPattern = what !== undefined && what.length > 1 && what.startsWith('/') && what.endsWith('/');
  return text === undefined || what === undefined || what === '' || by === undefined || isPattern
    ? undefined
    : text.split(what).join(by);
}

function split(by: string | undefined, text: string | undefined): readonly string[] | undefined {
  return by === undefined || by === '' || text === undefined ? undefined : text.split(by);
}

function indent(by: Value, text: string | undefined): string | undefined {
  const isWidth = typeof by === 'number' && Number.isInteger(by) && by >= 0 && by <= 100;
  return isWidth ? text?.replaceAll('\n', `\n${' '.repeat(by)}`) : undefined;
}

function substr(text: string | undefined, from: Value, length: Value): string | undefined {
  const isRange =
    typeof from === 'number' && from >= 0 && typeof length === 'number' && Number.isInteger(from + length);
  return isRange ? text?.slice(from, length < 0 ? undefined : from + length) : undefined;
}
