import type { CheckedClaim } from '../checked-claim';
import { FILE_SYSTEM_CLAIMS } from './file-systems';
import { FRONT_DOOR_CLAIMS } from './front-doors';
import { REGISTRATION_CLAIMS } from './registrations';

/** What deployments of others have and those of this library have not, beside the deciders of the same claims. */
export const OTHER_CLAIMS: readonly CheckedClaim[] = [
  ...FRONT_DOOR_CLAIMS,
  ...FILE_SYSTEM_CLAIMS,
  ...REGISTRATION_CLAIMS,
];
