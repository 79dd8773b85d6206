import http, { type IncomingHttpHeaders } from 'node:http';
import http2, { type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { FrontService } from './front-decision';

/** A request as the container is to get it. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly from: string;
  readonly headers: IncomingHttpHeaders;
}

interface Upstream {
  readonly address: string;
  readonly port: number;
  readonly protocol: FrontService['protocol'];
}

/** What belongs to one connection. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
];
/** @see https://cloud.google.com/run/docs/troubleshooting#malformed-response */
const PROTOCOL_ERROR = 'upstream connect error or disconnect/reset before headers. reset reason: protocol error';

/**
 * Hands a request to the container: HTTP/2 with prior knowledge where its port is named `h2c`, else HTTP/1.1, which a service that
 * speaks HTTP/2 alone does not understand. Bodies flow in both directions at once.
 *
 * @param done is told the status, and `protocol` where the container did not answer in what it was asked
 */
export function forwardTo(
  upstream: Upstream,
  sent: SentRequest,
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  done: (status: number, why?: string) => void,
): void {
  let isOver = false;
  const fail = (): void => {
    if (isOver) return;
    isOver = true;
    done(502, 'protocol');
    response.writeHead(502, { 'content-type': 'text/plain' }).end(PROTOCOL_ERROR);
  };
  const begin = (status: number, headers: IncomingHttpHeaders): void => {
    isOver = true;
    done(status);
    response.writeHead(status, endToEnd(headers));
  };
  const send = upstream.protocol === 'h2c' ? overHttp2 : overHttp1;
  send(upstream, { ...sent, headers: forwarded(sent) }, { request, response, begin, fail });
}

interface Exchange {
  readonly request: Http2ServerRequest;
  readonly response: Http2ServerResponse;
  begin(status: number, headers: IncomingHttpHeaders): void;
  fail(): void;
}

function overHttp2({ address, port }: Upstream, sent: SentRequest, exchange: Exchange): void {
  const session = http2.connect(`http://${address}:${port}`);
  const stream = session.request({
    ...sent.headers,
    ':method': sent.method,
    ':path': sent.path,
    ':authority': sent.host,
  });
  stream.once('response', ({ ':status': status = 502, ...headers }) => exchange.begin(status, headers));
  stream.on('error', () => exchange.fail()).once('close', () => session.close());
  session.on('error', () => exchange.fail());
  exchange.request.pipe(stream).pipe(exchange.response);
  exchange.response.once('close', () => stream.close());
}

function overHttp1(
  { address, port }: Upstream,
  { method, path, headers, host }: SentRequest,
  exchange: Exchange,
): void {
  const outgoing = http.request({ host: address, port, method, path, headers: { ...headers, host }, agent: false });
  outgoing.on('error', () => exchange.fail());
  outgoing.once('response', (answer) => {
    exchange.begin(answer.statusCode ?? 502, answer.headers);
    answer.pipe(exchange.response);
  });
  exchange.request.pipe(outgoing);
  exchange.response.once('close', () => outgoing.destroy());
}

function forwarded({ headers, from }: SentRequest): IncomingHttpHeaders {
  const { 'x-forwarded-for': earlier } = headers;
  return {
    ...endToEnd(headers),
    'x-forwarded-for': [earlier, from].flat().filter(Boolean).join(','),
    'x-forwarded-proto': 'https',
  };
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(
    ([name, value]) => !name.startsWith(':') && !HOP_BY_HOP.includes(name) && value !== undefined,
  );
  return Object.fromEntries(kept);
}
