import { byCloud } from '../by-cloud';
import type { CheckedClaim } from '../checked-claim';
import { ALARMS_PRESENT } from './alarms-present';
import { AUDIT_TRAIL_PRESENT } from './audit-trail-present';
import { BALANCERS_PROTECTED } from './balancers-protected';
import { GOOGLE_ALARMS_PRESENT } from './google/alarms-present';
import { GOOGLE_AUDIT_TRAIL } from './google/audit-trail-present';
import { GOOGLE_NODE_REPLACED } from './google/node-replaced-with-its-disk';
import { GOOGLE_SNAPSHOT_RESTORES } from './google/snapshot-restores';
import { NODE_REPLACED_WITH_ITS_DISK } from './node-replaced-with-its-disk';
import { SNAPSHOT_RESTORES } from './snapshot-restores';

/** How the claims about staying up and being watched are decided. */
export const OPERATION_CLAIMS: readonly CheckedClaim[] = [
  byCloud(NODE_REPLACED_WITH_ITS_DISK, GOOGLE_NODE_REPLACED),
  byCloud(SNAPSHOT_RESTORES, GOOGLE_SNAPSHOT_RESTORES),
  byCloud(ALARMS_PRESENT, GOOGLE_ALARMS_PRESENT),
  byCloud(AUDIT_TRAIL_PRESENT, GOOGLE_AUDIT_TRAIL),
  BALANCERS_PROTECTED,
];
