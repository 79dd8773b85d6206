import { oncePer } from '../../../artifact/once-per';
import type { Message } from '../fields/message';
import { ANY_TEXT, exactly, type Expression, withoutCharacters } from '../language/expression';
import { EVERYTHING, type Language, languageOf, text } from '../language/language';
import { AROUND, maybe } from '../language/parse-re2';
import { exampleOf } from '../language/texts-of';
import { both } from '../language/language';
import { allOf, anyOf, type Formula, not, unknown } from './formula';
import { expressionOfMatcher, expressionOfRegex, languageOfMatcher, literalOf } from './string-matcher';

const QUERY = '?'.charCodeAt(0);
const FRAGMENT = '#'.charCodeAt(0);

/** Requests whose path, without the query, is one of these. The pseudo header holds both. */
export function pathIs(path: Expression): Formula {
  return { kind: 'header', name: ':path', values: withQuery(path) };
}

const withQuery = oncePer((path: Expression): Language => {
  const query: Expression = { kind: 'sequence', parts: [{ kind: 'one', of: [[QUERY, QUERY]] }, ANY_TEXT] };
  const whole: Expression = { kind: 'sequence', parts: [withoutCharacters(path, [QUERY, FRAGMENT]), maybe(query)] };
  return languageOf(whole);
});

/** Requests that a `PathMatcher` takes. */
export function pathMatcher(matcher: Message): Formula {
  const path = expressionOfMatcher(matcher.message('path'));
  return path === undefined ? unknown(`${matcher.path} is not understood`) : pathIs(path);
}

/** Requests that a `HeaderMatcher` takes. */
export function headerMatcher(matcher: Message): Formula {
  const given = matcher.text('name')?.toLowerCase() ?? '';
  const name = given === 'host' ? ':authority' : given;
  const present: Formula = { kind: 'header', name, values: EVERYTHING };
  const inverted = matcher.flag('invert_match');
  if (name === '') return unknown(`${matcher.path} names no header`);
  const values = valuesOf(matcher);
  if (values === 'present' || values === 'absent') {
    return (values === 'present') === inverted ? not(present) : present;
  }
  // Whether a header that is missing counts as one of another value differs.
  if (values === undefined || inverted) return unknown(`${matcher.path} is not understood`);
  const one: Formula = { kind: 'header', name, values };
  const takesEmpty = matcher.flag('treat_missing_header_as_empty') && exampleOf(both(values, text(''))) !== 'none';
  return takesEmpty ? anyOf(one, not(present)) : one;
}

function valuesOf(matcher: Message): Language | 'present' | 'absent' | undefined {
  if (matcher.has('string_match')) return languageOfMatcher(matcher.message('string_match'));
  const regex = matcher.message('safe_regex_match');
  const expression = regex === undefined ? oldMatch(matcher) : expressionOfRegex(regex);
  if (expression !== undefined) return languageOf(expression);
  if (matcher.has('present_match')) return matcher.flag('present_match') ? 'present' : 'absent';
  const others = ['exact_match', 'prefix_match', 'suffix_match', 'contains_match', 'safe_regex_match'];
  return others.some((field) => matcher.has(field)) ? undefined : 'present';
}

function oldMatch(matcher: Message): Expression | undefined {
  const exact = literalOf(matcher, 'exact_match', false);
  if (exact !== undefined) return exact;
  for (const kind of ['prefix', 'suffix', 'contains'] as const) {
    const middle = literalOf(matcher, `${kind}_match`, false);
    if (middle !== undefined) return AROUND[kind](middle);
  }
  return undefined;
}

/** Requests that a `RouteMatch` takes: of a route, or of a rule about tokens. */
export function routeMatch(match: Message): Formula {
  const headers = match.messages('headers').map(headerMatcher);
  const query = match.count('query_parameters') > 0 ? [unknown(`${match.path}.query_parameters are not followed`)] : [];
  return allOf(routePath(match), ...headers, ...query);
}

function routePath(match: Message): Formula {
  const ignoreCase = match.has('case_sensitive') && !match.flag('case_sensitive');
  const regex = match.message('safe_regex');
  const path = regex === undefined ? routeLiteral(match, ignoreCase) : expressionOfRegex(regex);
  return path === undefined ? unknown(`${match.path} is not understood`) : pathIs(path);
}

function routeLiteral(match: Message, ignoreCase: boolean): Expression | undefined {
  const path = literalOf(match, 'path', ignoreCase);
  if (path !== undefined) return path;
  const prefix = literalOf(match, 'prefix', ignoreCase);
  if (prefix !== undefined) return AROUND.prefix(prefix);
  const segments = literalOf(match, 'path_separated_prefix', ignoreCase);
  if (segments === undefined) return undefined;
  return orBelow(segments);
}

const orBelow = oncePer((segments: Expression): Expression => ({
  kind: 'sequence',
  parts: [segments, maybe({ kind: 'sequence', parts: [exactly('/'), ANY_TEXT] })],
}));
