import { MalformedResponseError, parseHttp1 } from '../../../../lib/prove/network/agent/http1-response';

function parse(text: string, { method = 'GET', ended = false } = {}) {
  return parseHttp1(Buffer.from(text, 'latin1'), method, ended);
}

test.each<[string, string, { method?: string; ended?: boolean }, number, string]>([
  ['of a stated length', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokmore', {}, 200, 'ok'],
  [
    'in chunks',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;x=y\r\nok\r\n1\r\n!\r\n0\r\n\r\n',
    {},
    200,
    'ok!',
  ],
  ['until the end', 'HTTP/1.0 403 No\r\n\r\nno', { ended: true }, 403, 'no'],
  ['after an interim answer', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 None\r\n\r\n', {}, 204, ''],
  ['to HEAD', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n', { method: 'HEAD' }, 200, ''],
  ['to CONNECT', 'HTTP/1.1 200 OK\r\n\r\n', { method: 'CONNECT' }, 200, ''],
  ['that switches protocols', 'HTTP/1.1 101 Switching\r\n\r\n', {}, 101, ''],
])('an answer %s is read', (_name, text, options, status, body) => {
  expect(parse(text, options)).toMatchObject({ status, body });
});

test.each([
  'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok',
  'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n',
  'HTTP/1.1 200 OK\r\n\r\nopen end',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n',
])('more is awaited after %j', (text) => {
  expect(parse(text)).toBeUndefined();
});

test('repeated headers are joined and names are in lower case', () => {
  expect(parse('HTTP/1.1 204 None\r\nA: 1\r\na: 2\r\n\r\n')?.headers).toEqual({ a: '1, 2' });
});

test('what is no answer is malformed, not silence', () => {
  expect(() => parse('SSH-2.0 hello\r\n\r\n')).toThrow(MalformedResponseError);
});
