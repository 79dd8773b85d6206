import { entry, type Json } from '../template-text';
import { AnyOfValue, isList, toLiteral, UnknownValue, type Value } from '../value';
import type { Template } from './template';

/** `Fn::FindInMap` with literal keys; where the first one is none, it may be any. */
export function findInMap(argument: Value, template: Template): Value {
  const [map, first, second] = isList(argument) ? argument.map(toLiteral) : [];
  const rows = template.mappings.get(map ?? '');
  if (first === undefined && second !== undefined && rows instanceof Map) {
    const found = [...(rows as ReadonlyMap<string, Json>).values()].map((row) => entry(row, second));
    return new AnyOfValue('Fn::FindInMap with a key that only the cloud knows', found.map(plain));
  }
  if (map === undefined || first === undefined || second === undefined) {
    return new UnknownValue('Fn::FindInMap with a key that only the cloud knows');
  }
  const found = entry(entry(template.mappings.get(map), first), second);
  if (Array.isArray(found)) {
    return found.filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean');
  }
  return typeof found === 'object' || found === undefined
    ? new UnknownValue(`Fn::FindInMap of ${map}.${first}.${second}, which the template does not hold`)
    : found;
}

function plain(value: Json | undefined): Value {
  return typeof value === 'string' ? value : new UnknownValue('a map of the template that holds no text there');
}
