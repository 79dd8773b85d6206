import type { AdminRole } from '../core/admin-access';
import type { AdminPermissions, AdminRequests } from '../core/admin-permissions';
import { ADMIN_OPERATIONS, type AdminRight } from './admin-api';
import { adminPaths } from './admin-paths';

const LOOK: readonly AdminRight[] = ['see-the-server', 'see-what-is-deployed'];
const EVERYTHING: readonly AdminRight[] = [...new Set(ADMIN_OPERATIONS.map(({ right }) => right))];

/**
 * Every role looks at what is deployed, because each command of `restate` first asks for the version, and most go on with the services.
 * SQL reads every journal and all state, so it is a right of its own.
 */
const RIGHTS: Readonly<Record<AdminRole, readonly AdminRight[]>> = {
  viewer: LOOK,
  stateReader: [...LOOK, 'query'],
  deployer: [...LOOK, 'deploy'],
  operator: EVERYTHING,
};

/** What each role may ask the admin API of the server for. */
export function adminPermissions(): AdminPermissions {
  return {
    viewer: requests(RIGHTS.viewer),
    stateReader: requests(RIGHTS.stateReader),
    deployer: requests(RIGHTS.deployer),
    operator: requests(RIGHTS.operator),
  };
}

function requests(rights: readonly AdminRight[]): readonly AdminRequests[] {
  const operations = ADMIN_OPERATIONS.filter(({ right }) => rights.includes(right));
  const methods = [...new Set(operations.map(({ method }) => method))];
  return methods.map((method) => ({ method, path: adminPaths(operations.filter((each) => each.method === method)) }));
}
