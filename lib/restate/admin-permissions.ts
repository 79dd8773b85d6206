import type { AdminRole } from '../core/admin-access';
import type { AdminPermissions, AdminRequest } from '../core/admin-request';
import { ADMIN_API_VERSIONS, ADMIN_OPERATIONS, type AdminOperation, type AdminRight } from './admin-api';

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

/** One segment each, as the server makes or admits them. None needs an escape, so none is let through: not `%2F`, not `..`. */
const PARAMETERS: Readonly<Record<string, string>> = {
  deployment: 'dp_[0-9A-Za-z]+',
  invocation_id: 'inv_[0-9A-Za-z]+',
  subscription: 'sub_[0-9A-Za-z]+',
  vqueue_id: '[A-Za-z][0-9A-Za-z_]*',
  cluster_name: '[A-Za-z0-9_][A-Za-z0-9_.-]*',
  service: '[A-Za-z_][A-Za-z0-9_.-]*',
  handler: '[A-Za-z_][A-Za-z0-9_.-]*',
};

const { least, most } = ADMIN_API_VERSIONS;

/** What each role may ask the admin API of the server for. */
export function adminPermissions(): AdminPermissions {
  return {
    viewer: requests('viewer'),
    stateReader: requests('stateReader'),
    deployer: requests('deployer'),
    operator: requests('operator'),
  };
}

function requests(role: AdminRole): readonly AdminRequest[] {
  return ADMIN_OPERATIONS.filter(({ right }) => RIGHTS[role].includes(right)).map(
    ({ method, template, query }: AdminOperation) => ({ method, path: pathOf(template), ...(query && { query }) }),
  );
}

function pathOf(template: string): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const shape = PARAMETERS[name];
    if (shape === undefined) throw new Error(`the path parameter ${name} of ${template} has no shape`);
    return shape;
  });
  return `(?:/v[${least}-${most}])?${path}`;
}
