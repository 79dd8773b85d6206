import type { CheckedClaim } from '../checked-claim';
import { ALARMS_PRESENT } from './alarms-present';
import { AUDIT_TRAIL_PRESENT } from './audit-trail-present';
import { BALANCERS_PROTECTED } from './balancers-protected';
import { NODE_REPLACED_WITH_ITS_DISK } from './node-replaced-with-its-disk';
import { SNAPSHOT_RESTORES } from './snapshot-restores';

/** How the claims about staying up and being watched are decided. */
export const OPERATION_CLAIMS: readonly CheckedClaim[] = [
  NODE_REPLACED_WITH_ITS_DISK,
  SNAPSHOT_RESTORES,
  ALARMS_PRESENT,
  AUDIT_TRAIL_PRESENT,
  BALANCERS_PROTECTED,
];
