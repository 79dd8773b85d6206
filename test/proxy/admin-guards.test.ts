import { ADMIN_HOSTNAME, adminDoor, machineKey, personToken, REVOKED, SCOPES } from './admin-door';
import { call, callH2, type Answer, type Call } from './caller';
import { HOSTNAME, ingressPolicy, ISSUER, token } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

/** A guard of the operators' door, how it is taken out, and what then gets through. */
interface Guard {
  readonly guard: string;
  /** Takes the guard out of a rendered bootstrap. */
  readonly without: (bootstrap: Editable) => void;
  readonly attempt: Call;
  /** What the proxy answers while the guard stands. */
  readonly refused: number;
}

/** The HTTP connection manager of the operators' door. */
function manager(bootstrap: Editable): Editable {
  const door = bootstrap.static_resources.listeners.find(({ name }: { name: string }) => name === 'admin');
  return door.filter_chains[0].filters.at(-1).typed_config;
}

/** Its HTTP filters of a kind, by the last part of their name. */
function filters(bootstrap: Editable, name: string): Editable[] {
  return manager(bootstrap)
    .http_filters.filter((each: Editable) => each.name === `envoy.filters.http.${name}`)
    .map((each: Editable) => each.typed_config);
}

function providers(bootstrap: Editable): Editable {
  return filters(bootstrap, 'jwt_authn')[0].providers;
}

function withoutDenials(bootstrap: Editable): void {
  filters(bootstrap, 'rbac')[0].rules.policies = {};
}

/** What makes a request good in every respect but what is overridden. */
function shown(credential: string): NonNullable<Call['headers']> {
  return { host: ADMIN_HOSTNAME, authorization: `Bearer ${credential}` };
}

const { viewer, stateReader, deployer, operator } = SCOPES;
const LOOK: Call = { method: 'GET', path: '/deployments' };

const GUARDS: readonly Guard[] = [
  {
    guard: 'the rule that every path needs a token',
    without: (bootstrap) => {
      filters(bootstrap, 'jwt_authn')[0].rules = [];
      filters(bootstrap, 'rbac')[1].rules.policies.viewer.principals = [{ any: true }];
    },
    attempt: { ...LOOK, headers: { host: ADMIN_HOSTNAME, authorization: undefined } },
    refused: 401,
  },
  {
    guard: 'the audience of people: a token for the ingress opens nothing here',
    without: (bootstrap) => delete providers(bootstrap).issuer.audiences,
    attempt: { ...LOOK, headers: shown(personToken([viewer], { aud: 'orders' })) },
    refused: 403,
  },
  {
    guard: 'the audience of machines: an API key of the ingress opens nothing here',
    without: (bootstrap) => delete providers(bootstrap)['api-keys'].audiences,
    attempt: { ...LOOK, headers: shown(machineKey([viewer], { aud: HOSTNAME })) },
    refused: 403,
  },
  {
    guard: 'the keys of the issuer',
    without: (bootstrap) => {
      const [ingress] = bootstrap.static_resources.listeners[0].filter_chains[0].filters;
      const callers = ingress.typed_config.http_filters.find(({ name }: Editable) => name.endsWith('jwt_authn'));
      providers(bootstrap).issuer.local_jwks = callers.typed_config.providers.issuer.local_jwks;
    },
    attempt: { ...LOOK, headers: shown(token({ aud: 'operations', scope: viewer })) },
    refused: 401,
  },
  {
    guard: 'the list of withdrawn API keys',
    without: withoutDenials,
    attempt: { ...LOOK, headers: shown(machineKey([viewer], { jti: REVOKED })) },
    refused: 403,
  },
  {
    guard: 'the id that an API key must have, without which it could not be withdrawn',
    without: withoutDenials,
    attempt: { ...LOOK, headers: shown(machineKey([viewer], { jti: undefined })) },
    refused: 403,
  },
  {
    guard: 'the scope that a role takes',
    without: (bootstrap) => (filters(bootstrap, 'rbac')[1].rules.policies.viewer.principals = [{ any: true }]),
    attempt: { ...LOOK, headers: shown(personToken(['orders:write', `${viewer}er`, 'restate'])) },
    refused: 403,
  },
  {
    guard: 'the requests that a role has',
    without: (bootstrap) => (filters(bootstrap, 'rbac')[1].rules.policies.viewer.permissions = [{ any: true }]),
    attempt: { method: 'POST', path: '/query', body: '{}', headers: shown(personToken([viewer])) },
    refused: 403,
  },
  {
    guard: 'the requests that even an operator has: the server may have more',
    without: (bootstrap) => (filters(bootstrap, 'rbac')[1].rules.policies.operator.permissions = [{ any: true }]),
    attempt: {
      method: 'POST',
      path: '/internal/invocations_batch_operations/kill',
      headers: shown(personToken([operator])),
    },
    refused: 403,
  },
  {
    guard: 'ALLOW as the action',
    without: (bootstrap) => (filters(bootstrap, 'rbac')[1].rules.action = 'DENY'),
    attempt: { method: 'GET', path: '/ui/', headers: shown(personToken([operator])) },
    refused: 403,
  },
  {
    guard: 'the host names',
    without: (bootstrap) => (manager(bootstrap).route_config.virtual_hosts[0].domains = ['*']),
    attempt: { ...LOOK, headers: { ...shown(personToken([viewer])), host: HOSTNAME } },
    refused: 404,
  },
  {
    guard: 'the body limit',
    without: (bootstrap) => (filters(bootstrap, 'body_size_limit')[0].max_request_bytes = 10_000_000),
    attempt: {
      method: 'POST',
      path: '/deployments',
      body: 'x'.repeat(2_097_153),
      headers: shown(personToken([deployer])),
    },
    refused: 413,
  },
];

describe('a guard of the door of operators', () => {
  let upstream: Upstream;
  let guarded: RunningProxy;

  const start = (edit?: (bootstrap: Editable) => void): Promise<RunningProxy> =>
    startProxy({ ingress: ingressPolicy(), upstreamPort: upstream.port, admin: adminDoor(upstream.port) }, edit);

  beforeAll(async () => {
    upstream = await startUpstream();
    guarded = await start();
  });
  afterAll(async () => {
    await guarded?.stop();
    await upstream?.close();
  });

  /** The answer, and whether the attempt came through to the server. */
  async function attempt(
    proxy: RunningProxy,
    what: Call,
    protocol: typeof call = call,
  ): Promise<Answer & { through: boolean }> {
    const before = upstream.all.length;
    const answer = await protocol(proxy.adminPort, what);
    return { ...answer, through: upstream.all.length > before };
  }

  test.each(GUARDS)('is $guard', async ({ without, attempt: what, refused }) => {
    const open = await start(without);
    try {
      expect(await attempt(guarded, what)).toMatchObject({ status: refused, through: false });
      expect(await attempt(open, what)).toMatchObject({ status: 200, through: true });
    } finally {
      await open.stop();
    }
  });

  test('lets people and machines through, over both protocols', async () => {
    const credentials = [personToken([viewer]), machineKey([viewer]), personToken(['x', viewer, 'y'])];
    for (const credential of credentials) {
      const h2 = { ':authority': ADMIN_HOSTNAME, authorization: `Bearer ${credential}` };

      expect(await attempt(guarded, { ...LOOK, headers: shown(credential) })).toMatchObject({ status: 200 });
      expect(await attempt(guarded, { ...LOOK, headers: h2 }, callH2)).toMatchObject({ status: 200, through: true });
    }
  });

  test('admits whoever has several roles to what each of them may', async () => {
    const headers = shown(personToken([stateReader, deployer]));
    const statuses = await Promise.all(
      ['/query', '/deployments', '/subscriptions'].map((path) => attempt(guarded, { path, headers })),
    );

    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 403]);
  });

  test.each([
    ['no credential', {}, 401],
    [
      'two credentials',
      { authorization: [`Bearer ${personToken([operator])}`, `Bearer ${machineKey([operator])}`] },
      401,
    ],
    [
      'an API key that says it comes from the issuer',
      { authorization: `Bearer ${machineKey([operator], { iss: ISSUER, aud: 'operations' })}` },
      401,
    ],
    ['an expired token', { authorization: `Bearer ${personToken([operator], { exp: 1 })}` }, 401],
    ['a token without scopes', { authorization: `Bearer ${personToken([], { scope: undefined })}` }, 403],
    ['scopes elsewhere', { authorization: `Bearer ${personToken([], { scopes: [operator], scp: operator })}` }, 403],
  ])('refuses %s', async (_, headers, status) => {
    const what = { ...LOOK, headers: { host: ADMIN_HOSTNAME, authorization: undefined, ...headers } };

    expect(await attempt(guarded, what)).toMatchObject({ status, through: false });
  });

  test.each([
    '/deployments?',
    '/deployments?access_token=x',
    '/deployments/dp_1?force=true&x=1',
    '/deployments/dp_1?FORCE=true',
    '/deployments/dp_1?force=true%26x=1',
    '/deployments/dp_1?force=',
    '/deployments/dp_1?%66orce=true',
    '/deployments/dp_1%3Fforce=true',
    '/deployments/dp_1/?force=true',
    '/services/a%2Fb',
    '/v4/../internal/x',
    '/v4/%69nternal/x',
  ])('refuses an operator the path %s', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status, through } = await attempt(guarded, { method, path, headers: shown(personToken([operator])) });

      expect(through).toBe(false);
      expect([400, 403]).toContain(status);
    }
  });

  test.each(['/deployments/../query', '/deployments/%2e%2e/query', '/health;/../query', '//query', '/./query'])(
    'sees what the path %s is before it asks whose it is',
    async (path) => {
      const as = (role: string): ReturnType<typeof attempt> =>
        attempt(guarded, { path, headers: shown(personToken([role])) });

      expect(await as(viewer)).toMatchObject({ status: 403, through: false });
      expect(await as(stateReader)).toMatchObject({ status: 200, through: true });
      expect(upstream.all.at(-1)?.path).toBe('/query');
    },
  );

  test('tells the server nothing of who asks, and nobody what the server adds', async () => {
    const headers = { ...shown(personToken([viewer])), cookie: 'a=b', 'x-forwarded-for': '203.0.113.9', accept: '*/*' };
    const answer = await attempt(guarded, { ...LOOK, headers });

    expect(Object.keys(upstream.all.at(-1)!.headers).sort()).toEqual(['accept', 'host']);
    expect(answer.headers).not.toHaveProperty('x-internal');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('writes down who asked for what and which role admitted it, without query, token or body', async () => {
    const path = '/v4/subscriptions';
    const headers = shown(machineKey([stateReader]));
    await attempt(guarded, { method: 'GET', path: `${path}?sink=service://planted/x`, headers });
    await attempt(guarded, { method: 'POST', path, headers, body: '{"planted":1}' });
    const lines = await guarded.accessLog(path, 2);

    expect(lines).toMatchObject([
      { log: 'admin', method: 'GET', sub: 'pipeline', role: 'stateReader', verdict: 'allowed', status: 200 },
      { log: 'admin', method: 'POST', sub: 'pipeline', role: null, verdict: 'denied', status: 403 },
    ]);
    expect(guarded.log()).not.toMatch(/planted|Bearer|eyJ/);
  });
});
