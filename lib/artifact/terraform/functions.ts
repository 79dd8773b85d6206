import type { Text } from '../text';
import { Base64Value, fromText, isList, TextValue, toLiteral, toText, UnknownValue, type Value } from '../value';
import { jsonEncode } from './json-encode';
import { LIST_FUNCTIONS } from './list-functions';
import { TEXT_FUNCTIONS } from './text-functions';

/** A function of Terraform. `undefined` where these arguments are not read exactly, or are an error to Terraform as well. */
export type TerraformFunction = (...given: readonly Value[]) => Value;

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** Those that take text with references in it and give text again. */
const FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map<string, TerraformFunction>([
  ...TEXT_FUNCTIONS,
  ...LIST_FUNCTIONS,
  ['join', join],
  ['format', format],
  ['jsonencode', (value) => jsonEncode(value)],
  ['base64encode', base64encode],
  ['base64decode', base64decode],
  ['tostring', (value) => (value === null ? null : textOf(value))],
  ['tonumber', (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : numberOf(value))],
  ['tobool', (value) => BOOLEANS.get(toLiteral(value) ?? '')],
  ['sensitive', (value) => value],
  ['nonsensitive', (value) => value],
]);

/** Calls a function: exactly, or not at all. */
export function call(name: string, given: readonly Value[]): Value {
  const known = FUNCTIONS.get(name);
  if (known === undefined) {
    return new UnknownValue(`${name}(), which is not understood here`);
  }
  const unknown = given.find((value) => value instanceof UnknownValue);
  return unknown ?? known(...given) ?? new UnknownValue(`${name}() of something that the file alone does not say`);
}

function textOf(value: Value): Value {
  const text = toText(value);
  return text === undefined ? undefined : fromText(text);
}

function numberOf(value: Value): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function join(by: Value, ...lists: readonly Value[]): Value {
  const texts = lists.flatMap((list) => (isList(list) ? list : [undefined])).map(toText);
  return typeof by !== 'string' || texts.includes(undefined)
    ? undefined
    : fromText((texts as Text[]).flatMap((text, index) => (index === 0 ? text : [by, ...text])));
}

const VERB = /(%%|%[sdv])/;

/** `format` with the plain verbs; widths and the like are not understood. */
function format(template: Value, ...given: readonly Value[]): Value {
  if (typeof template !== 'string') {
    return undefined;
  }
  const left = [...given];
  const parts = template.split(VERB).map((part): Text | undefined => {
    if (!VERB.test(part)) {
      return part.includes('%') ? undefined : [part];
    }
    const value = part === '%%' ? '%' : left.shift();
    return part === '%d' && !Number.isSafeInteger(value) ? undefined : toText(value);
  });
  return left.length > 0 || parts.includes(undefined) ? undefined : fromText((parts as Text[]).flat());
}

/** Encoded where it is known; else told by what it was made of, for whoever asks for the text decodes it again. */
function base64encode(value: Value): Value {
  const text = toLiteral(value);
  if (text !== undefined) {
    return Buffer.from(text, 'utf8').toString('base64');
  }
  return value instanceof TextValue ? new Base64Value(value) : undefined;
}

function base64decode(value: Value): Value {
  if (value instanceof Base64Value) {
    return value.inner;
  }
  const text = toLiteral(value);
  const decoded = Buffer.from(text ?? '', 'base64').toString('utf8');
  return text !== undefined && Buffer.from(decoded, 'utf8').toString('base64') === text ? decoded : undefined;
}
