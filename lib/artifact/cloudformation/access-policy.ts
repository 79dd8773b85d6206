import type { AccessCondition, AccessPolicy, AccessStatement, Named, Principal, Principals } from '../access-policy';
import type { Property } from '../property';
import type { Text } from '../text';
import { isList, isMap, toLiteral, toText, type Value } from '../value';
import { withArns } from './resource-arn';
import type { Resources } from './resources';

const NAMES: readonly string[] = ['Sid', 'Effect', 'Condition'];
const PAIRS = [
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
  ['Principal', 'NotPrincipal'],
] as const;
const KINDS: ReadonlyMap<string, Principal['kind']> = new Map<string, Principal['kind']>([
  ['AWS', 'identity'],
  ['Service', 'service'],
  ['Federated', 'federated'],
]);
/** An older version takes no variables and means the same otherwise. */
const VERSIONS: readonly (string | undefined)[] = [undefined, '2012-10-17', '2008-10-17'];

/** A policy document. What is not understood of it becomes a statement that may allow anything. */
export function readPolicy(id: string, { value }: Property, resources: Resources): AccessPolicy {
  const whole = (unread: string): AccessPolicy => ({ id, statements: [unreadStatement(unread)] });
  if (!isMap(value)) return whole('is no policy that the file says');
  const strange = [...value.keys()].find((key) => !['Version', 'Id', 'Statement'].includes(key));
  if (strange !== undefined) return whole(`has ${strange}, which no policy has`);
  if (!VERSIONS.includes(toLiteral(value.get('Version')))) return whole('has a Version that is not known');
  const given = value.get('Statement');
  const statements = isMap(given) ? [given] : given;
  if (!isList(statements)) return whole('has statements that the file does not say');
  return { id, statements: statements.map((statement) => readStatement(statement, resources)) };
}

function readStatement(value: Value, resources: Resources): AccessStatement {
  if (!isMap(value)) return unreadStatement('is no statement');
  const known = [...NAMES, ...PAIRS.flat()];
  const strange = [...value.keys()].find((key) => !known.includes(key));
  if (strange !== undefined) return unreadStatement(`has ${strange}, which no statement has`);
  const effect = toLiteral(value.get('Effect'));
  if (effect !== 'Allow' && effect !== 'Deny') return unreadStatement('has no Effect that is known');
  const actions = named(value, 'Action', resources);
  const resourcesNamed = named(value, 'Resource', resources);
  const principals = principalsOf(value, resources);
  if (actions === undefined) return unreadStatement('names no action');
  const conditions = conditionsOf(value.get('Condition'), resources);
  const unread = [actions, resourcesNamed, principals, conditions].find((part) => typeof part === 'string');
  if (
    typeof actions === 'string' ||
    typeof resourcesNamed === 'string' ||
    typeof principals === 'string' ||
    typeof conditions === 'string'
  ) {
    return { ...unreadStatement(String(unread)), effect: effect === 'Allow' ? 'allow' : 'deny' };
  }
  return {
    effect: effect === 'Allow' ? 'allow' : 'deny',
    actions,
    resources: resourcesNamed ?? { not: false, patterns: [] },
    ...(principals !== undefined && { principals }),
    conditions,
  };
}

function unreadStatement(unread: string): AccessStatement {
  const anything: Named = { not: false, patterns: [['*']] };
  return { effect: 'allow', actions: anything, resources: anything, conditions: [], unread };
}

/** The names, `undefined` where none are given, or why they are not known. */
function named(statement: ReadonlyMap<string, Value>, name: string, resources: Resources): Named | undefined | string {
  const [given, not] = statement.has(`Not${name}`) ? [statement.get(`Not${name}`), true] : [statement.get(name), false];
  if (statement.has(name) && statement.has(`Not${name}`)) return `has both ${name} and Not${name}`;
  if (given === undefined) return undefined;
  const patterns = textsOf(given, resources);
  return patterns === undefined ? `has ${name} that the file does not say` : { not, patterns };
}

function principalsOf(statement: ReadonlyMap<string, Value>, resources: Resources): Principals | undefined | string {
  const not = statement.has('NotPrincipal');
  const given = statement.get(not ? 'NotPrincipal' : 'Principal');
  if (given === undefined) return undefined;
  if (isMap(given) && given.size === 0) return 'has a Principal that names nobody';
  if (given === '*') return { not, who: [{ kind: 'anyone', name: [] }] };
  if (!isMap(given)) return 'has a Principal that the file does not say';
  const who: Principal[] = [];
  for (const [type, names] of given) {
    const texts = textsOf(names, resources);
    if (texts === undefined) return `has a Principal.${type} that the file does not say`;
    who.push(...texts.map((name) => principal(type, name)));
  }
  return { not, who };
}

function principal(type: string, name: Text): Principal {
  return type === 'AWS' && name.length === 1 && name[0] === '*'
    ? { kind: 'anyone', name: [] }
    : { kind: KINDS.get(type) ?? 'unknown', name };
}

function conditionsOf(value: Value, resources: Resources): readonly AccessCondition[] | string {
  if (value === undefined) return [];
  if (!isMap(value)) return 'has a Condition that the file does not say';
  const found: AccessCondition[] = [];
  for (const [operator, keys] of value) {
    if (!isMap(keys)) return `has a condition ${operator} that the file does not say`;
    for (const [key, values] of keys) {
      const texts = textsOf(values, resources);
      if (texts === undefined) return `has a condition ${operator} on ${key} that the file does not say`;
      found.push({ operator, key, values: texts });
    }
  }
  return found;
}

function textsOf(value: Value, resources: Resources): readonly Text[] | undefined {
  const texts = (isList(value) ? value : [value]).map(toText);
  return texts.every((text) => text !== undefined) ? texts.map((text) => withArns(text, resources)) : undefined;
}
