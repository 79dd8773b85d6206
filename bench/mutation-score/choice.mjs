/** The claim that a mutant is counted under: the first of those that fit. */
export const claimOf = ({ expectation }) => expectation.claims[0];

/**
 * As many mutants as are wanted, the same ones for the same seed: one of each claim after the other, so that a claim with many ways to
 * break it counts for no more than the others. Of mutants that differ in the name of what they stand in alone, one is taken.
 */
export function chosen(mutants, { count, seed, sampled, kindOf }) {
  const groups = new Map();
  for (const mutant of mutants) groups.set(claimOf(mutant), [...(groups.get(claimOf(mutant)) ?? []), mutant]);
  const claims = sampled([...groups.keys()], (claim) => `${seed} ${claim}`, Infinity);
  const queues = claims.map((claim) => sampled(groups.get(claim), (mutant) => `${seed} ${kindOf(mutant)}`, Infinity));
  const rounds = Array.from({ length: Math.max(...queues.map(({ length }) => length)) }, (_, round) =>
    queues.flatMap((queue) => queue.slice(round, round + 1)),
  );
  return rounds.flat().slice(0, count);
}
