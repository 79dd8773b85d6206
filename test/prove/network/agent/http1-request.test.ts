import { renderHttp1 } from '../../../../lib/prove/network/agent/http1-request';
import type { HttpProbe } from '../../../../lib/prove/probe';

const PROBE: HttpProbe = {
  kind: 'http',
  protocol: 'http/1.1',
  address: '127.0.0.1',
  port: 1,
  method: 'POST',
  path: '/a/../%2e/b?c',
  authority: 'orders.example.com',
  headers: [],
  timeoutMs: 1000,
};

test.each<[string, Partial<HttpProbe>, string]>([
  [
    'path, order and duplicates as they are given',
    {
      headers: [
        ['B', '1'],
        ['a', '2'],
        ['B', '3'],
      ],
    },
    'POST /a/../%2e/b?c HTTP/1.1\r\nhost: orders.example.com\r\nB: 1\r\na: 2\r\nB: 3\r\nconnection: close\r\n\r\n',
  ],
  ['the length of a body in bytes', { body: 'né' }, 'content-length: 3\r\n\r\nn\u00c3\u00a9'],
  [
    'trailers after a chunked body',
    { body: 'abc', trailers: [['x-t', '1']] },
    'transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nx-t: 1\r\n\r\n',
  ],
  ['trailers without a body', { trailers: [['x-t', '1']] }, 'transfer-encoding: chunked\r\n\r\n0\r\nx-t: 1\r\n\r\n'],
  [
    'a framing of its own',
    { body: 'abc', headers: [['Content-Length', '9']] },
    'Content-Length: 9\r\nconnection: close\r\n\r\nabc',
  ],
  ['a connection header of its own', { headers: [['connection', 'x']] }, 'connection: x\r\n\r\n'],
])('a request goes out with %s', (_name, overrides, bytes) => {
  const text = renderHttp1({ ...PROBE, ...overrides }).toString('latin1');
  expect(text.endsWith(bytes)).toBe(true);
  expect(text.match(/content-length|transfer-encoding/gi)?.length ?? 0).toBeLessThanOrEqual(1);
});
