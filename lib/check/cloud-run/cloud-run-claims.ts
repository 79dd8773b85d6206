import type { CheckedClaim } from '../checked-claim';
import { AUTHENTICATION_CHANGE_FORCED } from './authentication-change-forced';
import { CLOUD_RUN_HTTP2 } from './cloud-run-http2';
import { CLOUD_RUN_INVOKER_EXACT } from './cloud-run-invoker-exact';
import { CLOUD_RUN_PRIVATE } from './cloud-run-private';
import { CLOUD_RUN_TOKEN_AUDIENCE } from './cloud-run-token-audience';
import { CREDENTIAL_SOURCE_FITS } from './credential-source-fits';
import { FEDERATION_KEYLESS } from './federation-keyless';
import { IMAGES_VERIFIED } from './images-verified';
import { SERVICE_VERIFIES_IDENTITY } from './service-verifies-identity';

/** How the claims about services of Cloud Run, and what they are called with, are decided. */
export const CLOUD_RUN_CLAIMS: readonly CheckedClaim[] = [
  CLOUD_RUN_PRIVATE,
  CLOUD_RUN_HTTP2,
  CLOUD_RUN_INVOKER_EXACT,
  CLOUD_RUN_TOKEN_AUDIENCE,
  CREDENTIAL_SOURCE_FITS,
  AUTHENTICATION_CHANGE_FORCED,
  FEDERATION_KEYLESS,
  SERVICE_VERIFIES_IDENTITY,
  IMAGES_VERIFIED,
];
