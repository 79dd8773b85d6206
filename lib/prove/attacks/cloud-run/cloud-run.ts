import type { Attack } from '../../attack';
import { CLOUD_RUN_AUDIENCE_ATTACKS } from './audience';
import { CREDENTIAL_ATTACKS } from './credential-missing';
import { CLOUD_RUN_HTTP2_ATTACKS } from './http2';
import { CLOUD_RUN_INVOKER_ATTACKS } from './invokers';
import { CLOUD_RUN_PRIVATE_ATTACKS } from './private';
import { CLOUD_RUN_TOKEN_ATTACKS } from './token-at-rest';

/** Services of Cloud Run behind Google's front end, and the tokens that the server shows there. */
export const CLOUD_RUN_ATTACKS: readonly Attack[] = [
  ...CLOUD_RUN_PRIVATE_ATTACKS,
  ...CLOUD_RUN_HTTP2_ATTACKS,
  ...CLOUD_RUN_INVOKER_ATTACKS,
  ...CLOUD_RUN_AUDIENCE_ATTACKS,
  ...CLOUD_RUN_TOKEN_ATTACKS,
  ...CREDENTIAL_ATTACKS,
];
