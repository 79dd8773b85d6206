import { isList, isMap, toLiteral, type Value } from '../value';

type ListFunction = (...given: readonly Value[]) => Value;

/** Functions of lists and maps. `undefined` where an answer would need what only the cloud knows. */
export const LIST_FUNCTIONS: readonly (readonly [string, ListFunction])[] = [
  ['concat', (...lists) => (lists.every(isList) ? lists.flat() : undefined)],
  ['tolist', (list) => (isList(list) ? list : undefined)],
  ['toset', (list) => sorted(distinct(list))],
  ['distinct', (list) => distinct(list)],
  ['sort', (list) => sorted(texts(list))],
  ['compact', (list) => texts(list)?.filter((item) => item !== '')],
  ['flatten', (list) => (isList(list) ? flatten(list) : undefined)],
  ['reverse', (list) => (isList(list) ? list.toReversed() : undefined)],
  ['element', element],
  ['slice', slice],
  ['length', (of) => (isList(of) ? of.length : isMap(of) ? of.size : undefined)],
  ['contains', (list, value) => contains(list, value)],
  ['merge', (...maps) => (maps.every(isMap) ? new Map(maps.flatMap((map) => [...map])) : undefined)],
  ['keys', (map) => (isMap(map) ? sorted([...map.keys()]) : undefined)],
  ['values', (map) => (isMap(map) ? sorted([...map.keys()])?.map((key) => map.get(key)) : undefined)],
  ['lookup', (map, key, otherwise) => lookup(map, toLiteral(key), otherwise)],
  ['tomap', (map) => (isMap(map) ? map : undefined)],
];

/** A list of texts that are known all through. */
function texts(list: Value): readonly string[] | undefined {
  return isList(list) && list.every((item) => typeof item === 'string') ? list : undefined;
}

function distinct(list: Value): readonly string[] | undefined {
  const known = texts(list);
  return known === undefined ? undefined : [...new Set(known)];
}

/** In Terraform's order, that of bytes. */
function sorted(list: readonly string[] | undefined): readonly string[] | undefined {
  return list === undefined
    ? undefined
    : [...list].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
}

function flatten(list: readonly Value[]): readonly Value[] {
  return list.flatMap((item) => (isList(item) ? flatten(item) : [item]));
}

/** Goes round: the item after the last one is the first. */
function element(list: Value, at: Value): Value {
  return isList(list) && list.length > 0 && typeof at === 'number' && Number.isInteger(at) && at >= 0
    ? list[at % list.length]
    : undefined;
}

function slice(list: Value, from: Value, to: Value): Value {
  return isList(list) &&
    typeof from === 'number' &&
    typeof to === 'number' &&
    0 <= from &&
    from <= to &&
    to <= list.length
    ? list.slice(from, to)
    : undefined;
}

function contains(list: Value, value: Value): boolean | undefined {
  const known = texts(list);
  return known === undefined || typeof value !== 'string' ? undefined : known.includes(value);
}

function lookup(map: Value, key: string | undefined, otherwise: Value): Value {
  if (!isMap(map) || key === undefined) {
    return undefined;
  }
  return map.has(key) ? map.get(key) : otherwise;
}
