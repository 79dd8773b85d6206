import { parseDocument } from 'yaml';
import type { Container } from './artifact';
import { Remembered } from './remembered';
import type { Text } from './text';

/** An Envoy bootstrap as plain data, by Envoy's own names. */
export type Bootstrap = Readonly<Record<string, unknown>>;

/** Where Envoy's configuration comes from. */
export type BootstrapSource =
  /** An argument of the container: `command` or `entryPoint`, which of its items, and what stands before the text in it. */
  | {
      readonly kind: 'argument';
      readonly list: 'command' | 'entryPoint';
      readonly index: number;
      readonly prefix: string;
      readonly text: Text;
    }
  | { readonly kind: 'unreadable'; readonly reason: string };

const INLINE = '--config-yaml';
const FILE = /^(?:-c|--config-path)(?:=|$)/;

/** Finds the bootstrap among the arguments of an Envoy container. */
export function bootstrapSource({ entryPoint = [], command = [] }: Container): BootstrapSource {
  for (const [list, words] of [['entryPoint', entryPoint] as const, ['command', command] as const]) {
    for (const [index, word] of words.entries()) {
      const [start = ''] = word;
      const next = words[index + 1];
      if (start === INLINE && word.length === 1 && next !== undefined) {
        return { kind: 'argument', list, index: index + 1, prefix: '', text: next };
      }
      if (typeof start === 'string' && start.startsWith(`${INLINE}=`)) {
        const text = [start.slice(INLINE.length + 1), ...word.slice(1)];
        return { kind: 'argument', list, index, prefix: `${INLINE}=`, text };
      }
    }
  }
  const fromFile = [...entryPoint, ...command].some(([start = '']) => typeof start === 'string' && FILE.test(start));
  const reason = fromFile ? 'its configuration is a file of the image' : 'it has no --config-yaml argument';
  return { kind: 'unreadable', reason };
}

/**
 * Reads the text of a bootstrap, JSON or YAML, references resolved.
 *
 * @returns `undefined` when it is neither, or no map
 */
export function parseBootstrap(text: string): Bootstrap | undefined {
  return PARSED.of(text, () => parse(text));
}

const PARSED = new Remembered<Bootstrap | undefined>(20);

function parse(text: string): Bootstrap | undefined {
  const json = canonicalJson(text);
  if (json !== undefined) return json;
  try {
    const document = parseDocument(text, { schema: 'core' });
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Bootstrap) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * JSON as a program prints it, which a parser of YAML reads the same and takes a hundred times as long for. Anything else, such as a key that
 * stands twice, is left to that parser.
 */
function canonicalJson(text: string): Bootstrap | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(text) as Bootstrap;
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
