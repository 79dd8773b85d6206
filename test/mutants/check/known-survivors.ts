/** A single change that one may want to be told, and that is not. The test demands that each of them is still untold. */
export interface KnownSurvivor {
  /** Type, role, place and operator of the candidate, with spaces between them. */
  readonly name: string;
  readonly why: string;
}

const BY_THE_SAME = 'who shows such a token has to be the one account that may call, whomever the token is for';

/** What the check does not tell. */
export const KNOWN_SURVIVORS: readonly KnownSurvivor[] = [
  { name: 'google_cloud_run_v2_service Greeter .custom_audiences extra-first-other', why: BY_THE_SAME },
  { name: 'google_cloud_run_v2_service Greeter .custom_audiences extra-last-other', why: BY_THE_SAME },
];
