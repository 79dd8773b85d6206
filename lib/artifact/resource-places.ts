import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { CLOUDFORMATION_TAGS } from './cloudformation-tags';

/** Where a resource stands. */
export interface ResourcePlace {
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  /** The construct that made it, where the file carries it. */
  readonly constructPath?: string;
}

/** Nothing that is looked for lies deeper: objects, and lists around blocks, down to the comment of a resource. */
const DEEPEST = 9;

/**
 * Where each resource of a file begins, by logical id or address: of a CloudFormation template as JSON or YAML, of a configuration of
 * Terraform, and of a plan. What cannot be found there is left out.
 *
 * @param text of a file that was read before, so that it is well formed and no longer than any that deploys
 */
export function resourcePlaces(text: string): ReadonlyMap<string, ResourcePlace> {
  return text.trimStart().startsWith('{') ? placesInJson(text) : placesInYaml(text);
}

function placesInJson(text: string): ReadonlyMap<string, ResourcePlace> {
  const places = new Map<string, ResourcePlace>();
  // of every object or list that is open: whether it is an object, and the key in it that is being read
  const open: { readonly isObject: boolean; key?: string }[] = [];
  let line = 1;
  let isKey = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\n') {
      line += 1;
    } else if (sign === '{' || sign === '[') {
      isKey = sign === '{';
      open.push({ isObject: isKey });
    } else if (sign === '}' || sign === ']') {
      open.pop();
    } else if (sign === ',') {
      isKey = open.at(-1)?.isObject === true;
    } else if (sign === '"') {
      const end = endOfString(text, at);
      const within = open.at(-1);
      if (within !== undefined && open.length <= DEEPEST) {
        const word = text.slice(at, end + 1);
        if (isKey) within.key = unquoted(word);
        const path = open.flatMap(({ key }) => key ?? []);
        if (isKey) noteName(places, path, line);
        else noteValue(places, path, word, line);
      }
      isKey = false;
      at = end;
    }
  }
  return places;
}

/** A key may name a resource. */
function noteName(places: Map<string, ResourcePlace>, path: readonly string[], line: number): void {
  const { id, rest } = namedBy(path);
  if (id !== undefined && rest.length === 0 && !places.has(id)) places.set(id, { line });
}

/** A value may name a resource of a plan, or the construct that made one. */
function noteValue(places: Map<string, ResourcePlace>, path: readonly string[], word: string, line: number): void {
  if (path.length === 2 && path.join('.') === 'resource_changes.address') {
    places.set(unquoted(word), { line });
    return;
  }
  if (path.at(-1) !== 'path' && path.at(-1) !== 'aws:cdk:path') return;
  const { id, rest } = namedBy(path);
  const place = id === undefined ? undefined : places.get(id);
  const where = rest.join(' ');
  if (id !== undefined && place !== undefined && (where === 'Metadata aws:cdk:path' || where === '// metadata path')) {
    places.set(id, { ...place, constructPath: constructAt(unquoted(word)) });
  }
}

/** The resource that a path of keys leads into, and the rest of the path. */
function namedBy([section, ...labels]: readonly string[]): { readonly id?: string; readonly rest: readonly string[] } {
  const [first, second, ...rest] = labels;
  if (first === undefined) return { rest: [] };
  if (section === 'Resources') return { id: first, rest: labels.slice(1) };
  if (second === undefined || (section !== 'resource' && section !== 'data')) return { rest: [] };
  return { id: section === 'data' ? `data.${first}.${second}` : `${first}.${second}`, rest };
}

function constructAt(path: string): string {
  return path.replace(/\/Resource$/, '');
}

function unquoted(word: string): string {
  return word.includes('\\') ? (JSON.parse(word) as string) : word.slice(1, -1);
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function placesInYaml(text: string): ReadonlyMap<string, ResourcePlace> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { customTags: CLOUDFORMATION_TAGS, schema: 'core', lineCounter });
  const resources = document.get('Resources');
  if (!isMap(resources)) return new Map();
  return new Map(
    resources.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || !key.range) return [];
      const path = isMap(value) ? value.getIn(['Metadata', 'aws:cdk:path']) : undefined;
      const { line } = lineCounter.linePos(key.range[0]);
      const place = { line, ...(typeof path === 'string' && { constructPath: constructAt(path) }) };
      return [[String(key.value), place] as const];
    }),
  );
}
