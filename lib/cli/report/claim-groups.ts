import { CALLER_CLAIMS } from '../../claims/caller-claims';
import type { CatalogueClaim } from '../../claims/catalogue-claim';
import { CLOUD_RUN_CLAIMS } from '../../claims/cloud-run-claims';
import { DOOR_CLAIMS } from '../../claims/door-claims';
import { OPERATION_CLAIMS } from '../../claims/operation-claims';
import { OUTWARD_CLAIMS } from '../../claims/outward-claims';
import { REQUEST_CLAIMS } from '../../claims/request-claims';
import { STORE_CLAIMS } from '../../claims/store-claims';

/** What claims have in common, in the order of the catalogue. */
export const CLAIM_GROUPS: readonly { readonly title: string; readonly claims: readonly CatalogueClaim[] }[] = [
  { title: 'Who may call', claims: CALLER_CLAIMS },
  { title: 'What is let through', claims: REQUEST_CLAIMS },
  { title: 'Doors of operators and nodes', claims: DOOR_CLAIMS },
  { title: 'Ways out', claims: OUTWARD_CLAIMS },
  { title: 'Services of Cloud Run', claims: CLOUD_RUN_CLAIMS },
  { title: 'Stores and keys', claims: STORE_CLAIMS },
  { title: 'Operation', claims: OPERATION_CLAIMS },
];
