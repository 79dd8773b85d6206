import type { HttpProbe } from '../../probe';

/**
 * The bytes of an HTTP/1.1 request, exactly as the probe says: path, order and duplicates of headers untouched, Latin-1.
 *
 * A body gets `content-length`, and trailers make it chunked, unless the probe frames it by a header of its own.
 */
export function renderHttp1(probe: HttpProbe): Buffer {
  const { body = '', trailers } = probe;
  const named = new Set(probe.headers.map(([name]) => name.toLowerCase()));
  const framed = named.has('content-length') || named.has('transfer-encoding');
  const lines = [`${probe.method} ${probe.path} HTTP/1.1`, `host: ${probe.authority}`];
  lines.push(...probe.headers.map(([name, value]) => `${name}: ${value}`));
  if (!named.has('connection')) lines.push('connection: close');
  const bytes = Buffer.from(body, 'utf8');
  if (trailers !== undefined && !framed) lines.push('transfer-encoding: chunked');
  else if (probe.body !== undefined && !framed) lines.push(`content-length: ${bytes.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return Buffer.concat([head, trailers === undefined ? bytes : chunked(bytes, trailers)]);
}

function chunked(body: Buffer, trailers: readonly (readonly [string, string])[]): Buffer {
  const chunk = body.length === 0 ? [] : [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')];
  const last = trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([...chunk, Buffer.from(`0\r\n${last}\r\n`, 'latin1')]);
}
