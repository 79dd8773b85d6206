import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came out of the proxy. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly trailers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Stands in for the server's ingress: writes down what comes, and answers as open-handedly as the real one does. */
export interface Upstream {
  readonly port: number;
  /** Everything that came, health checks excluded. */
  readonly all: readonly SeenRequest[];
  /** Whether `/restate/health` answers 200. */
  healthy: boolean;
  close(): Promise<void>;
}

/** A call whose path holds `wait-<ms>` is answered only after so long. */
export async function startUpstream(): Promise<Upstream> {
  const all: SeenRequest[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/restate/health' && request.headers['user-agent'] === 'Envoy/HC') {
      response.writeHead(upstream.healthy ? 200 : 503, { 'content-type': 'application/json' });
      response.end('{"services":["Greeter","SecretService"]}');
      return;
    }
    record(request, response, all);
  });
  const port = await new Promise<number>((settle) =>
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port)),
  );
  const upstream: Upstream = {
    port,
    all,
    healthy: true,
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
  return upstream;
}

function record(request: IncomingMessage, response: ServerResponse, all: SeenRequest[]): void {
  let body = '';
  request.on('data', (data: Buffer) => (body += data.toString('latin1')));
  request.on('error', () => undefined);
  request.on('end', () => {
    const { method = '', url: path = '', headers, trailers } = request;
    all.push({ method, path, headers, trailers, body });
    setTimeout(() => answer(request, response), Number(/wait-(\d+)/.exec(path)?.[1] ?? 0));
  });
}

/** The real server reflects every origin with credentials. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'x-restate-id': 'inv_1',
    'access-control-allow-origin': request.headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    server: 'restate',
    'x-internal': 'leak',
  });
  response.end('"hello"');
}
