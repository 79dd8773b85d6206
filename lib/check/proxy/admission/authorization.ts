import type { Message } from '../fields/message';
import { EVERYTHING, type Language } from '../language/language';
import type { CredentialQuestion } from './credential-state';
import { allOf, ALWAYS, anyOf, type Formula, not, unknown } from './formula';
import { headerMatcher, pathMatcher } from './request-matchers';
import { languageOfMatcher } from './string-matcher';

/** The filter that leaves the claims of tokens for those behind it. */
const CLAIMS_OF = 'envoy.filters.http.jwt_authn';

/** Requests that the RBAC filter lets through. */
export function authorization(filter: Message): Formula {
  const rules = filter.message('rules');
  if (rules === undefined) return ALWAYS;
  const policies = rules
    .entries('policies')
    .map(([name, policy]): Formula => ({ kind: 'policy', name, of: admits(policy) }));
  switch (rules.text('action') ?? 'ALLOW') {
    case 'ALLOW':
      return anyOf(...policies);
    case 'DENY':
      return not(anyOf(...policies));
    default:
      return ALWAYS;
  }
}

function admits(policy: Message): Formula {
  const permissions = policy.messages('permissions').map(permission);
  const principals = policy.messages('principals').map(principal);
  return allOf(anyOf(...permissions), anyOf(...principals));
}

function permission(rule: Message): Formula {
  const together = rule.message('and_rules');
  if (together !== undefined) return allOf(...together.messages('rules').map(permission));
  const either = rule.message('or_rules');
  if (either !== undefined) return anyOf(...either.messages('rules').map(permission));
  const opposite = rule.message('not_rule');
  return opposite === undefined ? single(rule) : not(permission(opposite));
}

function principal(id: Message): Formula {
  const together = id.message('and_ids');
  if (together !== undefined) return allOf(...together.messages('ids').map(principal));
  const either = id.message('or_ids');
  if (either !== undefined) return anyOf(...either.messages('ids').map(principal));
  const opposite = id.message('not_id');
  if (opposite !== undefined) return not(principal(opposite));
  const authenticated = id.message('authenticated');
  return authenticated === undefined ? single(id) : certificate(authenticated);
}

/** What permissions and principals can both be. */
function single(rule: Message): Formula {
  if (rule.flag('any')) return ALWAYS;
  const header = rule.message('header');
  if (header !== undefined) return headerMatcher(header);
  const path = rule.message('url_path');
  if (path !== undefined) return pathMatcher(path);
  const sourced = rule.message('sourced_metadata');
  const metadata = rule.message('metadata') ?? sourced?.message('metadata_matcher');
  const isOfRequest = (sourced?.text('metadata_source') ?? 'DYNAMIC') === 'DYNAMIC';
  if (metadata !== undefined && isOfRequest) return claim(metadata);
  return unknown(`${rule.path} is not understood`);
}

function certificate(authenticated: Message): Formula {
  const matcher = authenticated.message('principal_name');
  if (matcher === undefined) return credential({ kind: 'certificate', says: 'any TLS at all' });
  const names = languageOfMatcher(matcher);
  if (names === undefined) return unknown(`${matcher.path} is not understood`);
  const exact = matcher.text('exact');
  const says = exact === undefined ? `a certificate ${patternOf(matcher)}` : `the certificate of ${exact}`;
  return credential({ kind: 'certificate', names, says });
}

function claim(matcher: Message): Formula {
  const [claims, ...path] = matcher.messages('path').flatMap((segment) => segment.text('key') ?? []);
  const value = matcher.message('value');
  if (matcher.text('filter') !== CLAIMS_OF || claims === undefined || path.length === 0 || value === undefined) {
    return unknown(`${matcher.path} asks for what no understood filter leaves there`);
  }
  const name = path.join('.');
  const asked = { kind: 'claim', claims, claim: name } as const;
  const present: Formula = credential({ ...asked, says: `any ${name}` });
  if (value.has('present_match')) {
    return value.flag('present_match') === matcher.flag('invert') ? not(present) : present;
  }
  const values = valuesOf(value);
  if (values === undefined) return unknown(`${value.path} is not understood`);
  const says = `${name} ${values.map((each) => each.says).join(' or ')}`;
  const one = credential({ ...asked, values: values.map((each) => each.language), says });
  return matcher.flag('invert') ? not(one) : one;
}

interface ClaimValues {
  readonly language: Language;
  readonly says: string;
}

function valuesOf(value: Message): readonly ClaimValues[] | undefined {
  const inner = value.below('list_match', 'one_of');
  if (inner !== undefined) return valuesOf(inner);
  const either = value.message('or_match')?.messages('value_matchers').map(valuesOf);
  if (either !== undefined) {
    const all = either.flatMap((each) => each ?? []);
    return either.includes(undefined) || all.length === 0 ? undefined : all;
  }
  if (value.has('present_match')) return [{ language: EVERYTHING, says: 'of any value' }];
  const matcher = value.message('string_match');
  const language = languageOfMatcher(matcher);
  if (matcher === undefined || language === undefined) return undefined;
  const exact = matcher.text('exact');
  return [{ language, says: exact ?? patternOf(matcher) }];
}

/** A matcher that is not of one text, in words. */
function patternOf(matcher: Message): string {
  const kind = ['prefix', 'suffix', 'contains'].find((each) => matcher.has(each));
  const text = kind === undefined ? matcher.message('safe_regex')?.text('regex') : `${kind} ${matcher.text(kind)}`;
  return `by the pattern ${text ?? ''}`;
}

function credential(question: CredentialQuestion): Formula {
  return { kind: 'credential', question };
}
