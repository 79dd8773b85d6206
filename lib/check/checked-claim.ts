import type { CheckedDeployment } from './checked-deployment';
import type { Finding } from './finding';

/** How one claim of the catalogue is decided from the files. */
export interface CheckedClaim {
  /** Id of the claim in `lib/claims`. */
  readonly id: string;
  /** Whether it stands beside another decider of the claim, so that what it has nothing to say about is not worth a row. */
  readonly isBeside?: true;
  /**
   * One finding for each subject that the claim is about, of every verdict. Where it is about nothing here, one that is `not-applicable` with
   * the reason; never none, because silence is no verdict.
   */
  readonly decide: (deployment: CheckedDeployment) => readonly Finding[];
}
