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
  /** Calls for a path, health checks excluded. */
  seen(path: string): readonly SeenRequest[];
  /** Everything that came, health checks excluded. */
  readonly all: readonly SeenRequest[];
  /** Whether `/restate/health` answers 200. */
  healthy: boolean;
  close(): Promise<void>;
}

/** A call whose path holds `wait-<ms>` is answered only after so long, one with `hold-<n>` once n of them wait together. */
export async function startUpstream(): Promise<Upstream> {
  const all: SeenRequest[] = [];
  const held: (() => void)[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/restate/health' && request.headers['user-agent'] === 'Envoy/HC') {
      response.writeHead(upstream.healthy ? 200 : 503, { 'content-type': 'application/json' });
      response.end('{"services":["Greeter","SecretService"]}');
      return;
    }
    record(request, response, all, held);
  });
  const port = await new Promise<number>((settle) =>
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port)),
  );
  const upstream: Upstream = {
    port,
    all,
    healthy: true,
    seen: (path) => all.filter((request) => request.path === path),
    close: () =>
      new Promise((settle) => {
        server.close(() => settle());
        server.closeAllConnections();
      }),
  };
  return upstream;
}

function record(request: IncomingMessage, response: ServerResponse, all: SeenRequest[], held: (() => void)[]): void {
  let body = '';
  request.on('data', (data: Buffer) => (body += data.toString('latin1')));
  request.on('error', () => undefined);
  request.on('end', () => {
    const { method = '', url: path = '', headers, trailers } = request;
    all.push({ method, path, headers, trailers, body });
    const together = Number(/hold-(\d+)/.exec(path)?.[1] ?? 0);
    if (together === 0) {
      setTimeout(() => answer(request, response), Number(/wait-(\d+)/.exec(path)?.[1] ?? 0));
    } else if (held.push(() => answer(request, response)) === together) {
      for (const release of held.splice(0)) release();
    }
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
