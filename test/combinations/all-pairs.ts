/** What can be chosen, by the name of the choice. */
export type Choices = Readonly<Record<string, readonly string[]>>;

/** One value for each choice. */
export type Chosen<Of extends Choices> = { readonly [Name in keyof Of]: Of[Name][number] };

/** A combination that may be taken. */
interface Candidate<Of extends Choices> {
  readonly chosen: Chosen<Of>;
  /** Every two of its values, each such pair as a number. */
  readonly pairs: readonly number[];
  /** It brings no more new pairs than this: the number falls with every combination that is taken, and is counted anew when it matters. */
  gain: number;
}

/**
 * A small set of combinations in which every two values that can stand together do. The one that brings most is taken again and again, so
 * that the set is near the smallest one; which of equals is taken is the seed's.
 *
 * @param isPossible whether all of a combination can stand together
 */
export function allPairs<Of extends Choices>(
  choices: Of,
  isPossible: (chosen: Chosen<Of>) => boolean,
  seed: number,
): readonly Chosen<Of>[] {
  const candidates = shuffled(product(choices).filter(isPossible), seed).map(numbered(choices));
  const open = new Set<number>();
  for (const { pairs } of candidates) for (const pair of pairs) open.add(pair);
  const taken: Chosen<Of>[] = [];
  while (open.size > 0) {
    const { chosen, pairs } = best(candidates, open);
    pairs.forEach((pair) => open.delete(pair));
    taken.push(chosen);
  }
  return taken;
}

/** Every combination there is. */
export function product<Of extends Choices>(choices: Of): readonly Chosen<Of>[] {
  const all = Object.entries(choices).reduce<readonly Record<string, string>[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
  return all as readonly Chosen<Of>[];
}

function best<Of extends Choices>(candidates: readonly Candidate<Of>[], open: ReadonlySet<number>): Candidate<Of> {
  let found: Candidate<Of> | undefined;
  for (const candidate of candidates) {
    if (candidate.gain <= (found?.gain ?? 0)) continue;
    candidate.gain = 0;
    for (const pair of candidate.pairs) if (open.has(pair)) candidate.gain += 1;
    if (candidate.gain > (found?.gain ?? 0)) found = candidate;
  }
  return found!;
}

function numbered<Of extends Choices>(choices: Of): (chosen: Chosen<Of>) => Candidate<Of> {
  const values = Object.entries(choices).flatMap(([name, known]) => known.map((value) => named([name, value])));
  const numbers = new Map(values.map((value, index) => [value, index]));
  return (chosen) => {
    const own = Object.entries<string>(chosen).map((entry) => numbers.get(named(entry))!);
    const pairs: number[] = [];
    own.forEach((one, index) => {
      for (let other = index + 1; other < own.length; other += 1) pairs.push(one * values.length + own[other]!);
    });
    return { chosen, pairs, gain: pairs.length };
  };
}

/** Two choices may have a value of the same name. */
function named([name, value]: readonly [string, string]): string {
  return `${name}: ${value}`;
}

/** Fisher and Yates's, with a generator of 32 bits (xorshift) in the place of chance. */
function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
  const copy = [...items];
  let state = Math.trunc(seed) || 1;
  for (let last = copy.length - 1; last > 0; last -= 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const other = (state >>> 0) % (last + 1);
    [copy[last], copy[other]] = [copy[other]!, copy[last]!];
  }
  return copy;
}
