import type { Reference, Text } from '../text';

/** Code points that stand for nothing, one for each reference. */
const FIRST = 0xe000;
const LAST = 0xf8ff;
const MARK = /[\uE000-\uF8FF]/u;
const EACH_MARK = /[\uE000-\uF8FF]/gu;

/**
 * Text whose references stand as one character each, so that it can be parsed by rules that know nothing of references. A reference is
 * taken for a value that no such rule acts on: without white space, quotes and operators.
 */
export class Marks {
  private readonly references: Reference[] = [];
  private readonly known = new Map<string, string>();

  /** @returns `undefined` when the text itself holds such characters, or more references than there are */
  public mark(text: Text): string | undefined {
    const foreign = text.some((part) => typeof part === 'string' && MARK.test(part));
    if (foreign || text.length > LAST - FIRST) return undefined;
    return text.map((part) => (typeof part === 'string' ? part : this.markOf(part))).join('');
  }

  /** The text with its references back in their places. */
  public text(marked: string): Text {
    const parts: (string | Reference)[] = [];
    let from = 0;
    for (const { 0: mark, index } of marked.matchAll(EACH_MARK)) {
      const reference = this.references[mark.charCodeAt(0) - FIRST];
      if (reference === undefined) continue;
      if (index > from) parts.push(marked.slice(from, index));
      parts.push(reference);
      from = index + 1;
    }
    return from < marked.length || parts.length === 0 ? [...parts, marked.slice(from)] : parts;
  }

  private markOf(reference: Reference): string {
    const key = JSON.stringify([reference.logicalId, reference.attribute]);
    const mark = this.known.get(key) ?? String.fromCharCode(FIRST + this.references.push(reference) - 1);
    this.known.set(key, mark);
    return mark;
  }
}

/** Whether a reference stands in it. */
export function isMarked(text: string): boolean {
  return MARK.test(text);
}
