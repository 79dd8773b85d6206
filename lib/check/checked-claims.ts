import type { CheckedClaim } from './checked-claim';
import { CLOUD_RUN_CLAIMS } from './cloud-run/cloud-run-claims';
import { IDENTITY_CLAIMS } from './identity/identity-claims';
import { INTENT_CLAIMS } from './intent/intent-claims';
import { LATENT_CLAIMS } from './latent/latent-claims';
import { GOOGLE_CLAIMS } from './network/google/google-claims';
import { NETWORK_CLAIMS } from './network/network-claims';
import { OPERATION_CLAIMS } from './operations/operation-claims';
import { OTHER_CLAIMS } from './others/other-claims';
import { PROXY_CLAIMS } from './proxy/proxy-claims';
import { SERVER_CLAIMS } from './server/server-claims';
import { STORE_CLAIMS } from './stores/store-claims';
import { WORKLOAD_CLAIMS } from './workload/workload-claims';

/** How each claim that is decided from the files is decided. One array of each folder beside this file. */
export const CHECKED_CLAIMS: readonly CheckedClaim[] = [
  ...NETWORK_CLAIMS,
  ...GOOGLE_CLAIMS,
  ...PROXY_CLAIMS,
  ...SERVER_CLAIMS,
  ...WORKLOAD_CLAIMS,
  ...CLOUD_RUN_CLAIMS,
  ...IDENTITY_CLAIMS,
  ...STORE_CLAIMS,
  ...OPERATION_CLAIMS,
  ...INTENT_CLAIMS,
  ...LATENT_CLAIMS,
  ...OTHER_CLAIMS,
];
