import { CLAIMS } from '../claims/claims';
import { NOT_APPLICABLE } from './claims/not-applicable';
import type { ProvenClaim } from './claims/proven-claim';

/** Every claim that `prove` reports on every deployment, in the order of the report. */
export const PROVEN_CLAIMS: readonly ProvenClaim[] = CLAIMS.filter(({ attacked }) => attacked !== undefined).map(
  (claim) => {
    const notApplicable = NOT_APPLICABLE[claim.id];
    return notApplicable === undefined ? claim : { ...claim, notApplicable };
  },
);
