import type { CheckedClaim } from '../checked-claim';
import { IAM_NO_WILDCARDS } from './iam-no-wildcards';
import { LAMBDA_ROLE_NARROW } from './lambda-role-narrow';
import { SECRET_READERS_EXACT } from './secret-readers-exact';

/** How the claims about who may do what are decided. */
export const IDENTITY_CLAIMS: readonly CheckedClaim[] = [IAM_NO_WILDCARDS, SECRET_READERS_EXACT, LAMBDA_ROLE_NARROW];
