import { isList, isMap, TextValue, UnknownValue, type Value } from './value';

/**
 * Whether one of these resources is referred to anywhere in a value. What is unknown may be any of them.
 *
 * @param ids logical ids, or `logicalId.attribute` for what only an attribute names
 */
export function mentions(value: Value, ids: readonly string[]): boolean {
  if (value instanceof UnknownValue) {
    return ids.length > 0;
  }
  if (value instanceof TextValue) {
    return value.parts.some(
      (part) =>
        typeof part !== 'string' &&
        (ids.includes(part.logicalId) || ids.includes(`${part.logicalId}.${part.attribute ?? ''}`)),
    );
  }
  if (isMap(value)) {
    return [...value.values()].some((item) => mentions(item, ids));
  }
  return isList(value) && value.some((item) => mentions(item, ids));
}
