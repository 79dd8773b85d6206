/** What a claim can come to. `unproven` is never silence: it exits with 1 as `broken` does. */
export type Verdict = 'holds' | 'broken' | 'unproven' | 'accepted' | 'not-applicable';

/** A claim about a deployment. Ids are stable, kebab-case, and part of the public contract. */
export interface Claim {
  readonly id: string;
  readonly statement: string;
  /** The vendor's statement or the measurement that it answers. */
  readonly source: string;
}

/** A claim with what was found about it. */
export interface ClaimResult {
  readonly id: string;
  readonly verdict: Verdict;
  /** Logical id of the resource it is about, prefixed by the stack when several are reported. */
  readonly subject: string;
  /** The witness: for "reachable" the path, for "refused" who refused. */
  readonly evidence: string;
  /** What to change; empty where the claim holds. */
  readonly fix: string;
  /** Construct path or logical id. */
  readonly source: string;
}
