import { connect as connectHttp2 } from 'node:http2';
import { createServer, request, type Server } from 'node:https';
import { createServer as listen, type AddressInfo } from 'node:net';
import { createCertificateAuthority, type CertificateAuthority } from '../../../lib/prove/issuer/certificate-authority';
import { startHttpBalancer } from '../../../lib/prove/network/http-balancer';
import { installToolchain } from '../../../lib/prove/toolchain/toolchain';

const HOSTNAME = 'orders.example.com';
const OWN_ADDRESS = '203.0.113.7';
/** Where a caller comes from loopback, Envoy writes an address of the machine instead. */
const CALLER = '[0-9a-f.:]+';
const TIMEOUT_MS = 5_000;

interface Seen {
  readonly version: string;
  readonly forwardedFor: unknown;
}

let authority: CertificateAuthority;
let target: Server;
let balancer: ReturnType<typeof startHttpBalancer>;
let oldBalancer: ReturnType<typeof startHttpBalancer>;
let port: number;
let oldPort: number;

beforeAll(async () => {
  authority = await createCertificateAuthority('run');
  const { envoy } = await installToolchain({ restateVersion: '1.7.12' });
  const own = await authority.issue(['portcullis.internal']);
  target = createServer({ cert: own.certificate, key: own.privateKey }, (asked, answer) =>
    answer.end(
      JSON.stringify({ version: asked.httpVersion, forwardedFor: asked.headers['x-forwarded-for'] } satisfies Seen),
    ),
  );
  await new Promise<void>((done) => target.listen(0, '127.0.0.1', done));
  const issued = await authority.issue([HOSTNAME]);
  const start = (at: number, minVersion: 'TLSv1' | 'TLSv1.2'): typeof balancer =>
    startHttpBalancer({
      envoy,
      enter: [],
      port: at,
      tls: { minVersion, maxVersion: 'TLSv1.3' },
      ...issued,
      target: { address: '127.0.0.1', port: (target.address() as AddressInfo).port, protocol: 'HTTPS' },
      address: OWN_ADDRESS,
    });
  port = await freePort();
  balancer = start(port, 'TLSv1.2');
  oldPort = await freePort();
  oldBalancer = start(oldPort, 'TLSv1');
  await Promise.all([balancer, oldBalancer]);
}, 30_000);

afterAll(async () => {
  await (await balancer)?.stop();
  await (await oldBalancer)?.stop();
  await new Promise((done) => target?.close(done));
});

async function freePort(): Promise<number> {
  const probe = listen();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return free;
}

function overHttp1(maxVersion: 'TLSv1' | 'TLSv1.1' | 'TLSv1.3', at: number = port): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port: at,
      servername: HOSTNAME,
      ca: authority.certificate,
      minVersion: 'TLSv1',
      maxVersion,
      ciphers: 'DEFAULT:@SECLEVEL=0',
      headers: { host: HOSTNAME, 'x-forwarded-for': '198.51.100.1, 198.51.100.2' },
      agent: false,
      timeout: TIMEOUT_MS,
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.on('data', (data: Buffer) => (text += data.toString()));
      response.on('end', () => resolve(JSON.parse(text) as Seen));
    });
    sent.end();
  });
}

function overHttp2(): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`https://127.0.0.1:${port}`, { servername: HOSTNAME, ca: authority.certificate });
    session.on('error', reject);
    const stream = session.request({ ':authority': HOSTNAME, ':path': '/' });
    let text = '';
    stream.setTimeout(TIMEOUT_MS, () => stream.close());
    stream.on('data', (data: Buffer) => (text += data.toString()));
    stream.on('end', () => {
      session.close();
      resolve(JSON.parse(text) as Seen);
    });
    stream.end();
  });
}

test('adds the address of the caller and its own behind whatever the caller wrote', async () => {
  expect(await overHttp1('TLSv1.3')).toEqual({
    version: '1.1',
    forwardedFor: expect.stringMatching(`^198\\.51\\.100\\.1, 198\\.51\\.100\\.2,${CALLER},${OWN_ADDRESS}$`),
  });
});

test('takes HTTP/2 and speaks to its target what the target was said to speak', async () => {
  expect(await overHttp2()).toEqual({
    version: '1.1',
    forwardedFor: expect.stringMatching(`^${CALLER},${OWN_ADDRESS}$`),
  });
});

test('speaks no TLS below what its policy says', async () => {
  await expect(overHttp1('TLSv1.1')).rejects.toThrow(/alert|protocol|version/i);
});

test.each(['TLSv1', 'TLSv1.1', 'TLSv1.3'] as const)('speaks %s where its policy lets it', async (version) => {
  expect(await overHttp1(version, oldPort)).toMatchObject({ version: '1.1' });
});
