import type { Attack } from '../attack';
import { ADMIN_BY_INGRESS_ATTACKS } from './doors/admin';
import { API_KEY_ATTACKS } from './credentials/api-keys';
import { AUTHENTICATION_ATTACKS } from './credentials/authentication';
import { BODY_ATTACKS } from './requests/body';
import { CLIENT_CERTIFICATE_ATTACKS } from './credentials/client-certificates';
import { COMBINED_CREDENTIAL_ATTACKS } from './credentials/combined-credentials';
import { CORS_ATTACKS } from './requests/cors';
import { FLOOD_ATTACKS } from './requests/flood';
import { GRANT_ATTACKS } from './credentials/grants';
import { HEADER_ATTACKS } from './requests/headers';
import { HEALTH_ATTACKS } from './requests/health';
import { ISSUER_ATTACKS } from './credentials/issuer';
import { PATH_ATTACKS } from './requests/paths';
import { PRIVATE_SERVICE_ATTACKS } from './requests/private-service';
import { QUERY_ATTACKS } from './requests/query';
import { RESULT_ATTACKS } from './requests/results';
import { SLOW_CLIENT_ATTACKS } from './requests/slow-clients';
import { SMUGGLING_ATTACKS } from './requests/smuggling';
import { TOKEN_BINDING_ATTACKS } from './credentials/token-binding';
import { TOKEN_LIFETIME_ATTACKS } from './credentials/token-lifetime';
import { TOKEN_SIGNATURE_ATTACKS } from './credentials/token-signature';
import { TRAILER_ATTACKS } from './requests/trailers';

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
