import type { Reference } from '../text';
import { fromText, isList, TextValue, toLiteral, UnknownValue, type Value } from '../value';

/** `Fn::Select`. Of a list that only the cloud knows it is a reference named after the pick. */
export function select(argument: Value): Value {
  const [at, list] = isList(argument) ? argument : [];
  const index = Number(toLiteral(at) ?? Number.NaN);
  if (!Number.isInteger(index) || index < 0) {
    return new UnknownValue('Fn::Select without a literal index');
  }
  if (list instanceof TextValue) {
    return derived(list, `Fn::Select ${index}`);
  }
  return isList(list) && index < list.length
    ? list[index]
    : new UnknownValue('Fn::Select of something that has no such item');
}

/** `Fn::Split`. Text that only the cloud knows stays a reference, named after the split. */
export function split(argument: Value): Value {
  const [by, source] = isList(argument) ? argument : [];
  if (typeof by !== 'string' || by === '') {
    return new UnknownValue('Fn::Split without a literal delimiter');
  }
  if (source instanceof TextValue) {
    return derived(source, `Fn::Split ${JSON.stringify(by)}`);
  }
  const text = toLiteral(source);
  return text === undefined ? new UnknownValue('Fn::Split of something that is no text') : text.split(by);
}

/** A part of a value that the cloud fills in: told apart by how it was taken from which reference. */
function derived(source: TextValue, how: string): Value {
  const of = source.parts.map((part) => (typeof part === 'string' ? part : name(part))).join('');
  const first = source.parts.find((part): part is Reference => typeof part !== 'string');
  return fromText([{ logicalId: first?.logicalId ?? of, attribute: `${how} of ${of}` }]);
}

function name(reference: Reference): string {
  return reference.attribute === undefined ? reference.logicalId : `${reference.logicalId}.${reference.attribute}`;
}
