import type { Finding } from '../finding';

/** Something by which a claim does not hold, or cannot be decided. */
export interface Wrong {
  readonly verdict: 'broken' | 'unproven';
  readonly evidence: string;
}

/** Something that breaks a claim. */
export function broken(evidence: string): Wrong {
  return { verdict: 'broken', evidence };
}

/** Something by which a claim cannot be decided. */
export function unproven(evidence: string): Wrong {
  return { verdict: 'unproven', evidence };
}

/** What holds if nothing is wrong. What is broken is not made less so by what is unproven beside it. */
export function worst(wrong: readonly (Wrong | undefined)[], holds: string): Pick<Finding, 'verdict' | 'evidence'> {
  const found = wrong.filter((each) => each !== undefined);
  const breaking = found.filter(({ verdict }) => verdict === 'broken');
  const telling = breaking.length > 0 ? breaking : found;
  const [first] = telling;
  if (first === undefined) return { verdict: 'holds', evidence: holds };
  return { verdict: first.verdict, evidence: [...new Set(telling.map(({ evidence }) => evidence))].join('; ') };
}
