import type { CheckedClaim } from '../checked-claim';
import { ADMIN_UI_CLOSED } from './admin-ui-closed';
import { CONFIG_HONOURED } from './config-honoured';
import { DEPLOY_DRAINS } from './deploy-drains';
import { FABRIC_MUTUAL_TLS } from './fabric-mutual-tls';
import { IDENTITY_KEY_BY_REFERENCE } from './identity-key-by-reference';
import { REQUESTS_SIGNED } from './requests-signed';
import { VERSION_SUPPORTED } from './version-supported';

/** Claims about the server itself: what it is, what it is told, and how it ends. */
export const SERVER_CLAIMS: readonly CheckedClaim[] = [
  ADMIN_UI_CLOSED,
  CONFIG_HONOURED,
  DEPLOY_DRAINS,
  FABRIC_MUTUAL_TLS,
  IDENTITY_KEY_BY_REFERENCE,
  REQUESTS_SIGNED,
  VERSION_SUPPORTED,
];
