import { ANY_TEXT, exactly, type Expression } from './expression';
import { parseRe2 } from './parse-re2';

/** A set of texts: those of an expression, or a combination of others. */
export type Language =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'all'; readonly of: readonly Language[] }
  | { readonly kind: 'any'; readonly of: readonly Language[] }
  | { readonly kind: 'not'; readonly of: Language };

/** Every text. */
export const EVERYTHING: Language = { kind: 'expression', expression: ANY_TEXT };

/** No text. */
export const NOTHING: Language = { kind: 'any', of: [] };

/** The texts of an expression. */
export function languageOf(expression: Expression): Language {
  return { kind: 'expression', expression };
}

/** One text. */
export function text(word: string): Language {
  return languageOf(exactly(word));
}

/** Texts in all of these. */
export function both(...of: readonly Language[]): Language {
  const some = of.filter((each) => each !== EVERYTHING);
  if (some.length === 0) return EVERYTHING;
  return some.length === 1 ? some[0]! : { kind: 'all', of: some };
}

/** Texts in any of these. */
export function eitherOf(...of: readonly Language[]): Language {
  return of.length === 1 ? of[0]! : { kind: 'any', of };
}

/** Texts that are not in it. */
export function except(of: Language): Language {
  return of.kind === 'not' ? of.of : { kind: 'not', of };
}

/**
 * Texts that an expression of RE2 matches as a whole. For what is written in this code alone.
 *
 * @throws Error for an expression that cannot be read
 */
export function matching(regex: string): Language {
  const expression = parseRe2(regex);
  if (expression === undefined) throw new Error(`the expression ${regex} cannot be read`);
  return languageOf(expression);
}
