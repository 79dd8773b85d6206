import http2, { type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { contains } from '../network/address-range';
import { serveRequests } from '../network/serve-requests';
import { answerCredentials, decide, SERVERLESS } from './front-decision';
import type { FrontConfig, FrontRecord, FrontRequest } from './front';
import { decodePath } from './front-path';
import { forwardTo } from './front-upstream';
import { type ApiAnswer, answerToken } from './token-endpoint';

/** The process that stands for Google's front end. Header names and values are Node's; it decides and forwards, and changes no body. */
const records: FrontRecord[] = [];
let apis: 'up' | 'down' = 'up';

type Answer = (config: FrontConfig, path: string, authorization: string | undefined, body: string) => ApiAnswer;

const APIS: Readonly<Record<string, Answer>> = {
  'iamcredentials.googleapis.com': (config, path, authorization, body) =>
    answerCredentials({ path, authorization, body }, config.rules, config),
  'oauth2.googleapis.com': ({ credentials, keys }, path, _authorization, body) =>
    path === '/token' ? answerToken(body, credentials, keys) : { status: 404, body: {} },
};

const PAGES: Readonly<Record<number, string>> = {
  401: 'Your client does not have permission to the requested URL: the token could not be verified.',
  403: 'Your client does not have permission to get this URL from this server.',
  404: 'The requested URL was not found on this server.',
};

function serve(config: FrontConfig, request: Http2ServerRequest, response: Http2ServerResponse): void {
  const { method, headers } = request;
  const path = decodePath(request.url);
  const host = (headers[':authority'] ?? headers.host ?? '').replace(/:443$/, '').toLowerCase();
  const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const about = { host, method, path, from, ...shownBy(headers) };
  const api = APIS[host];
  if (api !== undefined) {
    serveApi(about, request, response, (body) => api(config, path, headers.authorization, body));
    return;
  }
  const inside = config.inside.some((range) => contains(range, from));
  const decision = decide({ host, path, headers, inside }, config.rules, config.keys);
  if ('to' in decision) {
    const { protocol } = decision.to;
    const sent = { method, path, host, from, headers: decision.headers };
    forwardTo({ ...config.upstream, protocol }, sent, request, response, (status, why = decision.why) =>
      records.push({ ...about, upstream: protocol, status, why }),
    );
    return;
  }
  const { status, why } = decision;
  records.push({ ...about, status, why });
  const challenge =
    status === 404 ? {} : { 'www-authenticate': status === 401 ? 'Bearer error="invalid_token"' : 'Bearer' };
  request.resume();
  response.writeHead(status, { ...challenge, 'content-type': 'text/html' });
  response.end(`<html><title>${status}</title>${PAGES[status]}</html>`);
}

function serveApi(
  about: Omit<FrontRecord, 'status' | 'why'>,
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  answerTo: (body: string) => ApiAnswer,
): void {
  if (apis === 'down') {
    // HTTP/1.1 has no streams
    (request.stream?.session ?? request.socket).destroy();
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
  request.once('end', () => {
    const answer = answerTo(body);
    records.push({ ...about, status: answer.status, why: 'api' });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
}

function shownBy(headers: Http2ServerRequest['headers']): Pick<FrontRecord, 'shown' | 'audience' | 'email'> {
  const [value] = [headers[SERVERLESS] ?? headers.authorization].flat();
  if (value === undefined) return { shown: 'nothing' };
  const { aud, email } = claimsOf(value);
  return {
    shown: headers[SERVERLESS] === undefined ? 'authorization' : SERVERLESS,
    ...(typeof aud === 'string' && { audience: aud }),
    ...(typeof email === 'string' && { email }),
  };
}

/** What a token says, whether or not it is true. */
function claimsOf(header: string): { readonly aud?: unknown; readonly email?: unknown } {
  try {
    return Object(JSON.parse(Buffer.from(header.split('.')[1] ?? '', 'base64url').toString())) as object;
  } catch {
    return {};
  }
}

async function start(config: FrontConfig): Promise<void> {
  const { certificate: cert, privateKey: key } = config.certificate;
  const server = http2.createSecureServer({ cert, key, allowHTTP1: true, minVersion: 'TLSv1.2' }, (request, response) =>
    serve(config, request, response),
  );
  for (const event of ['sessionError', 'tlsClientError', 'clientError']) server.on(event, () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, '::', () => resolve());
  });
}

serveRequests(async (given) => {
  const request = given as FrontRequest;
  if (request.do === 'records') return records;
  if (request.do === 'start') return start(request.config);
  apis = request.mode;
  return undefined;
});
