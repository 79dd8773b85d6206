import type { AdminRole } from '../../lib/core/admin-access';
import type { AdminRequests } from '../../lib/core/admin-permissions';
import { adminPermissions } from '../../lib/restate/admin-permissions';

const permissions = adminPermissions();

/** Whether a role may ask for a path with its query, which are matched as a whole as the proxy does. */
function may(role: AdminRole, method: AdminRequests['method'], path: string): boolean {
  return permissions[role].some(
    (request) => request.method === method && new RegExp(`^(?:${request.path})$`).test(path),
  );
}

describe('what roles may ask the admin API for', () => {
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

  test.each([
    '/deployments/dp_1?force=true',
    '/v4/deployments/dp_1?force=false',
    '/invocations/inv_1?mode=Kill',
    '/kafka-clusters/orders.eu-west_1',
  ])('takes the parameters of %s', (path) => {
    expect(may('operator', 'DELETE', path)).toBe(true);
  });

  test.each(['from=1', 'deployment=latest', 'deployment=dp_1&from=10', 'from=0&deployment=Keep'])(
    'takes the parameters %s in any order',
    (query) => {
      expect(may('operator', 'PATCH', `/invocations/inv_1/restart-as-new?${query}`)).toBe(true);
    },
  );

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
    '/deployments/dp_1?force',
    '/deployments/dp_1?force=1',
    '/deployments/dp_1?force=true&',
    '/deployments/dp_1?force=true&force=false',
    '/deployments/dp_1?mode=kill',
    '/deployments?force=true',
    '/invocations/inv_1?mode=kill&x=1',
    '/invocations/inv_1/restart-as-new?from=-1',
    '/invocations/inv_1/restart-as-new?from=1?deployment=latest',
    '/invocations/inv_1/restart-as-new?from=1&x=1',
    '/subscriptions?sink=',
    '/subscriptions?sink=a&token=b',
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
