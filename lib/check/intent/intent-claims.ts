import type { CheckedClaim } from '../checked-claim';
import { CERTIFICATES_AS_MEANT } from './certificates-as-meant';
import { HEADERS_AS_MEANT } from './headers-as-meant';
import { API_KEYS_AS_MEANT, KEYS_AS_MEANT, REVOKED_AS_MEANT } from './keys-as-meant';
import { BODIES_AS_MEANT, RATES_AS_MEANT, TIMES_AS_MEANT } from './limits-as-meant';
import { OPERATORS_AS_MEANT, PEERS_AS_MEANT } from './peers-as-meant';
import {
  ADMIN_HOSTNAMES_AS_MEANT,
  GRANTS_AS_MEANT,
  HOSTNAMES_AS_MEANT,
  ORIGINS_AS_MEANT,
  QUERY_AS_MEANT,
} from './requests-as-meant';
import { REGISTRATION_AS_MEANT, ROLES_AS_MEANT } from './roles-as-meant';
import { ADMIN_AUDIENCES_AS_MEANT, AUDIENCES_AS_MEANT, ISSUERS_AS_MEANT, LIFETIMES_AS_MEANT } from './tokens-as-meant';

/** What was rendered against what was meant, beside how these claims are decided without knowing that. */
export const INTENT_CLAIMS: readonly CheckedClaim[] = [
  ISSUERS_AS_MEANT,
  AUDIENCES_AS_MEANT,
  LIFETIMES_AS_MEANT,
  ...KEYS_AS_MEANT,
  API_KEYS_AS_MEANT,
  REVOKED_AS_MEANT,
  CERTIFICATES_AS_MEANT,
  GRANTS_AS_MEANT,
  QUERY_AS_MEANT,
  HEADERS_AS_MEANT,
  ORIGINS_AS_MEANT,
  HOSTNAMES_AS_MEANT,
  BODIES_AS_MEANT,
  RATES_AS_MEANT,
  TIMES_AS_MEANT,
  ROLES_AS_MEANT,
  ADMIN_AUDIENCES_AS_MEANT,
  ADMIN_HOSTNAMES_AS_MEANT,
  REGISTRATION_AS_MEANT,
  OPERATORS_AS_MEANT,
  PEERS_AS_MEANT,
];
