import type { AdminRole } from '../../lib/core/admin-access';
import { ADMIN_OPERATIONS } from '../../lib/restate/admin-api';
import { ADMIN_HOSTNAME, adminDoor, personToken, SCOPES } from './admin-door';
import { startAdminServer, type AdminServer } from './admin-server';
import { call, type Answer } from './caller';
import { ingressPolicy } from './policy';
import { startProxy, type RunningProxy } from './proxy';

const ALL = 'viewer, stateReader, deployer, operator';

/** Every operation as an operator would ask for it, and whom the proxy lets through to the server. */
const OPERATIONS: readonly (readonly [string, string, string])[] = [
  ['GET', '/health', ALL],
  ['GET', '/version', ALL],
  ['GET', '/cluster-health', ALL],
  ['GET', '/v4/deployments', ALL],
  ['GET', '/deployments/dp_11rMRjJVIY3o942NTnVL9ux', ALL],
  ['GET', '/services', ALL],
  ['GET', '/services/Greeter', ALL],
  ['GET', '/services/Greeter/openapi', ALL],
  ['GET', '/services/Greeter/handlers', ALL],
  ['GET', '/services/Greeter/handlers/greet', ALL],
  ['GET', '/kafka-clusters', ALL],
  ['GET', '/kafka-clusters/my-cluster.1?include_subscriptions=true', ALL],
  ['GET', '/subscriptions', ALL],
  ['GET', '/subscriptions?sink=service%3A%2F%2FGreeter%2Fgreet&source=kafka://c/t', ALL],
  ['GET', '/subscriptions/sub_10ny6kkGUw8xZ9gggvuNDsB', ALL],
  ['POST', '/v4/query', 'stateReader, operator'],
  ['POST', '/v4/deployments', 'deployer, operator'],
  ['PATCH', '/deployments/dp_11rMRjJVIY3o942NTnVL9ux', 'deployer, operator'],
  ['PATCH', '/services/Greeter', 'deployer, operator'],
  ['DELETE', '/deployments/dp_11rMRjJVIY3o942NTnVL9ux?force=true', 'operator'],
  ['DELETE', '/invocations/inv_1jQ5sK9VZA710qnLodxuiP1oR5zn2hDI65?mode=kill', 'operator'],
  ['PATCH', '/invocations/inv_1jQ5sK9VZA710qnLodxuiP1oR5zn2hDI65/cancel', 'operator'],
  ['PATCH', '/invocations/inv_1jQ5sK9VZA710qnLodxuiP1oR5zn2hDI65/kill', 'operator'],
  ['PATCH', '/invocations/inv_1jQ5sK9VZA710qnLodxuiP1oR5zn2hDI65/pause', 'operator'],
  ['PATCH', '/invocations/inv_1jQ5sK9VZA710qnLodxuiP1oR5zn2hDI65/purge', 'operator'],
  ['PATCH', '/invocations/inv_1jQ5sK9VZA710qnLodxuiP1oR5zn2hDI65/purge-journal', 'operator'],
  ['PATCH', '/invocations/inv_1jQ5sK9VZA710qnLodxuiP1oR5zn2hDI65/restart-as-new?deployment=latest&from=1', 'operator'],
  ['PATCH', '/invocations/inv_1jQ5sK9VZA710qnLodxuiP1oR5zn2hDI65/resume?deployment=keep', 'operator'],
  ['POST', '/vqueues/vq_1/pause', 'operator'],
  ['POST', '/vqueues/vq_1/resume', 'operator'],
  ['POST', '/services/Greeter/state', 'operator'],
  ['POST', '/kafka-clusters', 'operator'],
  ['PATCH', '/kafka-clusters/my-cluster.1', 'operator'],
  ['DELETE', '/kafka-clusters/my-cluster.1?force=true', 'operator'],
  ['POST', '/subscriptions', 'operator'],
  ['DELETE', '/subscriptions/sub_10ny6kkGUw8xZ9gggvuNDsB', 'operator'],
  ['PUT', '/v4/limits/rules', 'operator'],
  ['POST', '/limits/rules/bulk-delete', 'operator'],
];

/** What the server answers, or answers in another configuration, and nobody may ask for. */
const CLOSED: readonly (readonly [string, string])[] = [
  ['GET', '/'],
  ['GET', '/ui/'],
  ['GET', '/ui/assets/index.js'],
  ['GET', '/openapi'],
  ['GET', '/v4/openapi'],
  ['POST', '/internal/invocations_batch_operations/kill'],
  ['POST', '/v4/internal/services/Greeter/serdes/decode/json'],
  ['PUT', '/deployments/dp_11rMRjJVIY3o942NTnVL9ux'],
  ['POST', '/operation-of-a-later-server'],
  ['OPTIONS', '/deployments'],
  ['HEAD', '/deployments'],
  ['TRACE', '/deployments'],
];

describe('at the door of the real admin API', () => {
  let real: AdminServer;
  let proxy: RunningProxy;

  beforeAll(async () => {
    real = await startAdminServer();
    proxy = await startProxy({ ingress: ingressPolicy(), upstreamPort: 9, admin: adminDoor(real.adminPort) });
    const { status } = await real.server.admin('/deployments', { uri: real.serviceUri });
    expect(status).toBe(201);
  });
  afterAll(async () => {
    await proxy?.stop();
    await real?.stop();
  });

  function ask(role: AdminRole, method: string, path: string): Promise<Answer> {
    const headers = { host: ADMIN_HOSTNAME, authorization: `Bearer ${personToken([SCOPES[role]])}` };
    return call(proxy.adminPort, {
      method,
      path,
      headers: { ...headers, ...(method !== 'GET' && { 'content-type': 'application/json' }) },
      ...(method !== 'GET' && method !== 'HEAD' && { body: '{}' }),
    });
  }

  function query(sql: string): Promise<Answer> {
    return readBySql(proxy, sql);
  }

  /** Whom the proxy let through; whoever it refuses has its own answer. */
  async function admitted(method: string, path: string): Promise<string> {
    const roles = Object.keys(SCOPES) as AdminRole[];
    const answers = await Promise.all(roles.map((role) => ask(role, method, path)));
    const refused = answers.map(({ status, body }) => status === 403 && /^$|"source":"proxy"/.test(body));
    expect(answers.map(({ status }) => status)).not.toContain(0);
    return roles.filter((_, index) => refused[index] !== true).join(', ');
  }

  test.each(OPERATIONS)('%s %s is for %s', async (method, path, roles) => {
    expect(await admitted(method, path)).toBe(roles);
  });

  test('no operation goes untried', () => {
    const untried = ADMIN_OPERATIONS.filter(({ method, template }) => {
      const path = new RegExp(`^(?:/v4)?${template.replaceAll(/\{\w+\}/g, '[^/?]+')}(?:\\?|$)`);
      return !OPERATIONS.some(([tried, at]) => tried === method && path.test(at));
    });

    expect(untried).toEqual([]);
  });

  test.each(CLOSED)('%s %s is for nobody', async (method, path) => {
    expect(await admitted(method, path)).toBe('');
  });

  describe('SQL of a reader', () => {
    test.each([
      'DELETE FROM state',
      "INSERT INTO state (service_name) VALUES ('Greeter')",
      'DROP TABLE state',
      'CREATE TABLE mine AS SELECT 1',
      "CREATE EXTERNAL TABLE mine STORED AS CSV LOCATION '/etc/passwd'",
      "COPY (SELECT 1) TO '/tmp/portcullis-copied.csv'",
      "EXPLAIN ANALYZE COPY (SELECT 1) TO '/tmp/portcullis-copied.csv'",
    ])('changes no data and no file: %s', async (sql) => {
      expect(await query(sql)).toMatchObject({ status: 400, body: expect.stringMatching(/D[DM]L not supported/) });
    });

    test('changes the SQL engine for whoever asks next, as the role says', async () => {
      const { body: limit } = await query('SHOW datafusion.runtime.memory_limit');
      await query("SET datafusion.runtime.memory_limit = '100G'");

      expect(limit).not.toContain('100');
      expect((await query('SHOW datafusion.runtime.memory_limit')).body).toContain('"100');
    });
  });

  test('the server itself answers: what is deployed, SQL to its readers, and its own refusals', async () => {
    const [seen, rows, nonsense] = [
      await ask('viewer', 'GET', '/services'),
      await query('SELECT name FROM sys_service'),
      await ask('deployer', 'POST', '/deployments'),
    ];

    expect(seen).toMatchObject({ status: 200, body: expect.stringContaining('"Greeter"') });
    expect(rows).toMatchObject({ status: 200, body: '{"rows":[{"name":"Greeter"}]}' });
    expect([nonsense.status, nonsense.body.includes('proxy')]).toEqual([422, false]);
  });
});

/** What a reader of state is answered. */
function readBySql({ adminPort }: RunningProxy, sql: string): Promise<Answer> {
  const headers = {
    host: ADMIN_HOSTNAME,
    authorization: `Bearer ${personToken([SCOPES.stateReader])}`,
    'content-type': 'application/json',
    accept: 'application/json',
  };
  return call(adminPort, { method: 'POST', path: '/query', headers, body: JSON.stringify({ query: sql }) });
}
