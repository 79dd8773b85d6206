import { IngressAuth } from '../../lib/core/ingress-auth';
import { API_KEYS, apiKey, REVOKED_ID } from './api-keys';
import { call, type Answer, type Call } from './caller';
import { callersByCertificate, type CallersByCertificate, SHOP } from './callers-by-certificate';
import { clientAuthority, type ClientCertificate } from './client-authority';
import { filter } from './editable-parts';
import { bearer, INLINE_AUTH, ingressPolicy, token } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

const NONE = { authorization: undefined };

/** What else is shown. */
const HEADERS = {
  nothing: NONE,
  'a good token': bearer(),
  'a good key': apiKey(),
  'a token for another': bearer({ aud: 'billing' }),
  'an expired token': bearer({ exp: 1 }),
  'an expired key': apiKey({ exp: 1 }),
  'a withdrawn key': apiKey({ jti: REVOKED_ID }),
  'no token at all': { authorization: 'Bearer x' },
  'a good token in another scheme': { authorization: `bearer ${token()}` },
  'a password': { authorization: 'Basic YTpi' },
  'an empty header': { authorization: '' },
} as const;

/** The certificate, what stands beside it, and what the proxy says: a status or an alert. */
const COMBINATIONS: readonly (readonly [string, keyof typeof HEADERS, number | string])[] = [
  ['none', 'nothing', 403],
  ['none', 'a good token', 200],
  ['none', 'a good key', 200],
  ['none', 'a token for another', 403],
  ['none', 'an expired token', 401],
  ['none', 'a withdrawn key', 403],
  ['none', 'a password', 403],
  ['shop', 'nothing', 200],
  ['shop', 'a good token', 403],
  ['shop', 'a good key', 403],
  ['shop', 'an expired token', 401],
  ['shop', 'an expired key', 401],
  ['shop', 'no token at all', 401],
  ['shop', 'a good token in another scheme', 403],
  ['shop', 'a password', 403],
  ['shop', 'an empty header', 403],
  ['depot', 'nothing', 200],
  ['other', 'nothing', 403],
  ['other', 'a good token', 403],
  ['wildcard', 'nothing', 403],
  ['foreign', 'a good token', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
  ['revoked', 'a good token', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED'],
  ['expired', 'a good key', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED'],
];

describe('any of a token, an API key and a certificate', () => {
  let callers: CallersByCertificate;
  let clients: Readonly<Record<string, ClientCertificate | undefined>>;
  let upstream: Upstream;
  let guarded: RunningProxy;

  beforeAll(async () => {
    callers = await callersByCertificate();
    const { authority, shop, depot, revoked } = callers;
    clients = {
      none: undefined,
      shop,
      depot,
      revoked,
      other: await authority.issue({ uris: [`${SHOP}x`] }),
      wildcard: await authority.issue({ names: ['*.internal.example.com'] }),
      expired: await authority.issue({ uris: [SHOP], lifeMs: -60_000 }),
      foreign: await (await clientAuthority('callers')).issue({ uris: [SHOP] }),
    };
    upstream = await startUpstream();
    guarded = await start();
  });
  afterAll(async () => {
    await guarded?.stop();
    await upstream?.close();
    callers?.list.remove();
  });

  function start(edit?: (bootstrap: Editable) => void): Promise<RunningProxy> {
    const ingress = ingressPolicy({ auth: IngressAuth.anyOf(INLINE_AUTH, API_KEYS, callers.auth) });
    const revocationDirectory = callers.list.folder;
    return startProxy({ ingress, upstreamPort: upstream.port, revocationDirectory }, edit);
  }

  async function attempt(
    proxy: RunningProxy,
    name: string,
    headers: Call['headers'],
  ): Promise<Answer & { through: boolean }> {
    const before = upstream.all.length;
    const client = clients[name];
    const answer = await call(proxy.port, { headers: headers ?? {}, ...(client && { client }) });
    return { ...answer, through: upstream.all.length > before };
  }

  test.each(COMBINATIONS)('with the certificate of %s and %s is answered %s', async (name, beside, said) => {
    const expected = typeof said === 'number' ? { status: said } : { status: 0, error: said };

    expect(await attempt(guarded, name, HEADERS[beside])).toMatchObject({ ...expected, through: said === 200 });
  });

  test.each<readonly [string, string, Call['headers'], number, (principals: Editable) => void]>([
    ['somebody at all', 'none', NONE, 403, (each) => each.push({ any: true })],
    ['a name', 'other', NONE, 403, (each) => each.push({ any: true })],
    ['one credential, of a token', 'shop', bearer(), 403, (each) => eachOf(each).push(eachOf(each)[0].and_ids.ids[0])],
    [
      'one credential, of a certificate',
      'shop',
      { authorization: 'Basic YTpi' },
      403,
      (each) => eachOf(each).push({ authenticated: { principal_name: { exact: SHOP } } }),
    ],
  ])('demands %s', async (_, name, headers, refused, without) => {
    const open = await start((bootstrap) =>
      without(filter(bootstrap, 'rbac').rules.policies['call-handlers'].principals),
    );
    try {
      expect(await attempt(guarded, name, headers)).toMatchObject({ status: refused, through: false });
      expect(await attempt(open, name, headers)).toMatchObject({ status: 200, through: true });
    } finally {
      await open.stop();
    }
  });

  test('refuses a bad token beside a good certificate, unless what failed may be ignored', async () => {
    const open = await start((bootstrap) => {
      filter(bootstrap, 'jwt_authn').rules[0].requires.requires_any.requirements[2] = { allow_missing_or_failed: {} };
      filter(bootstrap, 'rbac').rules.policies['call-handlers'].principals = [{ any: true }];
    });
    const answer = await attempt(open, 'shop', bearer({ exp: 1 }));
    await open.stop();

    expect(answer).toMatchObject({ status: 200, through: true });
  });

  test('writes down whichever was shown', async () => {
    const path = '/Greeter/logged';
    for (const [client, headers] of [
      [undefined, bearer()],
      [undefined, apiKey()],
      [callers.shop, NONE],
    ] as const) {
      await call(guarded.port, { path, headers, ...(client && { client }) });
    }
    const lines = await guarded.accessLog(path, 3);

    expect(lines.map(({ sub, certificate }) => [sub, certificate])).toEqual([
      ['alice', null],
      ['warehouse', null],
      [null, SHOP],
    ]);
    expect(lines.every(({ exp }) => Number(exp) > Date.now() / 1_000)).toBe(true);
  });
});

function eachOf([principal]: Editable): Editable {
  return principal.or_ids.ids;
}
