import type { Attack } from '../attack';
import { ADMIN_BY_INGRESS_ATTACKS } from './admin';
import { API_KEY_ATTACKS } from './api-keys';
import { AUTHENTICATION_ATTACKS } from './authentication';
import { BODY_ATTACKS } from './body';
import { CLIENT_CERTIFICATE_ATTACKS } from './client-certificates';
import { COMBINED_CREDENTIAL_ATTACKS } from './combined-credentials';
import { CORS_ATTACKS } from './cors';
import { FLOOD_ATTACKS } from './flood';
import { GRANT_ATTACKS } from './grants';
import { HEADER_ATTACKS } from './headers';
import { HEALTH_ATTACKS } from './health';
import { ISSUER_ATTACKS } from './issuer';
import { PATH_ATTACKS } from './paths';
import { PRIVATE_SERVICE_ATTACKS } from './private-service';
import { QUERY_ATTACKS } from './query';
import { RESULT_ATTACKS } from './results';
import { SLOW_CLIENT_ATTACKS } from './slow-clients';
import { SMUGGLING_ATTACKS } from './smuggling';
import { TOKEN_BINDING_ATTACKS } from './token-binding';
import { TOKEN_LIFETIME_ATTACKS } from './token-lifetime';
import { TOKEN_SIGNATURE_ATTACKS } from './token-signature';
import { TRAILER_ATTACKS } from './trailers';

/** What callers, and bytes at the callers' door, may try. The slowest first, so that the others run beside them. */
export const INGRESS_ATTACKS: readonly Attack[] = [
  ...SLOW_CLIENT_ATTACKS,
  ...ISSUER_ATTACKS,
  ...BODY_ATTACKS,
  ...SMUGGLING_ATTACKS,
  ...AUTHENTICATION_ATTACKS,
  ...CLIENT_CERTIFICATE_ATTACKS,
  ...API_KEY_ATTACKS,
  ...COMBINED_CREDENTIAL_ATTACKS,
  ...GRANT_ATTACKS,
  ...TOKEN_SIGNATURE_ATTACKS,
  ...TOKEN_LIFETIME_ATTACKS,
  ...TOKEN_BINDING_ATTACKS,
  ...HEADER_ATTACKS,
  ...QUERY_ATTACKS,
  ...TRAILER_ATTACKS,
  ...CORS_ATTACKS,
  ...RESULT_ATTACKS,
  ...PRIVATE_SERVICE_ATTACKS,
  ...PATH_ATTACKS,
  ...ADMIN_BY_INGRESS_ATTACKS,
  ...HEALTH_ATTACKS,
  ...FLOOD_ATTACKS,
];
