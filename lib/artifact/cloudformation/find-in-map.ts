import { entry } from '../template-text';
import { isList, toLiteral, UnknownValue, type Value } from '../value';
import type { Template } from './template';

/** `Fn::FindInMap` with literal keys. */
export function findInMap(argument: Value, template: Template): Value {
  const [map, first, second] = isList(argument) ? argument.map(toLiteral) : [];
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
