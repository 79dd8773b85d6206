import { AUTHENTICATION_MUTANTS } from './edits/authentication';
import { CERTIFICATE_MUTANTS } from './edits/certificates';
import { CONTINUITY_MUTANTS } from './edits/continuity';
import { CREDENTIAL_MUTANTS } from './edits/credentials';
import { DOOR_MUTANTS } from './edits/doors';
import { EGRESS_MUTANTS } from './edits/egress';
import { FILTERING_MUTANTS } from './edits/filtering';
import { GRANT_MUTANTS } from './edits/grants';
import { IDENTITY_MUTANTS } from './edits/identity';
import { ISSUER_MUTANTS } from './edits/issuer';
import { LIMIT_MUTANTS } from './edits/limits';
import { OPERATOR_MUTANTS } from './edits/operators';
import { OPERATORS_NETWORK_MUTANTS } from './edits/operators-network';
import { WIRE_MUTANTS } from './edits/wire';
import { WORKLOAD_MUTANTS } from './edits/workload';
import type { Mutant } from './mutant';

/** Every guard of the deployment, removed one by one. */
export const MUTANTS: readonly Mutant[] = [
  ...AUTHENTICATION_MUTANTS,
  ...ISSUER_MUTANTS,
  ...CERTIFICATE_MUTANTS,
  ...CREDENTIAL_MUTANTS,
  ...GRANT_MUTANTS,
  ...FILTERING_MUTANTS,
  ...LIMIT_MUTANTS,
  ...DOOR_MUTANTS,
  ...OPERATORS_NETWORK_MUTANTS,
  ...OPERATOR_MUTANTS,
  ...EGRESS_MUTANTS,
  ...IDENTITY_MUTANTS,
  ...WIRE_MUTANTS,
  ...WORKLOAD_MUTANTS,
  ...CONTINUITY_MUTANTS,
];
