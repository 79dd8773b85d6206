import { call, callH2, type Answer, type Call } from './caller';
import { callersByCertificate, type CallersByCertificate, DEPOT, SHOP } from './callers-by-certificate';
import { clientAuthority, type ClientCertificate } from './client-authority';
import { filter, tls } from './editable-parts';
import { bearer, ingressPolicy } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

/** Who shows up, how the proxy says no, and without what it would not. */
interface Guard {
  readonly client: string;
  /** The alert as Node.js names it, or the status. */
  readonly refused: string | number;
  readonly guard: string;
  readonly without: (bootstrap: Editable) => void;
}

const GUARDS: readonly Guard[] = [
  {
    client: 'none',
    refused: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    guard: 'the demand for a certificate, and for its name, in the handshake and after',
    without: (bootstrap) => {
      optional(bootstrap);
      anybody(bootstrap);
    },
  },
  {
    client: 'foreign',
    refused: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    guard: 'the authorities',
    without: (bootstrap) => (defaults(bootstrap).trust_chain_verification = 'ACCEPT_UNTRUSTED'),
  },
  {
    client: 'other',
    refused: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN',
    guard: 'the exact names, in the handshake and after',
    without: (bootstrap) => {
      delete defaults(bootstrap).match_typed_subject_alt_names;
      anybody(bootstrap);
    },
  },
  { client: 'wildcard', refused: 403, guard: 'the exact names after the handshake', without: anybody },
  {
    client: 'server',
    refused: 'ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE',
    guard: 'the check of the chain, purpose included',
    without: (bootstrap) => (defaults(bootstrap).trust_chain_verification = 'ACCEPT_UNTRUSTED'),
  },
  {
    client: 'expired',
    refused: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
    guard: 'the end of a certificate',
    without: (bootstrap) => (defaults(bootstrap).allow_expired_certificate = true),
  },
  {
    client: 'revoked',
    refused: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED',
    guard: 'the revocation list',
    without: (bootstrap) => {
      const { common_tls_context: common } = tls(bootstrap);
      common.validation_context = common.combined_validation_context.default_validation_context;
      delete common.combined_validation_context;
    },
  },
];

describe('mutual TLS', () => {
  let callers: CallersByCertificate;
  let clients: Readonly<Record<string, ClientCertificate | undefined>>;
  let upstream: Upstream;
  let guarded: RunningProxy;

  beforeAll(async () => {
    callers = await callersByCertificate();
    const { authority, revoked } = callers;
    clients = {
      none: undefined,
      foreign: await (await clientAuthority('callers')).issue({ uris: [SHOP] }),
      other: await authority.issue({ uris: [`${SHOP}x`] }),
      // The handshake takes it for depot.internal.example.com.
      wildcard: await authority.issue({ names: ['*.internal.example.com'] }),
      server: await authority.issue({ uris: [SHOP], purpose: 'server' }),
      expired: await authority.issue({ uris: [SHOP], lifeMs: -60_000 }),
      revoked,
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
    const { auth, list } = callers;
    const ingress = ingressPolicy({ auth });
    return startProxy({ ingress, upstreamPort: upstream.port, revocationDirectory: list.folder }, edit);
  }

  async function attempt(
    proxy: RunningProxy,
    client: ClientCertificate | undefined,
    headers: Call['headers'] = {},
    protocol = call,
  ): Promise<Answer & { through: boolean }> {
    const before = upstream.all.length;
    const what = { headers: { authorization: undefined, ...headers }, ...(client && { client }) };
    const answer = await protocol(proxy.port, what);
    return { ...answer, through: upstream.all.length > before };
  }

  test.each(['shop', 'depot'] as const)('admits the certificate of %s, over both protocols', async (name) => {
    for (const protocol of [call, callH2] as const) {
      expect(await attempt(guarded, callers[name], {}, protocol)).toMatchObject({ status: 200, through: true });
    }
  });

  test('admits a certificate that is made for no purpose in particular', async () => {
    const client = await callers.authority.issue({ uris: [SHOP], purpose: 'any' });

    expect(await attempt(guarded, client)).toMatchObject({ status: 200, through: true });
  });

  test.each(GUARDS)('refuses $client, by $guard', async ({ client, refused, without }) => {
    const open = await start(without);
    try {
      const expected = typeof refused === 'number' ? { status: refused } : { status: 0, error: refused };
      expect(await attempt(guarded, clients[client])).toMatchObject({ ...expected, through: false });
      expect(await attempt(open, clients[client])).toMatchObject({ status: 200, through: true });
    } finally {
      await open.stop();
    }
  });

  test('demands a certificate for its name alone, and a name even where the handshake demands none', async () => {
    const named = await start((bootstrap) => (tls(bootstrap).require_client_certificate = false));
    const lax = await start(optional);
    const answers = [await attempt(named, undefined), await attempt(lax, undefined)];
    await Promise.all([named.stop(), lax.stop()]);

    expect(answers).toMatchObject([{ error: GUARDS[0]?.refused }, { status: 403, through: false }]);
  });

  test.each([
    ['a token', bearer()],
    ['a password', { authorization: 'Basic YTpi' }],
  ])('refuses %s beside a certificate: a request has one credential', async (_, headers) => {
    expect(await attempt(guarded, callers.shop, headers)).toMatchObject({ status: 403, through: false });
  });

  test('tells the server nothing of the certificate, nor what a caller says of one', async () => {
    await attempt(guarded, callers.shop, { 'x-forwarded-client-cert': `URI=${SHOP}` });

    expect(Object.keys(upstream.all.at(-1)!.headers).sort()).toEqual(['content-length', 'host']);
  });

  test('writes down whom it refused in the handshake and why, and no line for others', async () => {
    const proxy = await start();
    for (const name of ['none', 'revoked', 'foreign'] as const) await attempt(proxy, clients[name]);
    await attempt(proxy, callers.shop);
    const lines = await proxy.handshakes(3);
    await proxy.stop();

    expect(lines).toMatchObject([
      { claimed: null, serial: null, reason: expect.stringContaining('peer_did_not_provide') as string },
      { claimed: SHOP, serial: callers.revoked.serialNumber, reason: expect.stringContaining('revoked') as string },
      { claimed: SHOP, reason: expect.stringMatching(/CERTIFICATE_VERIFY_FAILED/) as string },
    ]);
  });

  test('writes down who called and until when the certificate is good', async () => {
    const path = '/Greeter/logged';
    await attempt(guarded, callers.depot, {}, (port, what) => call(port, { ...what, path }));
    const [line] = await guarded.accessLog(path);

    expect(line).toMatchObject({ log: 'ingress', status: 200, sub: null, certificate: DEPOT });
    expect(Number(line?.exp) * 1_000 - Date.now()).toBeGreaterThan(80_000_000);
  });
});

function defaults(bootstrap: Editable): Editable {
  return tls(bootstrap).common_tls_context.combined_validation_context.default_validation_context;
}

function optional(bootstrap: Editable): void {
  tls(bootstrap).require_client_certificate = false;
  delete defaults(bootstrap).match_typed_subject_alt_names;
}

function anybody(bootstrap: Editable): void {
  filter(bootstrap, 'rbac').rules.policies['call-handlers'].principals = [{ any: true }];
}
