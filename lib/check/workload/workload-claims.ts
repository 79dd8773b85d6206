import type { CheckedClaim } from '../checked-claim';
import { ENVIRONMENT_SECRETS } from './environment-secrets';
import { IMAGES_BY_DIGEST } from './images-by-digest';
import { INSTANCE_METADATA_V2 } from './instance-metadata-v2';
import { SECRETS_BY_REFERENCE } from './secrets-by-reference';
import { UNPRIVILEGED } from './unprivileged';

/** Claims about what runs, of which image, with which powers, on which machine. */
export const WORKLOAD_CLAIMS: readonly CheckedClaim[] = [
  IMAGES_BY_DIGEST,
  INSTANCE_METADATA_V2,
  SECRETS_BY_REFERENCE,
  ENVIRONMENT_SECRETS,
  UNPRIVILEGED,
];
