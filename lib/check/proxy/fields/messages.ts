import { BOOTSTRAP_FIELDS } from './bootstrap-fields';
import { CLUSTER_FIELDS } from './cluster-fields';
import { CREDENTIAL_FIELDS } from './credential-fields';
import { HTTP_FIELDS } from './http-fields';
import { LISTENER_FIELDS } from './listener-fields';
import type { MessageFields } from './message-fields';
import { ROUTE_FIELDS } from './route-fields';
import { TLS_FIELDS } from './tls-fields';

/** Every message that is understood. */
export const MESSAGES: MessageFields = {
  ...BOOTSTRAP_FIELDS,
  ...LISTENER_FIELDS,
  ...TLS_FIELDS,
  ...HTTP_FIELDS,
  ...ROUTE_FIELDS,
  ...CREDENTIAL_FIELDS,
  ...CLUSTER_FIELDS,
};
