import type { Message } from '../fields/message';
import { EVERYTHING, text } from '../language/language';
import type { CredentialState } from './credential-state';
import { allOf, ALWAYS, anyOf, type Formula, NEVER, not, unknown } from './formula';
import { routeMatch } from './request-matchers';

/** Requests that the filter of tokens lets through from somebody who shows this. */
export function authentication(filter: Message, state: CredentialState): Formula {
  const required = new Map(filter.entries('requirement_map'));
  let before: readonly Formula[] = [];
  const cases: Formula[] = [];
  for (const rule of filter.messages('rules')) {
    const match = rule.message('match');
    const matches =
      match === undefined ? unknown(`${rule.path} matches nothing that is understood`) : routeMatch(match);
    cases.push(allOf(...before.map(not), matches, ofRule(rule, required, state)));
    before = [...before, matches];
  }
  const unmatched = allOf(...before.map(not));
  return anyOf(...cases, unmatched, ...(filter.flag('bypass_cors_preflight') ? [PREFLIGHT] : []));
}

const PREFLIGHT: Formula = allOf(
  { kind: 'header', name: ':method', values: text('OPTIONS') },
  { kind: 'header', name: 'origin', values: EVERYTHING },
  { kind: 'header', name: 'access-control-request-method', values: EVERYTHING },
);

function ofRule(rule: Message, required: ReadonlyMap<string, Message>, state: CredentialState): Formula {
  const name = rule.text('requirement_name');
  const requirement = name === undefined ? rule.message('requires') : required.get(name);
  if (requirement !== undefined) return met(requirement, state);
  return name === undefined ? ALWAYS : unknown(`${rule.path} requires ${name}, which is nowhere`);
}

function met(requirement: Message, state: CredentialState): Formula {
  if (requirement.has('allow_missing_or_failed')) return ALWAYS;
  if (requirement.has('allow_missing')) return state.token.kind === 'none' ? ALWAYS : NEVER;
  const either = requirement.message('requires_any');
  if (either !== undefined) return anyOf(...either.messages('requirements').map((each) => met(each, state)));
  const every = requirement.message('requires_all')?.messages('requirements');
  if (every?.length === 1) return met(every[0]!, state);
  if (every !== undefined) return unknown(`${requirement.path} requires several tokens at once`);
  const provider =
    requirement.text('provider_name') ?? requirement.message('provider_and_audiences')?.text('provider_name');
  // A requirement that names nothing asks for nothing.
  if (provider === undefined) return ALWAYS;
  return state.token.kind === 'verified' && state.token.provider === provider ? ALWAYS : NEVER;
}
