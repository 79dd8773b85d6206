import { ATTACHMENTS } from './attachments';
import { BUCKETS_AND_LOGS } from './buckets-and-logs';
import { CONTAINERS } from './containers';
import { DOORS } from './doors';
import { GRANTS } from './grants';
import { GROUP_RULES } from './group-rules';
import { IMAGES_AND_SERVICE } from './images-and-service';
import { KEYS_AND_DISKS } from './keys-and-disks';
import { MACHINE_FAULTS } from './machine';
import { NEIGHBOURS } from './neighbours';
import { OPERATOR_RULES } from './operator-rules';
import { OPERATORS_DOOR } from './operators-door';
import { PLACEMENT } from './placement';
import { PROXY_BOUNDS } from './proxy-bounds';
import { PROXY_DOORS } from './proxy-doors';
import { PROXY_FILTERS } from './proxy-filters';
import { PROXY_KEYS } from './proxy-keys';
import { PROXY_LIMITS } from './proxy-limits';
import { PROXY_LOGS } from './proxy-logs';
import { PROXY_REQUESTS } from './proxy-requests';
import { PROXY_RIGHTS } from './proxy-rights';
import { PROXY_ROUTES } from './proxy-routes';
import { PROXY_TOKENS } from './proxy-tokens';
import { SECRETS_AND_SNAPSHOTS } from './secrets-and-snapshots';
import { SERVER_SETTINGS } from './server-settings';
import { START_AND_ALARMS } from './start-and-alarms';
import { VOLUMES_AND_SECRETS } from './volumes-and-secrets';
import { WAYS_OUT } from './ways-out';
import type { StrangersFault } from './fault';

/** All of them, by what they are about. */
export const STRANGERS_FAULTS: Readonly<Record<string, readonly StrangersFault[]>> = {
  'group rules': GROUP_RULES,
  'operator rules': OPERATOR_RULES,
  'ways out': WAYS_OUT,
  placement: PLACEMENT,
  doors: DOORS,
  neighbours: NEIGHBOURS,
  grants: GRANTS,
  attachments: ATTACHMENTS,
  'keys and disks': KEYS_AND_DISKS,
  'buckets and logs': BUCKETS_AND_LOGS,
  'secrets and snapshots': SECRETS_AND_SNAPSHOTS,
  containers: CONTAINERS,
  'volumes and secrets': VOLUMES_AND_SECRETS,
  'images and service': IMAGES_AND_SERVICE,
  machine: MACHINE_FAULTS,
  'server settings': SERVER_SETTINGS,
  'start and alarms': START_AND_ALARMS,
  'proxy doors': PROXY_DOORS,
  'proxy tokens': PROXY_TOKENS,
  'proxy keys': PROXY_KEYS,
  'proxy rights': PROXY_RIGHTS,
  'proxy routes': PROXY_ROUTES,
  'proxy filters': PROXY_FILTERS,
  'proxy requests': PROXY_REQUESTS,
  'proxy logs': PROXY_LOGS,
  'proxy limits': PROXY_LIMITS,
  'proxy bounds': PROXY_BOUNDS,
  'operators door': OPERATORS_DOOR,
};
