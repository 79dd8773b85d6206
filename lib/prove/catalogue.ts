import type { Attack } from './attack';
import { CLOUD_RUN_ATTACKS } from './attacks/cloud-run/cloud-run';
import { CONFIGURATION_ATTACKS } from './attacks/task/configuration';
import { CONTINUITY_ATTACKS } from './attacks/task/continuity';
import { DOOR_ATTACKS } from './attacks/doors/doors';
import { EGRESS_ATTACKS } from './attacks/doors/egress';
import { INGRESS_ATTACKS } from './attacks/ingress-attacks';
import { LOG_ATTACKS } from './attacks/task/logs';
import { METADATA_ATTACKS } from './attacks/doors/metadata';
import { METADATA_LISTENER_ATTACKS } from './attacks/doors/metadata-listener';
import { OPERATOR_ATTACKS } from './attacks/operators/operators';
import { OPERATORS_AUDIT_ATTACKS } from './attacks/operators/audit';
import { OPERATORS_RIGHTS_ATTACKS } from './attacks/operators/rights';
import { PROXY_ADMIN_ATTACKS } from './attacks/task/proxy-admin';
import { REQUEST_IDENTITY_ATTACKS } from './attacks/task/request-identity';
import { SECRET_ATTACKS } from './attacks/task/secrets';
import { TASK_LISTENER_ATTACKS } from './attacks/task/task-listeners';
import { WIRE_ATTACKS } from './attacks/doors/wire';
import { WORKLOAD_ATTACKS } from './attacks/task/workload';

/** Every attack there is. Ids are distinct and part of the public contract. */
export const CATALOGUE: readonly Attack[] = [
  ...INGRESS_ATTACKS,
  ...DOOR_ATTACKS,
  ...TASK_LISTENER_ATTACKS,
  ...OPERATOR_ATTACKS,
  ...OPERATORS_RIGHTS_ATTACKS,
  ...OPERATORS_AUDIT_ATTACKS,
  ...CONFIGURATION_ATTACKS,
  ...EGRESS_ATTACKS,
  ...METADATA_ATTACKS,
  ...METADATA_LISTENER_ATTACKS,
  ...CLOUD_RUN_ATTACKS,
  ...REQUEST_IDENTITY_ATTACKS,
  ...SECRET_ATTACKS,
  ...WIRE_ATTACKS,
  ...PROXY_ADMIN_ATTACKS,
  ...WORKLOAD_ATTACKS,
  ...CONTINUITY_ATTACKS,
  ...LOG_ATTACKS,
];
