import { IntervalSet } from '../../../lib/check/network/interval-set';
import { randomNumbers } from './random-numbers';

const UNIVERSE = 40;

interface Sample {
  readonly set: IntervalSet;
  readonly members: ReadonlySet<number>;
}

function sample(next: (below: number) => number): Sample {
  const ranges = Array.from({ length: next(6) }, () => {
    const first = next(UNIVERSE);
    return { first, last: first + next(8) - 1 };
  });
  const members = new Set<number>();
  for (const { first, last } of ranges) {
    for (let at = first; at <= last; at += 1) members.add(at);
  }
  return {
    set: IntervalSet.of(ranges.map(({ first, last }) => ({ first: BigInt(first), last: BigInt(last) }))),
    members,
  };
}

function listed(set: IntervalSet): number[] {
  return Array.from({ length: UNIVERSE + 10 }, (_, at) => at).filter((at) => set.has(BigInt(at)));
}

const sorted = (members: Iterable<number>): number[] => [...members].sort((a, b) => a - b);

test('every operation gives what it gives for each number by itself', () => {
  const next = randomNumbers(1);
  for (let round = 0; round < 3_000; round += 1) {
    const a = sample(next);
    const b = sample(next);
    const all = new Set([...a.members, ...b.members]);
    const both = [...a.members].filter((at) => b.members.has(at));
    const rest = [...a.members].filter((at) => !b.members.has(at));
    expect(listed(a.set)).toEqual(sorted(a.members));
    expect(listed(a.set.union(b.set))).toEqual(sorted(all));
    expect(listed(a.set.intersect(b.set))).toEqual(sorted(both));
    expect(listed(a.set.subtract(b.set))).toEqual(sorted(rest));
    expect(a.set.overlaps(b.set)).toBe(both.length > 0);
    expect(b.set.covers(a.set)).toBe(rest.length === 0);
    expect(a.set.size).toBe(BigInt(a.members.size));
    expect(a.set.equals(b.set)).toBe(a.members.size === b.members.size && rest.length === 0);
  }
});

test('intervals that touch become one, so that equal sets look equal', () => {
  const touching = IntervalSet.of([
    { first: 5n, last: 9n },
    { first: 0n, last: 4n },
  ]);
  expect(touching.intervals).toEqual([{ first: 0n, last: 9n }]);
});
