import { byCloud } from '../by-cloud';
import type { CheckedClaim } from '../checked-claim';
import { GOOGLE_IAM_NO_WILDCARDS } from './google/iam-no-wildcards';
import { GOOGLE_SECRET_READERS_EXACT } from './google/secret-readers-exact';
import { IAM_NO_WILDCARDS } from './iam-no-wildcards';
import { LAMBDA_ROLE_NARROW } from './lambda-role-narrow';
import { SECRET_READERS_EXACT } from './secret-readers-exact';

/** How the claims about who may do what are decided. */
export const IDENTITY_CLAIMS: readonly CheckedClaim[] = [
  byCloud(IAM_NO_WILDCARDS, GOOGLE_IAM_NO_WILDCARDS),
  byCloud(SECRET_READERS_EXACT, GOOGLE_SECRET_READERS_EXACT),
  LAMBDA_ROLE_NARROW,
];
