import { both, EVERYTHING, except, type Language, NOTHING } from '../language/language';
import { answer, type CredentialState } from './credential-state';
import type { Formula } from './formula';

/** Values that a header may have in a request. */
export interface HeaderValues {
  readonly maybeAbsent: boolean;
  readonly values: Language;
}

/** One kind of request that is let through: all of this is so. */
export interface Clause {
  readonly state: CredentialState;
  readonly headers: ReadonlyMap<string, HeaderValues>;
  /** What the credential has to say, in words. */
  readonly demands: readonly string[];
  /** What the credential must not say. */
  readonly refusals: readonly string[];
  /** What could not be answered: with any, nobody knows whether there is such a request. */
  readonly unknown: readonly string[];
  /** Names of the policies that let it through. */
  readonly policies: readonly string[];
}

/** More kinds of requests than this are not told apart. */
const MOST_CLAUSES = 4_000;

/** A configuration with more alternatives than are looked at. */
export class TooManyClauses extends Error {}

type Part = Omit<Clause, 'state'>;

const NO_DEMAND: Part = { headers: new Map(), demands: [], refusals: [], unknown: [], policies: [] };
/** What is not said of a header. */
export const ANY_VALUES: HeaderValues = { maybeAbsent: true, values: EVERYTHING };

/**
 * Every kind of request that a formula lets through from somebody who shows this.
 *
 * @throws TooManyClauses
 */
export function clausesOf(formula: Formula, state: CredentialState): readonly Clause[] {
  return parts(formula, true, state).map((part) => ({ ...part, state }));
}

function parts(formula: Formula, positive: boolean, state: CredentialState): readonly Part[] {
  if (formula.kind === 'not') return parts(formula.of, !positive, state);
  if (formula.kind === 'unknown') return [{ ...NO_DEMAND, unknown: [formula.what] }];
  if (formula.kind === 'policy') {
    return parts(formula.of, positive, state).map((part) =>
      positive ? { ...part, policies: [...part.policies, formula.name] } : part,
    );
  }
  if (formula.kind === 'header') {
    return [{ ...NO_DEMAND, headers: new Map([[formula.name, headerValues(formula.values, positive)]]) }];
  }
  if (formula.kind === 'credential') {
    const said = answer(formula.question, state);
    if (said !== 'depends') return said === positive ? [NO_DEMAND] : [];
    return [{ ...NO_DEMAND, [positive ? 'demands' : 'refusals']: [formula.question.says] }];
  }
  const isTogether = (formula.kind === 'all') === positive;
  return isTogether ? product(formula.of, positive, state) : sum(formula.of, positive, state);
}

function headerValues(values: Language, positive: boolean): HeaderValues {
  if (positive) return { maybeAbsent: false, values };
  return { maybeAbsent: true, values: values === EVERYTHING ? NOTHING : except(values) };
}

function sum(of: readonly Formula[], positive: boolean, state: CredentialState): readonly Part[] {
  return bounded(of.flatMap((each) => parts(each, positive, state)));
}

function product(of: readonly Formula[], positive: boolean, state: CredentialState): readonly Part[] {
  return of.reduce<readonly Part[]>(
    (left, each) => {
      if (left.length === 0) return left;
      const right = parts(each, positive, state);
      if (left.length * right.length > MOST_CLAUSES) throw new TooManyClauses();
      return left.flatMap((one) => right.map((other) => joined(one, other)));
    },
    [NO_DEMAND],
  );
}

function bounded(all: readonly Part[]): readonly Part[] {
  if (all.length > MOST_CLAUSES) throw new TooManyClauses();
  return all;
}

function joined(one: Part, other: Part): Part {
  if (one === NO_DEMAND) return other;
  const headers = new Map(one.headers);
  for (const [name, { maybeAbsent, values }] of other.headers) {
    const before = headers.get(name) ?? ANY_VALUES;
    headers.set(name, { maybeAbsent: before.maybeAbsent && maybeAbsent, values: both(before.values, values) });
  }
  return {
    headers,
    demands: [...new Set([...one.demands, ...other.demands])],
    refusals: [...new Set([...one.refusals, ...other.refusals])],
    unknown: [...new Set([...one.unknown, ...other.unknown])],
    policies: [...new Set([...one.policies, ...other.policies])],
  };
}
