import { admittedBy, headerOf, methodsOf, pathsOf } from '../proxy/admission/admission';
import type { Clause } from '../proxy/admission/clause';
import { describeState } from '../proxy/admission/credential-state';
import { both, eitherOf, except, type Language, text } from '../proxy/language/language';
import { allTextsOf, type Example, exampleOf } from '../proxy/language/texts-of';
import type { Proxy } from '../proxy/model/proxy';
import { waysOf } from '../proxy/ways';
import type { Permission } from './permission';

/** More methods than these are any method. */
const MOST_METHODS = 12;
/** More requests of one kind are counted. */
const MOST_TOLD = 5;

interface RequestPermission extends Permission {
  readonly clauses: readonly Clause[];
}

/** The requests that a proxy leads on to a server, by door and by what is behind it. */
export function requestPermissions(proxy: Proxy): readonly Permission[] {
  const found = new Map<string, { readonly behind: string; readonly clauses: Clause[] }>();
  for (const listener of proxy.listeners.filter(({ local }) => !local)) {
    for (const { chain, way } of waysOf(listener)) {
      const clauses = admittedBy(chain, way).flatMap(byMethod);
      for (const behind of new Set(way.clusters.map(({ kind }) => kind))) {
        const key = `${listener.kind} ${behind}`;
        const known = found.get(key) ?? { behind, clauses: [] };
        known.clauses.push(...clauses);
        found.set(key, known);
      }
    }
  }
  return [...found].map(([key, { behind, clauses }]): RequestPermission => ({
    kind: 'request',
    key,
    subject: proxy.host.id,
    clauses,
    beyond: (others) => {
      const known = others.flatMap((other) => (other as RequestPermission).clauses);
      const told = [...new Set(clauses.flatMap((clause) => remaining(clause, known) ?? []))];
      const more = told.length - MOST_TOLD;
      return told.length === 0
        ? undefined
        : `to the ${behind} of the server: ${told.slice(0, MOST_TOLD).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
    },
  }));
}

/** One for each method, where they are few: policies may be written together or apart. */
function byMethod(clause: Clause): readonly Clause[] {
  const methods = allTextsOf(methodsOf(clause), MOST_METHODS);
  if (typeof methods === 'string') return [clause];
  return methods.map((method) => ({
    ...clause,
    headers: new Map([...clause.headers, [':method', { maybeAbsent: false, values: text(method) }] as const]),
  }));
}

/** One request of a kind that none of others let through, in words. */
function remaining(clause: Clause, known: readonly Clause[]): string | undefined {
  const wider = known.filter((other) => isWider(other, clause)).map(pathsOf);
  const example = exampleOf(both(pathsOf(clause), except(eitherOf(...wider))));
  if (example === 'none') return undefined;
  const { state, demands, refusals, policies } = clause;
  return [
    `${wordOf(exampleOf(methodsOf(clause)))} ${wordOf(example)} ${describeState(state)}`,
    ...(demands.length > 0 ? [`that says ${demands.join(' and ')}`] : []),
    ...(refusals.length > 0 ? [`unless it says ${refusals.join(' or ')}`] : []),
    ...(policies.length > 0 ? [`by policy ${policies.join(' and ')}`] : []),
  ].join(' ');
}

/** Whether requests of the second kind are of the first, too, as far as it is not about their path. */
function isWider(one: Clause, other: Clause): boolean {
  return (
    describeState(one.state) === describeState(other.state) &&
    one.demands.every((demand) => other.demands.includes(demand)) &&
    one.refusals.every((refusal) => other.refusals.includes(refusal)) &&
    one.unknown.every((unknown) => other.unknown.includes(unknown)) &&
    [...one.headers.keys()].filter((name) => name !== ':path').every((name) => isWiderIn(name, one, other))
  );
}

function isWiderIn(name: string, one: Clause, other: Clause): boolean {
  const [wide, narrow] = [headerOf(one, name), headerOf(other, name)];
  const [within, outer] = name === ':method' ? [methodsOf(other), methodsOf(one)] : [narrow.values, wide.values];
  return (wide.maybeAbsent || !narrow.maybeAbsent) && isPart(within, outer);
}

function isPart(part: Language, of: Language): boolean {
  return part === of || exampleOf(both(part, except(of))) === 'none';
}

function wordOf(example: Example): string {
  return typeof example === 'object' ? example.text : '(not known)';
}
