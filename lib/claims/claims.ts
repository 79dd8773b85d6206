import { CALLER_CLAIMS } from './caller-claims';
import type { CatalogueClaim } from './catalogue-claim';
import { CLOUD_RUN_CLAIMS } from './cloud-run-claims';
import { DOOR_CLAIMS } from './door-claims';
import { OPERATION_CLAIMS } from './operation-claims';
import { OUTWARD_CLAIMS } from './outward-claims';
import { REQUEST_CLAIMS } from './request-claims';
import { STORE_CLAIMS } from './store-claims';

/** Every claim, in the order of reports. */
export const CLAIMS: readonly CatalogueClaim[] = [
  ...CALLER_CLAIMS,
  ...REQUEST_CLAIMS,
  ...DOOR_CLAIMS,
  ...OUTWARD_CLAIMS,
  ...CLOUD_RUN_CLAIMS,
  ...STORE_CLAIMS,
  ...OPERATION_CLAIMS,
];
