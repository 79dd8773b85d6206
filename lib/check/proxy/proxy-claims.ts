import type { CheckedClaim } from '../checked-claim';
import { LOGS_HOLD_NO_CREDENTIAL, REFUSAL_NAMED } from './claims/access-logs';
import { ADMIN_AUTHENTICATED, ADMIN_NOT_THROUGH_INGRESS, ADMIN_UI_CLOSED_BY_PROXY } from './claims/admin-authenticated';
import { BODY_BOUNDED } from './claims/body-bounded';
import { CLIENT_CERTIFICATE_REQUIRED } from './claims/client-certificate-required';
import { CORS_OWNED } from './claims/cors-owned';
import { CREDENTIALS_NOT_COMBINED } from './claims/credentials-not-combined';
import { FORWARDED_IDENTITY_NOT_TRUSTED } from './claims/forwarded-identity';
import { HEADERS_ALLOW_LISTED, TRAILERS_DROPPED } from './claims/headers-allow-listed';
import { HEALTH_NAMES_NOTHING } from './claims/health-names-nothing';
import { INGRESS_AUTHENTICATED } from './claims/ingress-authenticated';
import { AUDIENCE_BY_PROXY, METADATA_BY_PROXY } from './claims/metadata-by-proxy';
import { NO_REQUEST_SMUGGLING, PATH_CANONICAL } from './claims/path-canonical';
import { PROXY_HAS_NO_ADMIN } from './claims/proxy-has-no-admin';
import { QUERY_ALLOW_LISTED } from './claims/query-allow-listed';
import { RATE_BOUNDED } from './claims/rate-bounded';
import { PRIVATE_SERVICE_CLOSED, RESULTS_CLOSED } from './claims/results-closed';
import { SCOPE_PER_HANDLER } from './claims/scope-per-handler';
import { SLOW_CLIENT_BOUNDED } from './claims/slow-client-bounded';
import { TLS_OUTSIDE } from './claims/tls-outside';
import {
  TOKEN_AUDIENCE_BOUND,
  TOKEN_EXPIRY_REQUIRED,
  TOKEN_HEADER_ONLY,
  TOKEN_ISSUER_BOUND,
} from './claims/token-binding';
import {
  API_KEY_NOT_STORED,
  JWKS_OVER_VERIFIED_TLS,
  KEY_WITHDRAWAL_HONOURED,
  TOKEN_SIGNATURE_VERIFIED,
} from './claims/token-keys';
import { UPSTREAM_VERIFIED } from './claims/upstream-verified';

/** What is decided by reading the configuration of the proxy. */
export const PROXY_CLAIMS: readonly CheckedClaim[] = [
  INGRESS_AUTHENTICATED,
  TOKEN_SIGNATURE_VERIFIED,
  TOKEN_AUDIENCE_BOUND,
  TOKEN_ISSUER_BOUND,
  TOKEN_EXPIRY_REQUIRED,
  TOKEN_HEADER_ONLY,
  JWKS_OVER_VERIFIED_TLS,
  KEY_WITHDRAWAL_HONOURED,
  API_KEY_NOT_STORED,
  CLIENT_CERTIFICATE_REQUIRED,
  CREDENTIALS_NOT_COMBINED,
  SCOPE_PER_HANDLER,
  RESULTS_CLOSED,
  PRIVATE_SERVICE_CLOSED,
  HEALTH_NAMES_NOTHING,
  HEADERS_ALLOW_LISTED,
  QUERY_ALLOW_LISTED,
  TRAILERS_DROPPED,
  FORWARDED_IDENTITY_NOT_TRUSTED,
  CORS_OWNED,
  NO_REQUEST_SMUGGLING,
  PATH_CANONICAL,
  BODY_BOUNDED,
  REFUSAL_NAMED,
  SLOW_CLIENT_BOUNDED,
  RATE_BOUNDED,
  PROXY_HAS_NO_ADMIN,
  LOGS_HOLD_NO_CREDENTIAL,
  ADMIN_AUTHENTICATED,
  ADMIN_NOT_THROUGH_INGRESS,
  ADMIN_UI_CLOSED_BY_PROXY,
  TLS_OUTSIDE,
  UPSTREAM_VERIFIED,
  METADATA_BY_PROXY,
  AUDIENCE_BY_PROXY,
];
