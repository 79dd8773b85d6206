import { parseDocument } from 'yaml';
import { MAX_DEPTH, MAX_VALUES } from './bounds';
import { CLOUDFORMATION_TAGS } from './cloudformation-tags';
import { keysOfJson, oddKeyOfYaml } from './repeated-keys';
import { UnreadableError } from './unreadable-error';

/** What a template holds before its functions are evaluated. Maps, not objects, so that a key such as `__proto__` is a key like any other. */
export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>;

/** An entry of a map; `undefined` when it is no map or has none. */
export function entry(value: Json | undefined, name: string): Json | undefined {
  return value instanceof Map ? (value as ReadonlyMap<string, Json>).get(name) : undefined;
}

/**
 * Reads JSON, or YAML with CloudFormation's short tags.
 *
 * @param file named in errors
 * @throws UnreadableError when it is neither, or deeper or longer (aliases written out) than any template
 */
export function parseTemplateText(text: string, file: string): Json {
  const budget = { left: MAX_VALUES, keys: 0 };
  const trimmed = text.trimStart();
  if (!trimmed.startsWith('{')) return bounded(parseYaml(text, file), file, 0, budget);
  const content = bounded(parseJson(trimmed, file), file, 0, budget);
  if (keysOfJson(trimmed) !== budget.keys) {
    throw new UnreadableError(
      file,
      'it says a key of a map twice, and only one of the two is read',
      'synthesise it again',
    );
  }
  return content;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableError(file, `it is no JSON (${reason(error)})`, 'synthesise it again');
  }
}

function parseYaml(text: string, file: string): unknown {
  try {
    const document = parseDocument(text, { customTags: CLOUDFORMATION_TAGS, schema: 'core', uniqueKeys: false });
    const odd = oddKeyOfYaml(document);
    const problem =
      document.errors[0] ??
      document.warnings[0] ??
      (odd === undefined ? undefined : new Error(odd === '<<' ? 'maps are merged' : 'Map keys must be unique'));
    if (problem !== undefined) {
      throw problem;
    }
    return document.toJS();
  } catch (error) {
    throw new UnreadableError(
      file,
      `it is no YAML (${reason(error)})`,
      'give a CloudFormation template as JSON or YAML',
    );
  }
}

/** First line only, and short: parsers like to quote the file, and a file may hold what should stand in no log. */
function reason(error: unknown): string {
  const line = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return line.replaceAll(/"[^"]*"|'[^']*'/g, '"..."').slice(0, 120);
}

/** Values that may still come, and keys of maps that have. */
interface Budget {
  left: number;
  keys: number;
}

function bounded(value: unknown, file: string, depth: number, budget: Budget): Json {
  budget.left -= 1;
  if (depth > MAX_DEPTH || budget.left < 0) {
    const what =
      depth > MAX_DEPTH ? `it is nested deeper than ${MAX_DEPTH}` : `it holds more than ${MAX_VALUES} values`;
    throw new UnreadableError(file, what, 'give a CloudFormation template');
  }
  if (Array.isArray(value)) {
    return value.map((item) => bounded(item, file, depth + 1, budget));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    budget.keys += entries.length;
    return new Map(entries.map(([key, item]) => [key, bounded(item, file, depth + 1, budget)]));
  }
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  throw new UnreadableError(
    file,
    `it holds a ${typeof value}, which no template does`,
    'give a CloudFormation template',
  );
}
