import type { Message } from '../fields/message';

/** The keys of a key set that is stated; `undefined` where it stands elsewhere or is no key set. */
export function parseKeySet(source: Message | undefined): readonly Readonly<Record<string, unknown>>[] | undefined {
  const text = source?.text('inline_string');
  if (text === undefined) return undefined;
  try {
    const { keys } = JSON.parse(text) as { readonly keys?: unknown };
    if (!Array.isArray(keys) || keys.some((key) => typeof key !== 'object' || key === null)) return undefined;
    return keys as readonly Readonly<Record<string, unknown>>[];
  } catch {
    return undefined;
  }
}
