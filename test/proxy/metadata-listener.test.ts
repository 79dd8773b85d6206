import { request } from 'node:http';
import { connect } from 'node:net';
import { renderBootstrap } from '../../lib/proxy/bootstrap';
import type { ListenerCertificate } from '../../lib/proxy/listener-certificate';
import type { MetadataProps } from '../../lib/proxy/metadata-listener';
import { ingressPolicy } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

const ACCOUNT = '/computeMetadata/v1/instance/service-accounts/default';
/** As the real server asks. */
const ID_TOKEN = `${ACCOUNT}/identity?audience=https%3A%2F%2Fgreeter-abc.a.run.app&format=standard`;
const ACCESS_TOKEN = `${ACCOUNT}/token`;
const UNIVERSE = '/computeMetadata/v1/universe/universe-domain';
const FLAVOR = { 'metadata-flavor': 'Google', accept: '*/*' };

const CERTIFICATE: ListenerCertificate = {
  kind: 'files',
  certificateFile: '/run/portcullis/tls/cert.pem',
  privateKeyFile: '/run/portcullis/tls/key.pem',
};

interface Asked {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A proxy with one way to a metadata server that writes down what it is asked. */
async function startMetadataProxy(
  upstream: Upstream,
  impersonates: boolean,
  edit: (listener: Editable) => void = () => undefined,
): Promise<{ proxy: RunningProxy; port: number }> {
  const port = await freePort();
  const metadata: MetadataProps = { port, impersonates, upstream: { address: '127.0.0.1', port: upstream.port } };
  const proxy = await startProxy({ ingress: ingressPolicy(), upstreamPort: upstream.port, metadata }, (bootstrap) => {
    delete bootstrap.static_resources.clusters[0].health_checks;
    edit(bootstrap.static_resources.listeners.at(-1));
  });
  return { proxy, port };
}

async function freePort(): Promise<number> {
  const server = await startUpstream();
  await server.close();
  return server.port;
}

function ask(
  port: number,
  path: string,
  { method = 'GET', headers = FLAVOR, body }: { method?: string; headers?: object; body?: string } = {},
): Promise<Asked> {
  return new Promise((settle, reject) => {
    const given = { host: `127.0.0.1:${port}`, ...headers };
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers: given, agent: false, timeout: 5_000 },
      (answer) => {
        answer.resume();
        answer.on('end', () => settle({ status: answer.statusCode ?? 0, headers: answer.headers }));
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('no answer')));
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Bytes as they are, and the first line of what comes back. */
function askRaw(port: number, bytes: string): Promise<string> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    let answer = '';
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('data', (data: Buffer) => {
      answer += data.toString('latin1');
      if (answer.includes('\r\n')) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => settle(answer.split('\r\n')[0] ?? ''));
  });
}

describe('the way to the metadata server', () => {
  let upstream: Upstream;
  let minting: { proxy: RunningProxy; port: number };
  let impersonating: { proxy: RunningProxy; port: number };

  beforeAll(async () => {
    upstream = await startUpstream();
    [minting, impersonating] = [await startMetadataProxy(upstream, false), await startMetadataProxy(upstream, true)];
  });
  afterAll(async () => {
    await minting?.proxy.stop();
    await impersonating?.proxy.stop();
    await upstream?.close();
  });

  /** What reached the metadata server of what `asks` did. */
  async function reached(asks: () => Promise<unknown>): Promise<Upstream['all']> {
    const before = upstream.all.length;
    await asks();
    return upstream.all.slice(before);
  }

  test('lets an ID token be minted, and tells the metadata server nothing but what it asks for', async () => {
    const [seen] = await reached(async () => {
      expect((await ask(minting.port, ID_TOKEN, { headers: { ...FLAVOR, 'x-more': '1' } })).status).toBe(200);
    });
    expect(seen).toMatchObject({ method: 'GET', path: ID_TOKEN });
    expect(seen?.headers).toEqual({
      host: 'metadata.google.internal',
      'metadata-flavor': 'Google',
      accept: '*/*',
    });
  });

  test('lets an access token out where the server impersonates, and there alone', async () => {
    for (const path of [ACCESS_TOKEN, UNIVERSE]) {
      expect((await ask(impersonating.port, path)).status).toBe(200);
      expect(await reached(async () => expect((await ask(minting.port, path)).status).toBe(403))).toEqual([]);
    }
    expect((await ask(impersonating.port, ID_TOKEN)).status).toBe(200);
  });

  const OTHERS = [
    '/',
    `${ACCOUNT}/identity`,
    `${ACCOUNT}/identity?`,
    `${ID_TOKEN}/discover`,
    `${ACCOUNT}/identity/discover?audience=x`,
    `${ACCESS_TOKEN}/discover`,
    `${ACCESS_TOKEN}?scopes=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform`,
    `${UNIVERSE}/discover`,
    `${ACCOUNT}/`,
    `${ACCOUNT}/?recursive=true`,
    `${ACCOUNT}/email`,
    `${ACCOUNT}/identity?audience=https://greeter-abc.a.run.app`,
    ID_TOKEN.replace('default', 'restate@orders-prod.iam.gserviceaccount.com'),
    ID_TOKEN.replace('/v1/', '/v1beta1/'),
    ID_TOKEN.replace('default', 'other/../default'),
    ID_TOKEN.replace('default', '%64efault'),
    ID_TOKEN.replace('/default', '//default'),
    ID_TOKEN.replace('/default', '%2fdefault'),
    ID_TOKEN.replace('/default', '/./default'),
    ID_TOKEN.replace('identity', 'IDENTITY'),
    ID_TOKEN.replace('identity', 'identity;x'),
    ACCESS_TOKEN.replace('token', 'identity%2f..%2ftoken?x=1'),
    '/computeMetadata/v1/?recursive=true',
    '/computeMetadata/v1/instance/attributes/user-data',
    '/computeMetadata/v1/project/attributes/ssh-keys',
    '/0.1/meta-data/service-accounts/default/acquire',
  ];

  test.each(OTHERS)('lets nothing else through: %s', async (path) => {
    const seen = await reached(async () => {
      for (const { port } of [minting, impersonating]) {
        expect([400, 403]).toContain((await ask(port, path)).status);
      }
    });
    expect(seen).toEqual([]);
  });

  const REQUESTS: [string, Parameters<typeof ask>[2]][] = [
    ['by POST', { method: 'POST' }],
    ['by HEAD', { method: 'HEAD' }],
    ['with a body', { body: 'x', headers: { ...FLAVOR, 'content-length': '1' } }],
    ['without the flavor', { headers: {} }],
    ['with another flavor', { headers: { 'metadata-flavor': 'google' } }],
    ['with an address that it is said to come from', { headers: { ...FLAVOR, 'x-forwarded-for': '127.0.0.1' } }],
  ];

  test.each(REQUESTS)('takes no request %s', async (_, given) => {
    expect(await reached(async () => expect((await ask(minting.port, ID_TOKEN, given)).status).toBe(403))).toEqual([]);
  });

  test('takes no body in chunks', async () => {
    const headers = { ...FLAVOR, 'transfer-encoding': 'chunked' };
    const seen = await reached(async () => {
      expect((await ask(minting.port, ID_TOKEN, { headers, body: 'xx' })).status).toBe(413);
    });
    expect(seen).toEqual([]);
  });

  test('knows one host, and one way to write an address', async () => {
    const flavor = 'metadata-flavor: Google\r\n\r\n';
    const seen = await reached(async () => {
      expect((await ask(minting.port, ID_TOKEN, { headers: { ...FLAVOR, host: 'evil.example.com' } })).status).toBe(
        404,
      );
      expect(
        await askRaw(minting.port, `GET ${ID_TOKEN}#x HTTP/1.1\r\nhost: 127.0.0.1:${minting.port}\r\n${flavor}`),
      ).toMatch(/ 4\d\d /);
      expect(
        await askRaw(minting.port, `GET http://127.0.0.1:${minting.port}${ID_TOKEN} HTTP/1.1\r\n${flavor}`),
      ).toMatch(/ 40\d /);
      expect(await askRaw(minting.port, `GET ${ID_TOKEN} HTTP/1.0\r\n${flavor}`)).toMatch(/ 4\d\d /);
    });
    expect(seen).toEqual([]);
  });

  test('shows the server the answer that it needs, and says who refused, without the query', async () => {
    const { headers } = await ask(minting.port, ID_TOKEN);
    expect(Object.keys(headers).sort()).toEqual(['connection', 'content-type', 'date', 'transfer-encoding']);
    await ask(minting.port, '/refused?audience=secret');
    expect(await minting.proxy.accessLog('/refused')).toEqual([
      expect.objectContaining({ log: 'metadata', status: 403, details: 'rbac_access_denied_matched_policy[none]' }),
    ]);
    expect(minting.proxy.log()).not.toMatch(/^\{.*(?:audience|secret)/m);
  });

  test('is on loopback alone', () => {
    const { listeners } = renderBootstrap({
      ingress: ingressPolicy(),
      listener: { port: 8443, certificate: CERTIFICATE },
      health: { port: 8081 },
      upstream: { port: 8080 },
      metadata: { port: 8079, impersonates: false },
    }).static_resources as Editable;
    expect(listeners.map((listener: Editable) => listener.address.socket_address.address)).toEqual([
      '0.0.0.0',
      '0.0.0.0',
      '127.0.0.1',
    ]);
  });

  test('lets everything through where the guard is taken out', async () => {
    const open = await startMetadataProxy(upstream, false, (listener) => {
      listener.filter_chains[0].filters[1].typed_config.http_filters.shift();
    });
    try {
      const seen = await reached(async () => {
        expect((await ask(open.port, '/computeMetadata/v1/?recursive=true', { headers: {} })).status).toBe(200);
        expect((await ask(open.port, `${ID_TOKEN}/discover`)).status).toBe(200);
      });
      expect(seen).toHaveLength(2);
    } finally {
      await open.proxy.stop();
    }
  });
});
