import type { Finding } from '../finding';

/** What one place of a proxy comes to, for one claim. */
export interface Judgement {
  readonly verdict: Finding['verdict'];
  readonly evidence: string;
}

/** It is as it should be. */
export function holds(evidence: string): Judgement {
  return { verdict: 'holds', evidence };
}

/** It is not. */
export function broken(evidence: string): Judgement {
  return { verdict: 'broken', evidence };
}

/** Nobody knows. */
export function unproven(evidence: string): Judgement {
  return { verdict: 'unproven', evidence };
}

/** There is nothing of the kind. */
export function notApplicable(evidence: string): Judgement {
  return { verdict: 'not-applicable', evidence };
}
