import type { CheckedClaim } from '../checked-claim';
import { ADMIN_BOUND } from './admin-bound';
import { ADMIN_UI_CLOSED } from './admin-ui-closed';
import { CALLS_DRAIN } from './calls-drain';
import { CONFIG_HONOURED } from './config-honoured';
import { DATA_ON_DISK } from './data-on-disk';
import { DEPLOY_DRAINS } from './deploy-drains';
import { FABRIC_MUTUAL_TLS } from './fabric-mutual-tls';
import { IDENTITY_KEY_BY_REFERENCE } from './identity-key-by-reference';
import { LOG_FILTER } from './log-filter';
import { QUIET } from './quiet';
import { REQUESTS_SIGNED } from './requests-signed';
import { SHELL_CLOSED } from './shell-closed';
import { VERSION_SUPPORTED } from './version-supported';

/** Claims about the server itself: what it is, what it is told, and how it ends. */
export const SERVER_CLAIMS: readonly CheckedClaim[] = [
  ADMIN_BOUND,
  ADMIN_UI_CLOSED,
  CALLS_DRAIN,
  CONFIG_HONOURED,
  DATA_ON_DISK,
  DEPLOY_DRAINS,
  FABRIC_MUTUAL_TLS,
  IDENTITY_KEY_BY_REFERENCE,
  LOG_FILTER,
  QUIET,
  REQUESTS_SIGNED,
  SHELL_CLOSED,
  VERSION_SUPPORTED,
];
