import type { ProbeResult } from '../../probe';

export type HttpResponse = Extract<ProbeResult, { outcome: 'response' }>;

/** Thrown where what came is no HTTP/1.1 answer. */
export class MalformedResponseError extends Error {}

/**
 * The final answer in what has come so far; `undefined` while more must come. Interim answers (1xx but 101) are passed over.
 *
 * @param ended whether the peer has closed, which is what ends a body without a length
 */
export function parseHttp1(received: Buffer, method: string, ended: boolean): HttpResponse | undefined {
  const text = received.toString('latin1');
  let start = 0;
  for (;;) {
    const end = text.indexOf('\r\n\r\n', start);
    if (end < 0) return undefined;
    const [statusLine = '', ...lines] = text.slice(start, end).split('\r\n');
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1]);
    if (Number.isNaN(status))
      throw new MalformedResponseError(`no HTTP/1.1 status line: ${JSON.stringify(statusLine.slice(0, 80))}`);
    start = end + 4;
    if (status >= 100 && status < 200 && status !== 101) continue;
    const headers = joinHeaders(lines);
    const body = readBody({ status, headers, method, rest: text.slice(start), ended });
    return body === undefined ? undefined : { outcome: 'response', status, headers, body };
  }
}

function joinHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return headers;
}

interface Rest {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly method: string;
  readonly rest: string;
  readonly ended: boolean;
}

function readBody({ status, headers, method, rest, ended }: Rest): string | undefined {
  if (method === 'HEAD' || status === 101 || status === 204 || status === 304) return '';
  if (method === 'CONNECT' && status < 300) return '';
  if (headers['transfer-encoding']?.toLowerCase().includes('chunked') === true) return readChunks(rest);
  const length = headers['content-length'];
  if (length === undefined) return ended ? utf8(rest) : undefined;
  return rest.length < Number(length) ? undefined : utf8(rest.slice(0, Number(length)));
}

function readChunks(rest: string): string | undefined {
  let body = '';
  let at = 0;
  for (;;) {
    const line = rest.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(rest.slice(at, line), 16);
    if (Number.isNaN(size)) throw new MalformedResponseError('a chunk has no size');
    at = line + 2;
    if (size === 0) return utf8(body);
    if (rest.length < at + size + 2) return undefined;
    body += rest.slice(at, at + size);
    at += size + 2;
  }
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
