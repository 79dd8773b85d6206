import { methodsOf, pathsOf } from './admission/admission';
import type { Clause } from './admission/clause';
import { describeState } from './admission/credential-state';
import { both, type Language } from './language/language';
import { exampleOf } from './language/texts-of';

/** A request of a kind, within some paths: `POST /Cart/a/add without a token`. `undefined` where there is none. */
export function describeRequest(clause: Clause, within?: Language): string | undefined {
  const paths = pathsOf(clause);
  const path = exampleOf(within === undefined ? paths : both(paths, within));
  if (path === 'none') return undefined;
  const method = exampleOf(methodsOf(clause));
  const by = clause.policies.length > 0 ? ` by policy ${clause.policies.join(' and ')}` : '';
  const demands = clause.demands.length > 0 ? ` that says ${clause.demands.join(' and ')}` : '';
  return `${wordOf(method)} ${wordOf(path)} ${describeState(clause.state)}${demands} is admitted${by}`;
}

function wordOf(example: ReturnType<typeof exampleOf>): string {
  return typeof example === 'object' ? example.text : '(unknown)';
}

/** Whether requests of a kind can have such a path; `unknown` where that depends on what could not be answered. */
export function admits(clause: Clause, paths: Language): boolean | 'unknown' {
  const example = exampleOf(both(pathsOf(clause), paths));
  if (example === 'none') return false;
  return example === 'unknown' || clause.unknown.length > 0 ? 'unknown' : true;
}
