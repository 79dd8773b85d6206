import { Remembered } from '../../../artifact/remembered';

/** Characters from one code to another, both of them among it. */
export type Span = readonly [from: number, to: number];

/** A regular expression as a tree: what its text means, and nothing of how it was written. */
export type Expression =
  | { readonly kind: 'one'; readonly of: readonly Span[] }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'either'; readonly parts: readonly Expression[] }
  /** `most` absent: without end. */
  | { readonly kind: 'repeat'; readonly part: Expression; readonly least: number; readonly most?: number };

/** Every character that stands in a header, a path or a method. What lies beyond ASCII is alike to all that is asked here. */
export const EVERY_CHARACTER: Span = [0x20, 0xff];

/** Nothing at all, which always matches. */
export const EMPTY: Expression = { kind: 'sequence', parts: [] };

/** Any text. */
export const ANY_TEXT: Expression = { kind: 'repeat', part: { kind: 'one', of: [EVERY_CHARACTER] }, least: 0 };

const TEXTS = new Remembered<Expression>(2_000);

/** This text alone. */
export function exactly(text: string, ignoreCase = false): Expression {
  return TEXTS.of(`${ignoreCase} ${text}`, () => ({
    kind: 'sequence',
    parts: Array.from(text, (letter) => character(letter, ignoreCase)),
  }));
}

function character(letter: string, ignoreCase: boolean): Expression {
  const codes = ignoreCase ? [letter.toLowerCase(), letter.toUpperCase()] : [letter];
  return { kind: 'one', of: [...new Set(codes)].map((each): Span => [each.charCodeAt(0), each.charCodeAt(0)]) };
}

/** The spans without some codes. */
export function without(spans: readonly Span[], codes: readonly number[]): readonly Span[] {
  return codes.reduce<readonly Span[]>(
    (left, code) =>
      left.flatMap(([from, to]): readonly Span[] => {
        if (code < from || code > to) return [[from, to]];
        return [...(code > from ? [[from, code - 1] as const] : []), ...(code < to ? [[code + 1, to] as const] : [])];
      }),
    spans,
  );
}

/** The same expression of characters that are not these. */
export function withoutCharacters(expression: Expression, codes: readonly number[]): Expression {
  if (expression.kind === 'one') return { kind: 'one', of: without(expression.of, codes) };
  if (expression.kind === 'repeat') return { ...expression, part: withoutCharacters(expression.part, codes) };
  return { ...expression, parts: expression.parts.map((part) => withoutCharacters(part, codes)) };
}
