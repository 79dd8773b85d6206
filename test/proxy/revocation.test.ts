import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import type { IngressAuth } from '../../lib/core/ingress-auth';
import { renderRevocationResource } from '../../lib/proxy/revocation-list';
import { call, type Answer } from './caller';
import { callersByCertificate, type CallersByCertificate, SHOP } from './callers-by-certificate';
import { clientAuthority, type ClientCertificate } from './client-authority';
import { manager, tls } from './editable-parts';
import { HOSTNAME, ingressPolicy } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

const REVOKED = 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED';
const UNKNOWN = 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA';
const EXPIRED = 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED';

describe('the revocation list', () => {
  let callers: CallersByCertificate;
  let upstream: Upstream;

  beforeAll(async () => {
    upstream = await startUpstream();
  });
  beforeEach(async () => {
    callers = await callersByCertificate();
  });
  afterEach(() => callers.list.remove());
  afterAll(() => upstream?.close());

  async function running<T>(
    use: (proxy: RunningProxy) => Promise<T>,
    edit?: (bootstrap: Editable) => void,
    auth: IngressAuth = callers.auth,
  ): Promise<T> {
    const ingress = ingressPolicy({ auth });
    const revocationDirectory = callers.list.folder;
    const proxy = await startProxy({ ingress, upstreamPort: upstream.port, revocationDirectory }, edit);
    try {
      return await use(proxy);
    } finally {
      await proxy.stop();
    }
  }

  /** What comes back over a connection of so long a life, and how that ends. */
  function lasting(path: string, life?: string): Promise<string> {
    return running(
      (proxy) => exchange(open(proxy, callers.shop, { path })),
      (bootstrap) => {
        const { common_http_protocol_options: options } = manager(bootstrap);
        expect(options.max_connection_duration).toBe('300s');
        options.max_connection_duration = life;
        manager(bootstrap).drain_timeout = '0.1s';
      },
    );
  }

  test('is taken up while the proxy runs, in both directions', async () => {
    const { authority, shop, revoked, list } = callers;
    await running(async (proxy) => {
      expect([await told(proxy, shop), await told(proxy, revoked)]).toEqual([200, REVOKED]);
      list.publish(await authority.revoke([shop.serialNumber]));
      expect([await told(proxy, shop, 200), await told(proxy, revoked, REVOKED)]).toEqual([REVOKED, 200]);
    });
  });

  test('refuses everybody once it has expired', async () => {
    const { authority, shop, depot, list } = callers;
    await running(async (proxy) => {
      list.publish(await authority.revoke([shop.serialNumber], -1_000));
      expect([await told(proxy, depot, 200), await told(proxy, shop)]).toEqual([EXPIRED, EXPIRED]);
    });
  });

  test('refuses everybody when it is of another authority', async () => {
    const { depot, list } = callers;
    list.publish(await (await clientAuthority('others')).revoke(['01']));
    await running(async (proxy) => expect(await told(proxy, depot)).not.toBe(200));
  });

  test('is needed of each authority', async () => {
    const { authority, auth, shop, list } = callers;
    const second = await clientAuthority('second');
    const other = await second.issue({ uris: [SHOP] });
    const own = await authority.revoke(['01']);
    await running(
      async (proxy) => {
        list.publish(own + (await second.revoke(['01'])));
        expect([await told(proxy, shop), await told(proxy, other)]).toEqual([200, 200]);
        list.publish(own);
        expect([await told(proxy, other, 200), await told(proxy, shop)]).toEqual([UNKNOWN, 200]);
      },
      undefined,
      { ...auth, ca: auth.ca + second.certificate },
    );
  });

  test('is all that its file may hold: an authority in it would take the place of the stated one', async () => {
    const foreign = await clientAuthority('foreign');
    const client = await foreign.issue({ uris: [SHOP] });
    const file = JSON.parse(renderRevocationResource(await foreign.revoke(['01'])));
    file.resources[0].validation_context.trusted_ca = { inline_string: foreign.certificate };
    await running(async (proxy) => {
      expect(await told(proxy, client)).toBe(UNKNOWN);
      callers.list.write(JSON.stringify(file));
      expect(await told(proxy, client, UNKNOWN)).toBe(200);
    });
  });

  test('stays the last good one when the next cannot be read, or is none', async () => {
    const { shop, revoked, list } = callers;
    await running(async (proxy) => {
      await told(proxy, shop);
      for (const text of ['not JSON', '{"resources":[]}', '{}']) {
        list.write(text);
        await sleep(300);
        expect([await told(proxy, shop), await told(proxy, revoked)]).toEqual([200, REVOKED]);
      }
    });
  });

  test('is awaited: without one nobody is admitted', async () => {
    const { shop, list } = callers;
    list.write('{"resources":[]}');
    await running(async (proxy) => expect(await told(proxy, shop)).not.toBe(200));
    list.remove();
    await expect(running((proxy) => told(proxy, shop))).rejects.toThrow(/did not start/);
  });

  test('is not gone around by a resumed session', async () => {
    const { authority, shop, list } = callers;
    const resumed = async (proxy: RunningProxy): Promise<string> => {
      const session = await sessionOf(proxy, shop);
      await sleep(4_000);
      expect(await told(proxy, shop)).toBe(EXPIRED);
      return exchange(open(proxy, shop, { session }));
    };
    const [guarded, lax] = await running((one) =>
      running(async (other) => {
        list.publish(await authority.revoke(['01'], 4_000));
        // a proxy that takes up another list forgets the sessions of the one before
        await sleep(700);
        return Promise.all([resumed(one), resumed(other)]);
      }, withSessions),
    );

    expect(guarded).toBe(EXPIRED);
    expect(lax).toMatch(/^HTTP\/1\.1 200/);
  }, 20_000);

  test('is felt on open connections: they end after five minutes, once the calls in flight have', async () => {
    const [endless, ended, inFlight] = await Promise.all([
      lasting('/Greeter/greet'),
      lasting('/Greeter/greet', '1s'),
      lasting('/Greeter/wait-1500', '1s'),
    ]);

    expect(endless).toMatch(/^HTTP\/1\.1 200[^]*still open$/);
    expect(ended).toMatch(/^HTTP\/1\.1 200[^]*closed$/);
    expect(inFlight).toMatch(/^HTTP\/1\.1 200[^]*connection: close[^]*"hello"/);
  }, 20_000);
});

/** What a caller is told once it is no longer told something else: a new list takes a moment. */
async function told(proxy: RunningProxy, client: ClientCertificate, otherThan?: string | number): Promise<unknown> {
  const deadline = Date.now() + 2_000;
  for (;;) {
    const answer = said(await call(proxy.port, { client, headers: { authorization: undefined } }));
    if (answer !== otherThan || Date.now() > deadline) return answer;
    await sleep(20);
  }
}

function said({ status, error }: Answer): string | number {
  return status === 0 ? (error ?? 'nothing') : status;
}

function withSessions(bootstrap: Editable): void {
  delete tls(bootstrap).disable_stateless_session_resumption;
  delete tls(bootstrap).disable_stateful_session_resumption;
}

interface Opening {
  readonly path?: string;
  /** To resume. */
  readonly session?: Buffer | undefined;
}

/** Sends a call on a new connection. */
function open(
  proxy: RunningProxy,
  client: ClientCertificate,
  { path = '/Greeter/greet', session }: Opening,
): TLSSocket {
  const socket = connect({
    host: '127.0.0.1',
    port: proxy.port,
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    cert: client.certificate,
    key: client.privateKey,
    ...(session && { session }),
  });
  socket.write(`POST ${path} HTTP/1.1\r\nhost: ${HOSTNAME}\r\ncontent-length: 0\r\n\r\n`);
  return socket;
}

/** What came back, and whether the connection then ended within three seconds. */
function exchange(socket: TLSSocket): Promise<string> {
  return new Promise((settle) => {
    let received = '';
    const finish = (end: string): void => {
      socket.destroy();
      settle(received + end);
    };
    setTimeout(finish, 3_000, 'still open');
    socket.on('data', (data: Buffer) => (received += data.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    socket.on('close', () => finish('closed'));
  });
}

/** What a client may resume with, after a call that was answered. */
function sessionOf(proxy: RunningProxy, client: ClientCertificate): Promise<Buffer | undefined> {
  return new Promise((settle) => {
    const socket = open(proxy, client, {});
    let session: Buffer | undefined;
    socket.on('session', (given: Buffer) => (session = given));
    socket.on('data', () => setTimeout(() => socket.destroy(), 100));
    socket.on('error', () => undefined);
    socket.on('close', () => settle(session));
  });
}
