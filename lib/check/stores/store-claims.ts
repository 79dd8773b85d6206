import { byCloud } from '../by-cloud';
import type { CheckedClaim } from '../checked-claim';
import { BUCKETS_PRIVATE } from './buckets-private';
import { DISKS_ENCRYPTED_OWN_KEY } from './disks-encrypted-own-key';
import { GOOGLE_BUCKETS_PRIVATE } from './google/bucket-readers';
import { STORAGE_RETAINED } from './storage-retained';

/** How the claims about what data lies in are decided. */
export const STORE_CLAIMS: readonly CheckedClaim[] = [
  DISKS_ENCRYPTED_OWN_KEY,
  STORAGE_RETAINED,
  byCloud(BUCKETS_PRIVATE, GOOGLE_BUCKETS_PRIVATE),
];
