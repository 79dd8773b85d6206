import type { Message } from '../fields/message';
import { REFERENCE } from '../fields/read-message';
import { exactly, type Expression } from '../language/expression';
import { type Language, languageOf } from '../language/language';
import { AROUND, parseRe2 } from '../language/parse-re2';

/** Texts that a `StringMatcher` takes as an expression; `undefined` for what is not understood. */
export function expressionOfMatcher(matcher: Message | undefined): Expression | undefined {
  if (matcher === undefined) return undefined;
  const regex = matcher.message('safe_regex');
  if (regex !== undefined) return expressionOfRegex(regex);
  const ignoreCase = matcher.flag('ignore_case');
  const exact = literalOf(matcher, 'exact', ignoreCase);
  if (exact !== undefined) return exact;
  for (const kind of ['prefix', 'suffix', 'contains'] as const) {
    const middle = literalOf(matcher, kind, ignoreCase);
    if (middle !== undefined) return AROUND[kind](middle);
  }
  return undefined;
}

/** The same as a set of texts. */
export function languageOfMatcher(matcher: Message | undefined): Language | undefined {
  const expression = expressionOfMatcher(matcher);
  return expression === undefined ? undefined : languageOf(expression);
}

/** A regular expression that a whole text has to match. */
export function expressionOfRegex(regex: Message): Expression | undefined {
  const text = regex.text('regex');
  return text === undefined ? undefined : parseRe2(text);
}

/** What is written in a field, unless only the cloud knows it. */
export function literalOf(message: Message, field: string, ignoreCase: boolean): Expression | undefined {
  const text = message.text(field);
  return text === undefined || text.includes(REFERENCE) ? undefined : exactly(text, ignoreCase);
}
