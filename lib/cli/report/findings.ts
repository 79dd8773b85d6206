import type { Verdict } from '../../artifact/claim';
import type { CheckResult } from '../../check';
import type { CatalogueClaim } from '../../claims/catalogue-claim';
import { CLAIM_GROUPS } from './claim-groups';

/** A claim of the catalogue with what was found about it, worst first. */
export interface ClaimFindings {
  readonly claim: CatalogueClaim;
  readonly findings: readonly CheckResult[];
  /** Risks that were accepted for it. */
  readonly accepted: readonly CheckResult[];
  /** The worst of the findings; `accepted` where there is nothing else. */
  readonly verdict: Verdict;
}

/** Claims that have something in common. */
export interface GroupFindings {
  readonly title: string;
  readonly claims: readonly ClaimFindings[];
}

/** What a reader has to know first comes first: what nobody could decide, then what is wrong. */
export const VERDICTS: readonly Verdict[] = ['unproven', 'broken', 'holds', 'accepted', 'not-applicable'];

/** The order of a page. */
const WORST_FIRST: readonly Verdict[] = ['broken', 'unproven', 'holds', 'accepted', 'not-applicable'];

/** What was found, in the groups and the order of the catalogue. Groups of which nothing was asked are left out. */
export function findingsByGroup(results: readonly CheckResult[]): readonly GroupFindings[] {
  return CLAIM_GROUPS.map(({ title, claims }) => ({
    title,
    claims: claims.flatMap((claim): readonly ClaimFindings[] => {
      const own = results.filter(({ id }) => id === claim.id);
      const verdict = WORST_FIRST.find((each) => own.some((result) => result.verdict === each));
      if (verdict === undefined) return [];
      return [
        {
          claim,
          findings: own.filter((result) => result.verdict !== 'accepted').sort(byVerdict),
          accepted: own.filter((result) => result.verdict === 'accepted'),
          verdict,
        },
      ];
    }),
  })).filter(({ claims }) => claims.length > 0);
}

/** What keeps a report from being good: unproven first, then broken. */
export function openFindings(results: readonly CheckResult[]): readonly CheckResult[] {
  return (['unproven', 'broken'] as const).flatMap((verdict) => results.filter((result) => result.verdict === verdict));
}

function byVerdict(one: CheckResult, other: CheckResult): number {
  return WORST_FIRST.indexOf(one.verdict) - WORST_FIRST.indexOf(other.verdict);
}
