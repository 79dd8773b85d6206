import type { AdminRole } from '../../lib/core/admin-access';
import type { AdminRequest } from '../../lib/core/admin-request';
import { ADMIN_OPERATIONS } from '../../lib/restate/admin-api';
import { adminPermissions } from '../../lib/restate/admin-permissions';

const permissions = adminPermissions();

/** Whether a role may ask for a path, which is matched as a whole as the proxy does. */
function may(role: AdminRole, method: AdminRequest['method'], path: string): boolean {
  return permissions[role].some(
    (request) => request.method === method && new RegExp(`^(?:${request.path})$`).test(path),
  );
}

describe('what roles may ask the admin API for', () => {
  test('is everything for an operator, and nothing that is not classified', () => {
    expect(permissions.operator).toHaveLength(ADMIN_OPERATIONS.length);
  });

  test('changes nothing for a viewer', () => {
    expect(new Set(permissions.viewer.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  test('is SQL for a reader of state and an operator alone', () => {
    const readers = Object.keys(permissions).filter((role) => may(role as AdminRole, 'POST', '/v4/query'));

    expect(readers).toEqual(['stateReader', 'operator']);
  });

  test('holds what a viewer may in every role: each command of restate needs it', () => {
    for (const requests of Object.values(permissions)) {
      expect(requests).toEqual(expect.arrayContaining([...permissions.viewer]));
    }
  });

  test('is never to remove a deployment for a deployer: the server removes it by force or not at all', () => {
    expect(may('deployer', 'POST', '/deployments')).toBe(true);
    expect(may('deployer', 'DELETE', '/deployments/dp_1')).toBe(false);
  });

  test.each([
    '/deployments',
    '/v2/deployments',
    '/v4/deployments',
    '/services/greeter',
    '/services/my.pkg.Service/openapi',
  ])('is %s', (path) => {
    expect(may('viewer', 'GET', path)).toBe(true);
  });

  test.each([
    '/',
    '/ui/',
    '/openapi',
    '/metrics',
    '/internal/invocations_batch_operations/kill',
    '/v1/deployments',
    '/v5/deployments',
    '/v4/v4/deployments',
    '/V4/deployments',
    '/deployments/',
    '//deployments',
    '/DEPLOYMENTS',
    '/deployments/..',
    '/deployments/dp_1/x',
    '/deployments/dp_1%2Fx',
    '/deployments/dp_1?force=true',
    '/deployments/dp_1;x',
    '/services/%67reeter',
    '/services/a/../query',
    '/services/.',
    '/services/a b',
    '/services/a\n',
    '/health\n/query',
    'x/health',
  ])('is never %j, for an operator neither', (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      expect(may('operator', method, path)).toBe(false);
    }
  });
});
