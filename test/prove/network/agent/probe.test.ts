import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { createCertificateAuthority, type IssuedCertificate } from '../../../../lib/prove/issuer/certificate-authority';
import { openCanary } from '../../../../lib/prove/network/agent/canary';
import { runProbe } from '../../../../lib/prove/network/agent/probe';
import type { HttpProbe, Probe, ProbeTls } from '../../../../lib/prove/probe';

const servers: { close(): unknown }[] = [];
let issued: IssuedCertificate;
let ca: string;

beforeAll(async () => {
  const authority = await createCertificateAuthority('run');
  ca = authority.certificate;
  issued = await authority.issue(['orders.example.com']);
});

afterAll(() => {
  for (const server of servers) server.close();
});

async function serve(server: net.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return (server.address() as AddressInfo).port;
}

function raw(port: number, overrides: Partial<Extract<Probe, { kind: 'raw' }>> = {}): Probe {
  return { kind: 'raw', address: '127.0.0.1', port, chunks: [], timeoutMs: 1000, ...overrides };
}

function http(port: number, overrides: Partial<HttpProbe> = {}): Probe {
  return {
    kind: 'http',
    protocol: 'http/1.1',
    address: '127.0.0.1',
    port,
    method: 'POST',
    path: '/x',
    authority: 'orders.example.com',
    headers: [],
    timeoutMs: 1000,
    ...overrides,
  };
}

function tlsServer(options: tls.TlsOptions = {}): Promise<number> {
  const server = tls.createServer(
    { cert: issued.certificate, key: issued.privateKey, ALPNProtocols: ['http/1.1'], ...options },
    (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'),
  );
  server.on('tlsClientError', () => undefined);
  return serve(server);
}

const CLIENT: ProbeTls = { servername: 'orders.example.com' };

test('a port that nobody listens on refuses', async () => {
  const port = await serve(net.createServer());
  servers.pop()?.close();
  expect(await runProbe(raw(port))).toMatchObject({ outcome: 'failed', by: 'refused' });
});

test('silence is a timeout for a request, and an open connection for raw bytes', async () => {
  const port = await serve(net.createServer());
  expect(await runProbe(http(port, { timeoutMs: 100 }))).toMatchObject({ outcome: 'failed', by: 'timeout' });
  expect(await runProbe(raw(port, { timeoutMs: 100 }))).toMatchObject({
    outcome: 'connected',
    received: '',
    closed: false,
  });
});

test('a connection is closed a while after the last bytes where the peer leaves it open', async () => {
  const received: string[] = [];
  const server = net.createServer((socket) =>
    socket.on('data', (bytes) => received.push(String(bytes))).write('hello'),
  );
  const closed = new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)));
  const chunks = [{ afterMs: 0, data: 'last' }];
  expect(await runProbe(raw(await serve(server), { chunks, lingerMs: 100, timeoutMs: 8000 }))).toMatchObject({
    outcome: 'connected',
    received: 'hello',
    closed: false,
  });
  await closed;
  expect(received).toEqual(['last']);
});

test('a reset and a clean close are told apart', async () => {
  const resetting = await serve(net.createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
  const closing = await serve(net.createServer((socket) => socket.once('data', () => socket.end())));
  expect(await runProbe(http(resetting))).toMatchObject({ outcome: 'failed', by: 'reset' });
  expect(await runProbe(http(closing))).toMatchObject({ outcome: 'failed', by: 'closed' });
});

test('what is no HTTP is a protocol failure', async () => {
  const port = await serve(net.createServer((socket) => socket.end('220 mail\r\n\r\n')));
  expect(await runProbe(http(port))).toMatchObject({ outcome: 'failed', by: 'protocol' });
});

test('an answer that is followed by a reset counts as the answer', async () => {
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 413 Too Large\r\ncontent-length: 0\r\n\r\n', () => socket.resetAndDestroy());
    });
  });
  expect(await runProbe(http(await serve(server), { body: 'x'.repeat(2_000_000) }))).toMatchObject({ status: 413 });
});

test.each(['TLSv1', 'TLSv1.1'] as const)(
  '%s is offered for real, so that the server is who refuses it',
  async (version) => {
    const modern = await tlsServer({ minVersion: 'TLSv1.2' });
    const old = await tlsServer({ minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' });
    const offer = { ...CLIENT, minVersion: version, maxVersion: version };
    expect(await runProbe(http(modern, { tls: offer }))).toMatchObject({ by: 'tls-alert', detail: 'protocol version' });
    expect(await runProbe(http(old, { tls: offer }))).toMatchObject({ status: 200 });
  },
);

test('a missing client certificate is a TLS alert, also where TLS 1.3 says so after the handshake', async () => {
  const port = await tlsServer({ requestCert: true, rejectUnauthorized: true, ca, minVersion: 'TLSv1.3' });
  expect(await runProbe(http(port, { tls: CLIENT }))).toMatchObject({
    by: 'tls-alert',
    detail: 'certificate required',
  });
});

test('a server is verified when, and only when, the probe says whom to trust', async () => {
  const stranger = await createCertificateAuthority('somebody else');
  const port = await tlsServer();
  expect(await runProbe(http(port, { tls: CLIENT }))).toMatchObject({ status: 200 });
  expect(await runProbe(http(port, { tls: { ...CLIENT, ca } }))).toMatchObject({ status: 200 });
  expect(await runProbe(http(port, { tls: { ...CLIENT, ca: stranger.certificate } }))).toMatchObject({
    by: 'protocol',
  });
  expect(await runProbe(http(port, { tls: { servername: 'evil.example.com', ca } }))).toMatchObject({ by: 'protocol' });
});

test('fields of HTTP/2 go out as given: duplicates, raw path and trailers', async () => {
  const seen: unknown[] = [];
  const server = http2.createServer();
  server.on(
    'stream',
    (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders, _flags: number, raws: string[]) => {
      seen.push(raws);
      stream.on('trailers', (_trailers: unknown, _count: unknown, trailers: unknown) => seen.push(trailers));
      stream.on('data', () => undefined);
      stream.on('end', () => {
        stream.respond({ ':status': 200, 'x-seen': String(headers[':path']) });
        stream.end('ok');
      });
    },
  );
  const report = await runProbe(
    http(await serve(server), {
      protocol: 'h2',
      path: '/a/%2e%2e/b?c=1',
      headers: [
        ['x-a', '1'],
        ['x-b', '2'],
        ['x-a', '3'],
      ],
      body: 'x'.repeat(200_000),
      trailers: [['x-t', 'late']],
    }),
  );
  expect(report).toMatchObject({
    outcome: 'response',
    status: 200,
    headers: { 'x-seen': '/a/%2e%2e/b?c=1' },
    body: 'ok',
  });
  expect(seen).toEqual([
    [
      [':method', 'POST', ':scheme', 'http', ':authority', 'orders.example.com', ':path', '/a/%2e%2e/b?c=1'],
      ['x-a', '1', 'x-b', '2', 'x-a', '3'],
    ].flat(),
    expect.arrayContaining(['x-t', 'late']),
  ]);
});

test('fields of HTTP/2 that do not fit a frame are continued', async () => {
  const server = http2.createServer(
    { maxHeaderListPairs: 2000, settings: { maxHeaderListSize: 200_000 } },
    (request, response) => response.end(String(Object.keys(request.headers).length)),
  );
  const headers = Array.from({ length: 300 }, (_, index) => [`x-${index}`, 'v'.repeat(100)] as const);
  const report = await runProbe(http(await serve(server), { protocol: 'h2', headers }));
  expect(report).toMatchObject({ status: 200, body: '304' });
});

test('a stream that the server refuses is a reset that names the error', async () => {
  const port = await serve(http2.createServer());
  const report = await runProbe(http(port, { protocol: 'h2', headers: [['Upper', '1']] }));
  expect(report).toMatchObject({ outcome: 'failed', by: 'reset', detail: 'stream reset: PROTOCOL_ERROR' });
});

test('an early answer over HTTP/2 is read while a large body is still waiting to be sent', async () => {
  const server = http2.createServer();
  server.on('stream', (stream: http2.ServerHttp2Stream) => {
    stream.respond({ ':status': 413 });
    stream.end('too large');
  });
  const report = await runProbe(
    http(await serve(server), { protocol: 'h2', body: 'x'.repeat(12_000_000), timeoutMs: 5000 }),
  );
  expect(report).toMatchObject({ status: 413, body: 'too large' });
});

test('an answer to HEAD over HTTP/2 may state a length without a body', async () => {
  const server = http2.createServer((_request, response) => response.writeHead(200, { 'content-length': 5 }).end());
  const port = await serve(server);
  expect(await runProbe(http(port, { protocol: 'h2', method: 'HEAD' }))).toMatchObject({ status: 200, body: '' });
});

test('raw chunks are sent after their pauses, and enough is enough', async () => {
  const times: number[] = [];
  const server = net.createServer((socket) => {
    socket.on('data', (data) => {
      times.push(Date.now());
      socket.write(data);
    });
  });
  const chunks = [
    { afterMs: 0, data: 'ab' },
    { afterMs: 120, data: '\xff!' },
  ];
  const report = await runProbe(raw(await serve(server), { chunks, readBytes: 4 }));
  expect(report).toMatchObject({ outcome: 'connected', received: 'ab\xff!', closed: false });
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(100);
});

test('a busy agent gives every probe its whole time, and reads what had come in it', async () => {
  const server = net.createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 204 None\r\n\r\n')));
  const port = await serve(server);
  const reports = [100, 100, 100].map((timeoutMs) => runProbe(http(port, { timeoutMs })));
  const free = performance.now() + 300;
  while (performance.now() < free);
  for (const report of await Promise.all(reports)) expect(report).toMatchObject({ status: 204 });
});

test('no two probes share a local port', async () => {
  const port = await serve(net.createServer());
  const reports = await Promise.all(Array.from({ length: 20 }, () => runProbe(raw(port, { timeoutMs: 50 }))));
  expect(new Set(reports.map(({ localPort }) => localPort)).size).toBe(20);
});

test('abstract unix sockets are reached by their name, absent ones refuse', async () => {
  const name = `portcullis-test-${process.pid}`;
  const server = net.createServer((socket) => socket.end('hello'));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(`\0${name}`, () => resolve()));
  expect(await runProbe({ kind: 'unix', path: `@${name}`, timeoutMs: 500 })).toMatchObject({ received: 'hello' });
  expect(await runProbe({ kind: 'unix', path: '@nobody', timeoutMs: 500 })).toMatchObject({ by: 'refused' });
  expect(await runProbe({ kind: 'unix', path: '/nowhere/admin.sock', timeoutMs: 500 })).toMatchObject({
    by: 'refused',
  });
});

test('a canary answers both protocols and writes down who came, also who said nothing', async () => {
  const canary = await openCanary({ address: '127.0.0.1', port: 0, answer: 'canary' });
  servers.push(canary);
  expect(await runProbe(http(canary.port))).toMatchObject({ status: 200, body: 'canary' });
  expect(await runProbe(http(canary.port, { protocol: 'h2' }))).toMatchObject({ status: 200, body: 'canary' });
  await runProbe(raw(canary.port, { timeoutMs: 50 }));
  expect(canary.received).toEqual([
    expect.stringMatching(/^POST \/x HTTP\/1\.1\r\n/),
    expect.stringMatching(/^PRI \* HTTP\/2\.0/),
    '',
  ]);
});
