import { oncePer } from '../../../artifact/once-per';
import { Remembered } from '../../../artifact/remembered';
import { ANY_TEXT, exactly, type Expression } from './expression';
import { parseRe2 } from './parse-re2';

/** A set of texts: those of an expression, or a combination of others. The same combination of the same is one object. */
export type Language = { readonly id: number } & Combination;

type Combination =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'all'; readonly of: readonly Language[] }
  | { readonly kind: 'any'; readonly of: readonly Language[] }
  | { readonly kind: 'not'; readonly of: Language };

const KNOWN = new Remembered<Language>(5_000);
let lastId = 0;

function identified(combination: Combination): Language {
  lastId += 1;
  return { id: lastId, ...combination };
}

/** The texts of an expression. */
export const languageOf: (expression: Expression) => Language = oncePer((expression) =>
  identified({ kind: 'expression', expression }),
);

/** Every text. */
export const EVERYTHING: Language = languageOf(ANY_TEXT);

/** No text. */
export const NOTHING: Language = identified({ kind: 'any', of: [] });

/** One text. */
export function text(word: string): Language {
  return languageOf(exactly(word));
}

/** Texts in all of these. */
export function both(...of: readonly Language[]): Language {
  const some = distinct(of.flatMap((each) => (each.kind === 'all' ? each.of : [each])));
  const asked = some.filter((each) => each !== EVERYTHING);
  if (asked.length === 0) return EVERYTHING;
  return asked.length === 1 ? asked[0]! : combined('all', asked);
}

/** Texts in any of these. */
export function eitherOf(...of: readonly Language[]): Language {
  const some = distinct(of.flatMap((each) => (each.kind === 'any' ? each.of : [each])));
  if (some.length === 0) return NOTHING;
  return some.length === 1 ? some[0]! : combined('any', some);
}

/** Texts that are not in it. */
export function except(of: Language): Language {
  return of.kind === 'not' ? of.of : KNOWN.of(`not ${of.id}`, () => identified({ kind: 'not', of }));
}

function combined(kind: 'all' | 'any', of: readonly Language[]): Language {
  return KNOWN.of(`${kind} ${of.map(({ id }) => id).join(',')}`, () => identified({ kind, of }));
}

function distinct(of: readonly Language[]): readonly Language[] {
  return [...new Set(of)].sort((one, other) => one.id - other.id);
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
