import type { Artifact } from '../../artifact/artifact';
import type { CheckedDeployment } from '../checked-deployment';
import { addressPermissions } from './address-permissions';
import { firewallPermissions } from './firewall-permissions';
import type { Permission } from './permission';
import { proxyPermissions } from './proxy-permissions';
import { reachPermissions } from './reach-permissions';
import { deniedRights, rightPermissions } from './right-permissions';
import { rulePermissions } from './rule-permissions';
import { wayOutPermissions } from './way-out-permissions';

/** What a file permits, and what it denies on purpose beside that. */
export interface Permitted {
  readonly permissions: readonly Permission[];
  /** With one that goes, something may open. */
  readonly denials: readonly Permission[];
}

/** Everything that the deployments of one file permit. */
export function permittedBy(artifact: Artifact, deployments: readonly CheckedDeployment[]): Permitted {
  const several = deployments.length > 1;
  return {
    permissions: [
      ...deployments.flatMap((deployment) =>
        [...reachPermissions(deployment), ...wayOutPermissions(deployment), ...proxyPermissions(deployment)].map(
          (permission) =>
            several ? { ...permission, key: `${deployment.server?.host.id} ${permission.key}` } : permission,
        ),
      ),
      ...addressPermissions(artifact),
      ...rulePermissions(artifact),
      ...firewallPermissions(artifact, 'allow'),
      ...rightPermissions(artifact),
    ],
    denials: [...firewallPermissions(artifact, 'deny'), ...deniedRights(artifact)],
  };
}
