import { bearer, INLINE_AUTH, ingressPolicy, ISSUER, ORIGIN, token } from './policy';
import { call, callH2, type Answer, type Call } from './caller';
import { filter, manager, provider, rules } from './editable-parts';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

/** A guard of the bootstrap, how it is taken out, and what then gets through. */
interface Guard {
  readonly guard: string;
  /** Takes the guard out of a rendered bootstrap. */
  readonly without: (bootstrap: Editable) => void;
  readonly attempt: Call & { readonly protocol?: 'h2' };
  /** What the proxy answers while the guard stands. */
  readonly refused: number;
}

const withoutRule =
  (index: number) =>
  (bootstrap: Editable): void =>
    rules(bootstrap).splice(index, 1);

const now = Math.floor(Date.now() / 1_000);
const GUARDS: readonly Guard[] = [
  {
    guard: 'the one rule that every path needs a token',
    without: (bootstrap) => (filter(bootstrap, 'jwt_authn').rules = []),
    attempt: { headers: { authorization: undefined } },
    refused: 401,
  },
  {
    guard: 'what the rule requires',
    without: (bootstrap) => delete filter(bootstrap, 'jwt_authn').rules[0].requires,
    attempt: { headers: { authorization: undefined } },
    refused: 401,
  },
  {
    guard: 'a rule for all paths, not for some',
    without: (bootstrap) => (filter(bootstrap, 'jwt_authn').rules[0].match = { prefix: '/Cart' }),
    attempt: { headers: { authorization: undefined } },
    refused: 401,
  },
  {
    guard: 'a token that may not be missing',
    without: (bootstrap) =>
      (filter(bootstrap, 'jwt_authn').rules[0].requires = {
        requires_any: { requirements: [{ provider_name: 'issuer' }, { allow_missing: {} }] },
      }),
    attempt: { headers: { authorization: undefined } },
    refused: 401,
  },
  {
    guard: 'the audiences',
    without: (bootstrap) => delete provider(bootstrap).audiences,
    attempt: { headers: bearer({ aud: 'billing' }) },
    refused: 403,
  },
  {
    guard: 'the issuer',
    without: (bootstrap) => delete provider(bootstrap).issuer,
    attempt: { headers: bearer({ iss: 'https://evil.example.com/' }) },
    refused: 401,
  },
  {
    guard: 'the required expiry',
    without: (bootstrap) => {
      provider(bootstrap).require_expiration = false;
      delete provider(bootstrap).max_lifetime;
    },
    attempt: { headers: bearer({ exp: undefined }) },
    refused: 401,
  },
  {
    guard: 'the longest lifetime',
    without: (bootstrap) => delete provider(bootstrap).max_lifetime,
    attempt: { headers: bearer({ exp: now + 864_000 }) },
    refused: 401,
  },
  {
    guard: 'the clock skew',
    without: (bootstrap) => (provider(bootstrap).clock_skew_seconds = 300),
    attempt: { headers: bearer({ iat: now - 600, exp: now - 120 }) },
    refused: 401,
  },
  {
    guard: 'the Authorization header as the only place of a token',
    without: (bootstrap) => {
      delete provider(bootstrap).from_headers;
      rules(bootstrap).splice(3, 1);
    },
    attempt: { path: `/Greeter/greet?access_token=${token()}`, headers: { authorization: undefined } },
    refused: 401,
  },
  { guard: 'POST as the only method', without: withoutRule(0), attempt: { method: 'GET' }, refused: 403 },
  { guard: 'the grammar of paths', without: withoutRule(1), attempt: { path: '/openapi' }, refused: 403 },
  { guard: 'the endpoints of the server', without: withoutRule(2), attempt: { path: '/restate/health' }, refused: 403 },
  {
    guard: 'the query allow-list',
    without: withoutRule(3),
    attempt: { path: '/Greeter/greet?access_token=x' },
    refused: 403,
  },
  {
    guard: 'the origins',
    without: withoutRule(4),
    attempt: { headers: { origin: 'https://evil.example.com' } },
    refused: 403,
  },
  {
    guard: 'ALLOW as the action',
    without: (bootstrap) => (filter(bootstrap, 'rbac').rules.action = 'DENY'),
    attempt: { path: '/openapi' },
    refused: 403,
  },
  {
    guard: 'rules at all: authorisation without them is open',
    without: (bootstrap) => delete filter(bootstrap, 'rbac').rules,
    attempt: { path: '/openapi' },
    refused: 403,
  },
  {
    guard: 'the host names',
    without: (bootstrap) => (manager(bootstrap).route_config.virtual_hosts[0].domains = ['*']),
    attempt: { headers: { host: 'evil.example.com' } },
    refused: 404,
  },
  {
    guard: 'the body limit',
    without: (bootstrap) => (filter(bootstrap, 'body_size_limit').max_request_bytes = 1_000_000),
    attempt: { body: 'x'.repeat(1_001) },
    refused: 413,
  },
  {
    guard: 'the body limit, over HTTP/2 without a length',
    without: (bootstrap) => (filter(bootstrap, 'body_size_limit').max_request_bytes = 1_000_000),
    attempt: { protocol: 'h2', body: 'x'.repeat(1_001) },
    refused: 413,
  },
];

describe('a guard of the proxy', () => {
  const ingress = ingressPolicy({ limits: { maxBodyBytes: 1_000 } });
  let upstream: Upstream;
  let guarded: RunningProxy;

  beforeAll(async () => {
    upstream = await startUpstream();
    guarded = await startProxy({ ingress, upstreamPort: upstream.port });
  });
  afterAll(async () => {
    await guarded?.stop();
    await upstream?.close();
  });

  /** The answer, and whether the attempt came through to the server. */
  async function attempt(
    proxy: RunningProxy,
    { protocol, ...what }: Guard['attempt'],
  ): Promise<Answer & { through: boolean }> {
    const before = upstream.all.length;
    const answer = await (protocol === 'h2' ? callH2 : call)(proxy.port, what);
    return { ...answer, through: upstream.all.length > before };
  }

  test('lets a good call through, over both protocols', async () => {
    for (const protocol of [undefined, 'h2'] as const) {
      const answer = await attempt(guarded, { body: 'x'.repeat(1_000), ...(protocol && { protocol }) });

      expect(answer).toMatchObject({ status: 200, through: true, body: '"hello"' });
    }
  });

  test.each(GUARDS)('is $guard', async ({ without, attempt: what, refused }) => {
    const open = await startProxy({ ingress, upstreamPort: upstream.port }, without);
    try {
      expect(await attempt(guarded, what)).toMatchObject({ status: refused, through: false });
      expect(await attempt(open, what)).toMatchObject({ status: 200, through: true });
    } finally {
      await open.stop();
    }
  });

  test.each([
    ['no token', { authorization: undefined }, 401],
    ['the scheme in another spelling', { authorization: `bearer ${token()}` }, 401],
    ['another scheme', { authorization: `Basic ${token()}` }, 401],
    ['another issuer whose name begins like ours', bearer({ iss: `${ISSUER}x` }), 401],
    ['a token that is not valid yet', bearer({ nbf: now + 120 }), 401],
    [
      'a changed payload',
      { authorization: `Bearer ${token().replace(/\.[^.]+\./, `.${Buffer.from('{}').toString('base64url')}.`)}` },
      401,
    ],
    ['no audience', bearer({ aud: undefined }), 403],
    ['two tokens', { authorization: [`Bearer ${token()}`, `Bearer ${token()}`] }, 401],
    ['a foreign origin beside the good one', { origin: `${ORIGIN}, https://evil.example.com` }, 403],
  ])('refuses %s', async (_, headers, status) => {
    expect(await attempt(guarded, { headers })).toMatchObject({ status, through: false });
  });

  test('takes an audience without regard to its scheme and final slash', async () => {
    const auth = { ...INLINE_AUTH, audiences: ['https://orders.example.com/'] };
    const proxy = await startProxy({ ingress: ingressPolicy({ auth }), upstreamPort: upstream.port });
    const of = (aud: string): Promise<Answer> => call(proxy.port, { headers: bearer({ aud }) });
    const answers = [await of('http://orders.example.com'), await of('orders.example.com.evil'), await of('orders')];
    await proxy.stop();

    expect(answers.map(({ status }) => status)).toEqual([200, 403, 403]);
  });

  test.each([
    '/restate/call/Greeter/greet',
    '/RESTATE/health',
    '/%72estate/health',
    '/%2572estate/health',
    '/%%37restate/health',
    '//restate/health',
    '/./restate/health',
    '/Greeter/../restate/health',
    '/Greeter/..;/restate/health',
    '/restate;a/health',
    '/restate/awakeables/prom_1/resolve',
    '/restate/workflow/Checkout/1/output',
    '/..%c0%af/restate/x',
    '/Greeter',
    '/',
    '/Greeter/greet/',
    '/Greeter/a/b/greet/send',
    '/Greeter/greet?',
    '/Greeter/greet?delay=1s&access_token=x',
    '/Greeter/greet?delay=1s%26x=1',
    '/Greeter/greet?DELAY=1s',
    '/Greeter/greet?delay=',
    '/Gr%65eter%00/greet',
    '/Greeter/gr%2Feet/x%2F',
  ])('refuses the path %s', async (path) => {
    const { status, through } = await attempt(guarded, { path });

    expect(through).toBe(false);
    expect([400, 403]).toContain(status);
  });

  test.each([
    ['/Greeter/greet', '/Greeter/greet'],
    ['/Greeter/greet/send', '/Greeter/greet/send'],
    ['/Greeter/greet/send?delay=10s', '/Greeter/greet/send?delay=10s'],
    ['/Cart/a%2Fb/add', '/Cart/a%2Fb/add'],
    ['/Cart/alice@example.com/add/send', '/Cart/alice@example.com/add/send'],
    ['/my.package.Service/handle_it', '/my.package.Service/handle_it'],
    ['//Greeter/./x/../greet', '/Greeter/greet'],
  ])('lets the path %s through as %s', async (path, seen) => {
    expect(await attempt(guarded, { path })).toMatchObject({ status: 200, through: true });
    expect(upstream.all.at(-1)?.path).toBe(seen);
  });
});
