import { CALLER_CLAIMS } from './claims/caller-claims';
import { DOOR_CLAIMS } from './claims/door-claims';
import { OPERATION_CLAIMS } from './claims/operation-claims';
import { OUTWARD_CLAIMS } from './claims/outward-claims';
import type { ProvenClaim } from './claims/proven-claim';
import { REQUEST_CLAIMS } from './claims/request-claims';

/** Every claim that `prove` reports on every deployment, in the order of the report. */
export const PROVEN_CLAIMS: readonly ProvenClaim[] = [
  ...CALLER_CLAIMS,
  ...REQUEST_CLAIMS,
  ...DOOR_CLAIMS,
  ...OUTWARD_CLAIMS,
  ...OPERATION_CLAIMS,
];
