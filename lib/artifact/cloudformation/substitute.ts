import type { Json } from '../template-text';
import type { Text } from '../text';
import { dynamicReferences } from './dynamic-reference';
import type { Evaluator } from './evaluator';
import { Base64Value, fromText, isList, isMap, toText, UnknownValue, type Value } from '../value';

const VARIABLE = /\$\{([^${}]{1,512})\}/;
/** The end of the headers of a part of a mail that is encoded: whoever reads such parts wants the text. */
const ENCODED_PART = /\nContent-Transfer-Encoding:[ \t]*base64[ \t]*\r?\n(?:[\w-]+:[^\n]*\n)*\r?\n$/i;

/** `Fn::Join`. A list that only the cloud knows stays a reference where it stands. */
export function join(argument: Value): Value {
  const [by, items] = isList(argument) ? argument : [];
  if (typeof by !== 'string' || !isList(items)) {
    const whole = toText(items);
    return typeof by === 'string' && whole !== undefined
      ? fromText(whole)
      : new UnknownValue('Fn::Join that is not a delimiter and a list');
  }
  const all = items.flatMap((item) => (isList(item) ? item : [item]));
  const texts = all.map((item, index) => piece(isEncodedPart(all[index - 1], by) ? insideOf(item) : item));
  const unknown = texts.find((text) => text instanceof UnknownValue);
  return unknown ?? ofLength((texts as Text[]).flatMap((text, index) => (index === 0 ? text : [by, ...text])));
}

/** A text, as long as no text that doubles itself again and again is: no template is longer than this. */
const MAX_TEXT = 1024 * 1024;
/** About what a reference weighs in it. */
const REFERENCE_WEIGHT = 16;

function ofLength(text: Text): Value {
  const weight = text.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : REFERENCE_WEIGHT), 0);
  return weight > MAX_TEXT ? new UnknownValue('a text that is longer than any template') : fromText(text);
}

function isEncodedPart(before: Value, by: string): boolean {
  return by === '' && typeof before === 'string' && ENCODED_PART.test(before);
}

function insideOf(value: Value): Value {
  return value instanceof Base64Value ? value.inner : value;
}

/** `Fn::Sub`, both forms. `${!Literal}` is the text `${Literal}`. */
export function substitute(argument: Json, evaluator: Evaluator): Value {
  const [template, variables] = Array.isArray(argument) ? (argument as readonly Json[]) : [argument];
  const values = variables === undefined ? new Map<string, Value>() : evaluator.evaluate(variables);
  if (typeof template !== 'string' || !isMap(values)) {
    return new UnknownValue('Fn::Sub that is not a text, or a text and its variables');
  }
  const texts = template.split(VARIABLE).map((part, index) => {
    if (index % 2 === 0) {
      return piece(dynamicReferences(part));
    }
    return part.startsWith('!') ? [`\${${part.slice(1)}}`] : piece(variable(part.trim(), values, evaluator));
  });
  return texts.find((text) => text instanceof UnknownValue) ?? ofLength((texts as Text[]).flat());
}

function variable(name: string, values: ReadonlyMap<string, Value>, evaluator: Evaluator): Value {
  if (values.has(name)) {
    return values.get(name);
  }
  return name.includes('.')
    ? evaluator.evaluate(new Map<string, Json>([['Fn::GetAtt', name]]))
    : evaluator.evaluate(new Map<string, Json>([['Ref', name]]));
}

function piece(value: Value): Text | UnknownValue {
  if (value instanceof UnknownValue) {
    return value;
  }
  return toText(value) ?? new UnknownValue('text with a piece that is none');
}
