import type { CheckedClaim } from './checked-claim';

/** How each claim that is decided from the files is decided. One array of each folder beside this file. */
export const CHECKED_CLAIMS: readonly CheckedClaim[] = [];
