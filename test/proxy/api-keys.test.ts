import { API_KEY_ISSUER } from '../../lib/core/api-keys-auth';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { API_KEYS, apiKey, REVOKED_BEFORE, REVOKED_ID } from './api-keys';
import { call, callH2, type Answer, type Call } from './caller';
import { filter, manager } from './editable-parts';
import { bearer, HOSTNAME, INLINE_AUTH, ingressPolicy, ISSUER } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

const now = Math.floor(Date.now() / 1_000);

/** What is wrong with a key, how the proxy says no, and without what it would not. */
const GUARDS: readonly (readonly [string, Call['headers'], number, (bootstrap: Editable) => void])[] = [
  ['none at all', { authorization: undefined }, 401, (bootstrap) => (filter(bootstrap, 'jwt_authn').rules = [])],
  ['another host name', apiKey({ aud: `x.${HOSTNAME}` }), 403, (bootstrap) => delete keys(bootstrap).audiences],
  ['another issuer', apiKey({ iss: ISSUER }), 401, (bootstrap) => delete keys(bootstrap).issuer],
  [
    'no end',
    apiKey({ exp: undefined }),
    401,
    (bootstrap) => {
      keys(bootstrap).require_expiration = false;
      delete keys(bootstrap).max_lifetime;
    },
  ],
  ['too long a life', apiKey({ exp: now + 91 * 86_400 }), 401, (bootstrap) => delete keys(bootstrap).max_lifetime],
  [
    'its end behind it',
    apiKey({ iat: now - 600, exp: now - 120 }),
    401,
    (bootstrap) => (keys(bootstrap).clock_skew_seconds = 300),
  ],
  ['been withdrawn', apiKey({ jti: REVOKED_ID }), 403, (bootstrap) => delete denied(bootstrap)['api-key-revoked']],
  [
    'been withdrawn before others were',
    apiKey({ jti: REVOKED_BEFORE }),
    403,
    (bootstrap) => delete denied(bootstrap)['api-key-revoked'],
  ],
  ['no id', apiKey({ jti: undefined }), 403, (bootstrap) => delete denied(bootstrap)['api-key-without-id']],
  [
    'an id that cannot be withdrawn',
    apiKey({ jti: 'a b' }),
    403,
    (bootstrap) => delete denied(bootstrap)['api-key-without-id'],
  ],
];

describe('API keys', () => {
  let upstream: Upstream;
  let guarded: RunningProxy;
  let either: RunningProxy;

  beforeAll(async () => {
    upstream = await startUpstream();
    guarded = await start();
    const auth = IngressAuth.anyOf(INLINE_AUTH, API_KEYS);
    either = await startProxy({ ingress: ingressPolicy({ auth }), upstreamPort: upstream.port });
  });
  afterAll(async () => {
    await Promise.all([guarded?.stop(), either?.stop()]);
    await upstream?.close();
  });

  function start(edit?: (bootstrap: Editable) => void): Promise<RunningProxy> {
    return startProxy({ ingress: ingressPolicy({ auth: API_KEYS }), upstreamPort: upstream.port }, edit);
  }

  async function attempt(proxy: RunningProxy, what: Call, protocol = call): Promise<Answer & { through: boolean }> {
    const before = upstream.all.length;
    const answer = await protocol(proxy.port, what);
    return { ...answer, through: upstream.all.length > before };
  }

  test('open the door of their host name, over both protocols, and go no further', async () => {
    for (const protocol of [call, callH2]) {
      expect(await attempt(guarded, { headers: apiKey() }, protocol)).toMatchObject({ status: 200, through: true });
      expect(upstream.all.at(-1)?.headers).not.toHaveProperty('authorization');
    }
  });

  test.each(GUARDS)('are refused with %s', async (_, headers, refused, without) => {
    const open = await start(without);
    try {
      expect(await attempt(guarded, { headers })).toMatchObject({ status: refused, through: false });
      expect(await attempt(open, { headers })).toMatchObject({ status: 200, through: true });
    } finally {
      await open.stop();
    }
  });

  test.each([
    ['a token of an identity provider', bearer()],
    ['a token that says it is a key', bearer({ iss: API_KEY_ISSUER, aud: HOSTNAME, jti: 'key-00000001' })],
    ['two keys', { authorization: [apiKey().authorization, apiKey().authorization] }],
    ['a key in another header', { authorization: undefined, 'x-api-key': apiKey().authorization.slice(7) }],
  ])('are not to be replaced by %s', async (_, headers) => {
    expect(await attempt(guarded, { headers })).toMatchObject({ status: 401, through: false });
  });

  test('are named in the log with their end, and by why they were refused', async () => {
    const path = '/Greeter/logged';
    await attempt(guarded, { path, headers: apiKey() });
    await attempt(guarded, { path, headers: apiKey({ jti: REVOKED_ID }) });
    const lines = await guarded.accessLog(path, 2);

    expect(lines).toMatchObject([
      { status: 200, sub: 'warehouse', api_key: 'key-00000001', exp: expect.any(Number) as number },
      {
        status: 403,
        sub: 'warehouse',
        api_key: REVOKED_ID,
        details: 'rbac_access_denied_matched_policy[api-key-revoked]',
      },
    ]);
    expect(guarded.log()).not.toContain(apiKey().authorization.slice(7, 60));
  });

  test.each([
    ['a token', bearer(), 200],
    ['an API key', apiKey(), 200],
    ['neither', { authorization: undefined }, 401],
    ['a token with the issuer of the keys', bearer({ iss: API_KEY_ISSUER, aud: HOSTNAME, jti: 'key-00000001' }), 401],
    ['a key with the issuer of the tokens', apiKey({ iss: ISSUER, aud: 'orders' }), 401],
    ['a key for the audience of the tokens', apiKey({ aud: 'orders' }), 403],
    ['a token for the audience of the keys', bearer({ aud: HOSTNAME }), 403],
    [
      'a token and a withdrawn key',
      { authorization: [bearer().authorization, apiKey({ jti: REVOKED_ID }).authorization] },
      401,
    ],
    ['a token with the id of a withdrawn key', bearer({ jti: REVOKED_ID }), 200],
    ['a withdrawn key', apiKey({ jti: REVOKED_ID }), 403],
  ])('beside tokens: %s', async (_, headers, status) => {
    expect(await attempt(either, { headers })).toMatchObject({ status, through: status === 200 });
  });

  test('beside tokens: each is named in the log', async () => {
    const path = '/Greeter/either';
    await attempt(either, { path, headers: bearer() });
    await attempt(either, { path, headers: apiKey() });
    const lines = await either.accessLog(path, 2);

    expect(lines.map(({ sub, exp }) => [sub, typeof exp])).toEqual([
      ['alice', 'number'],
      ['warehouse', 'number'],
    ]);
  });
});

function keys(bootstrap: Editable): Editable {
  return filter(bootstrap, 'jwt_authn').providers['api-keys'];
}

/** What is denied among the keys, by the second of the two filters. */
function denied(bootstrap: Editable): Editable {
  const [, deny] = manager(bootstrap).http_filters.filter(({ name }: Editable) => name === 'envoy.filters.http.rbac');
  return deny.typed_config.rules.policies;
}
