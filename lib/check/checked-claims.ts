import type { CheckedClaim } from './checked-claim';
import { NETWORK_CLAIMS } from './network/network-claims';
import { SERVER_CLAIMS } from './server/server-claims';
import { WORKLOAD_CLAIMS } from './workload/workload-claims';

/** How each claim that is decided from the files is decided. One array of each folder beside this file. */
export const CHECKED_CLAIMS: readonly CheckedClaim[] = [...NETWORK_CLAIMS, ...SERVER_CLAIMS, ...WORKLOAD_CLAIMS];
