import { call, sendRaw } from './caller';
import { manager } from './editable-parts';
import { bearer, HOSTNAME, ingressPolicy } from './policy';
import { startProxy, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

const GOOD = `host: ${HOSTNAME}\r\nauthorization: ${bearer().authorization}\r\n`;
const INNER = `POST /Greeter/smuggled HTTP/1.1\r\nhost: ${HOSTNAME}\r\ncontent-length: 0\r\n\r\n`;
const chunked = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/** Requests that two readers may cut in two places, each with what the proxy says to it first. */
const TRICKS: readonly (readonly [string, string, RegExp])[] = [
  [
    'a length and chunks',
    `${GOOD}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${INNER}`,
    /^HTTP\/1\.1 400/,
  ],
  [
    'chunks twice',
    `${GOOD}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${INNER}`,
    /^HTTP\/1\.1 [45]/,
  ],
  ['chunks, then identity', `${GOOD}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${INNER}`, /^HTTP\/1\.1 [45]/],
  ['almost chunks', `${GOOD}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${INNER}`, /^HTTP\/1\.1 [45]/],
  ['two lengths', `${GOOD}content-length: 0\r\ncontent-length: ${INNER.length}\r\n\r\n${INNER}`, /^HTTP\/1\.1 400/],
  ['a list of lengths', `${GOOD}content-length: 0, ${INNER.length}\r\n\r\n${INNER}`, /^HTTP\/1\.1 400/],
  ['a length with a sign', `${GOOD}content-length: +5\r\n\r\nhello`, /^HTTP\/1\.1 400/],
  ['a blank before the colon', `${GOOD}content-length : 5\r\n\r\nhello`, /^HTTP\/1\.1 400/],
  ['a NUL in a value', `${GOOD}accept: a\0b\r\ncontent-length: 0\r\n\r\n`, /^HTTP\/1\.1 400/],
  ['an underscore in a name', `${GOOD}content_length: 5\r\ncontent-length: 0\r\n\r\n`, /^HTTP\/1\.1 400/],
  ['no host', `authorization: ${bearer().authorization}\r\ncontent-length: 0\r\n\r\n`, /^HTTP\/1\.1 400/],
  ['two hosts', `${GOOD}host: evil.example.com\r\ncontent-length: 0\r\n\r\n`, /^HTTP\/1\.1 4/],
  [
    'too many headers',
    `${GOOD}${Array.from({ length: 65 }, (_, index) => `x-${index}: 1\r\n`).join('')}content-length: 0\r\n\r\n`,
    /^HTTP\/1\.1 431/,
  ],
  ['too much of a header', `${GOOD}x-big: ${'x'.repeat(40_000)}\r\ncontent-length: 0\r\n\r\n`, /^HTTP\/1\.1 431/],
];

describe('a request that two readers may read differently', () => {
  let upstream: Upstream;
  let proxy: RunningProxy;

  beforeAll(async () => {
    upstream = await startUpstream();
    proxy = await startProxy({ ingress: ingressPolicy(), upstreamPort: upstream.port });
  });
  afterAll(async () => {
    await proxy?.stop();
    await upstream?.close();
  });

  async function reached(data: string, quietMs?: number): Promise<{ received: string; paths: string[] }> {
    const before = upstream.all.length;
    const received = await sendRaw(proxy.port, data, quietMs === undefined ? {} : { quietMs });
    return { received, paths: upstream.all.slice(before).map(({ path }) => path) };
  }

  test('is told from one that is plain, by length and in chunks', async () => {
    const sized = await reached(`POST /Greeter/greet HTTP/1.1\r\n${GOOD}content-length: 5\r\n\r\nhello`);
    const inChunks = await reached(
      `POST /Greeter/greet HTTP/1.1\r\n${GOOD}transfer-encoding: chunked\r\n\r\n${chunked('hello')}`,
    );

    expect([sized, inChunks].map(({ paths }) => paths)).toEqual([['/Greeter/greet'], ['/Greeter/greet']]);
    expect(upstream.all.slice(-2).map(({ body }) => body)).toEqual(['hello', 'hello']);
  });

  test.each(TRICKS)('is refused: %s', async (_, rest, answer) => {
    const { received, paths } = await reached(`POST /Greeter/greet HTTP/1.1\r\n${rest}`);

    expect(received).toMatch(answer);
    expect(paths).toEqual([]);
  });

  test.each([
    ['HTTP/1.0', `POST /Greeter/greet HTTP/1.0\r\n${GOOD}content-length: 0\r\n\r\n`, /^HTTP\/1\.1 426/],
    ['CONNECT', `CONNECT ${HOSTNAME}:443 HTTP/1.1\r\n${GOOD}\r\n`, /^HTTP\/1\.1 4/],
    [
      'an absolute form',
      `POST http://${HOSTNAME}/Greeter/greet HTTP/1.1\r\n${GOOD}content-length: 0\r\n\r\n`,
      /^HTTP\/1\.1 4/,
    ],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${GOOD}\r\n`, /^HTTP\/1\.1 4/],
    ['a fragment', `POST /Greeter/greet#x HTTP/1.1\r\n${GOOD}content-length: 0\r\n\r\n`, /^HTTP\/1\.1 4/],
  ])('is refused: %s', async (_, data, answer) => {
    const { received, paths } = await reached(data);

    expect(received).toMatch(answer);
    expect(paths).toEqual([]);
  });

  test('needs a token of its own behind another on the same connection', async () => {
    const { received, paths } = await reached(
      `POST /Greeter/greet HTTP/1.1\r\n${GOOD}content-length: 0\r\n\r\n${INNER}`,
      1_000,
    );

    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 401']);
    expect(paths).toEqual(['/Greeter/greet']);
  });

  test('cannot make the proxy drop an allowed header, or pass on a forbidden one, by naming it in Connection', async () => {
    await call(proxy.port, { headers: { connection: 'authorization, cookie', cookie: 'a=b' } });

    expect(upstream.all.at(-1)?.headers).not.toHaveProperty('cookie');
  });

  test('with two hosts reaches the server as soon as any host will do', async () => {
    const open = await startProxy({ ingress: ingressPolicy(), upstreamPort: upstream.port }, (bootstrap) => {
      manager(bootstrap).route_config.virtual_hosts[0].domains = ['*'];
    });
    const before = upstream.all.length;
    await sendRaw(
      open.port,
      `POST /Greeter/greet HTTP/1.1\r\n${GOOD}host: evil.example.com\r\ncontent-length: 0\r\n\r\n`,
    );
    await open.stop();

    expect(upstream.all.slice(before).map(({ headers }) => headers['host'])).toEqual([`${HOSTNAME},evil.example.com`]);
  });
});
