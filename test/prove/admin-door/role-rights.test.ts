import { adminPermissions } from '../../../lib/restate/admin-permissions';
import { ADMIN_OPERATIONS } from '../../../lib/restate/admin-api';
import { everyScope, mostRights, ranks } from '../../../lib/prove/admin-door/role-rights';
import { rehearsalBody } from '../../../lib/prove/admin-door/known-operations';
import type { Deployment } from '../../../lib/prove/deployment';

function role(name: string, scopes: readonly string[] = [name], everybody = false) {
  return { name, scopes, everybody };
}

const ROLES = [role('viewer'), role('stateReader'), role('deployer'), role('operator')];

describe('the most that a role may be given', () => {
  test.each([
    ['viewer', ['see-the-server', 'see-what-is-deployed']],
    ['stateReader', ['see-the-server', 'see-what-is-deployed', 'query']],
    ['deployer', ['see-the-server', 'see-what-is-deployed', 'deploy']],
  ])('%s', (name, rights) => {
    expect([...mostRights({ roles: ROLES }, [name])]).toEqual(rights);
  });

  test('is nothing for whoever has no scope of any', () => {
    expect(mostRights({ roles: ROLES }, ['orders:write']).size).toBe(0);
  });

  test('adds up', () => {
    expect([...mostRights({ roles: ROLES }, ['stateReader', 'deployer'])]).toEqual(
      expect.arrayContaining(['query', 'deploy']),
    );
  });

  test('is everything that is known for a name that says nothing', () => {
    expect(mostRights({ roles: [role('people')] }, ['people']).size).toBe(
      new Set(ADMIN_OPERATIONS.map(({ right }) => right)).size,
    );
  });

  test('is everybody’s where a policy is open to all', () => {
    expect(mostRights({ roles: [role('viewer', [], true)] }, []).has('see-the-server')).toBe(true);
  });
});

test('what the proxy is told to admit is no more than the most', () => {
  for (const [name, requests] of Object.entries(adminPermissions())) {
    const rights = mostRights({ roles: ROLES }, [name]);
    const beyond = ADMIN_OPERATIONS.filter(({ right }) => !rights.has(right)).filter(({ method, template }) => {
      const path = template.replaceAll(/\{(\w+)\}/g, (_, parameter: string) =>
        parameter === 'deployment'
          ? 'dp_1'
          : parameter === 'invocation_id'
            ? 'inv_1'
            : parameter === 'subscription'
              ? 'sub_1'
              : 'x',
      );
      return requests.some((each) => each.method === method && new RegExp(`^(?:${each.path})$`).test(path));
    });
    expect({ name, beyond: beyond.map(({ method, template }) => `${method} ${template}`) }).toEqual({
      name,
      beyond: [],
    });
  }
});

test('every role is tried, and nobody', () => {
  expect(ranks({ roles: [role('viewer', ['a', 'b']), role('deployer', [])] })).toEqual([
    { name: 'no role' },
    { name: 'viewer', scope: 'a' },
  ]);
  expect(everyScope({ roles: [role('viewer', ['a', 'b']), role('deployer', ['b'])] })).toEqual(['a', 'b']);
});

test('a registration of the run is a rehearsal', () => {
  const deployment = { service: { uri: 'http://10.0.0.7:9080' } } as Deployment;
  expect(JSON.parse(rehearsalBody(deployment))).toEqual({ uri: 'http://10.0.0.7:9080', dry_run: true });
});
