import { connect as connectH2 } from 'node:http2';
import { request } from 'node:https';
import { connect as connectTls } from 'node:tls';
import type { ClientCertificate } from './client-authority';
import { bearer, HOSTNAME } from './policy';

/** What a caller sends; a good token and the right host unless said otherwise. `undefined` leaves a header out. */
export interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string;
  /** Shown in the handshake. */
  readonly client?: Pick<ClientCertificate, 'certificate' | 'privateKey'>;
  /** HTTP/2 alone. */
  readonly trailers?: Readonly<Record<string, string>>;
}

/** What comes back; status 0 when the connection was cut. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** Why it was cut, in the words of Node.js: a TLS alert of the peer among others. */
  readonly error?: string;
}

const TIMEOUT_MS = 8_000;

/** One call over HTTP/1.1, on a connection of its own. The certificate is not verified: a balancer does not either. */
export function call(
  port: number,
  { method = 'POST', path = '/Greeter/greet', headers = {}, body, client }: Call = {},
  localAddress: string = '127.0.0.1',
): Promise<Answer> {
  return new Promise((settle) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: defined({ host: HOSTNAME, ...bearer(), ...headers }) as Record<string, string>,
        rejectUnauthorized: false,
        ...shown(client),
        agent: false,
        localAddress,
        timeout: TIMEOUT_MS,
      },
      (response) => {
        let text = '';
        response.on('data', (data: Buffer) => (text += data.toString()));
        response.on('end', () => settle({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', (error) => settle(cut(error)));
    sent.end(body);
  });
}

/** One call over HTTP/2. */
export function callH2(
  port: number,
  { method = 'POST', path = '/Greeter/greet', headers = {}, body, client, trailers }: Call = {},
): Promise<Answer> {
  return new Promise((settle) => {
    const session = connectH2(`https://127.0.0.1:${port}`, { rejectUnauthorized: false, ...shown(client) });
    const finish = (answer: Answer): void => {
      session.destroy();
      settle(answer);
    };
    session.on('error', (error) => finish(cut(error)));
    const line = { ':method': method, ':path': path, ':authority': HOSTNAME };
    const stream = session.request(defined({ ...line, ...bearer(), ...headers }) as Record<string, string>, {
      endStream: false,
      waitForTrailers: trailers !== undefined,
    });
    let text = '';
    let head: Record<string, unknown> = {};
    stream.setTimeout(TIMEOUT_MS, () => finish(cut(new Error('timeout'))));
    stream.on('wantTrailers', () => stream.sendTrailers(trailers ?? {}));
    stream.on('response', (received) => (head = received));
    stream.on('data', (data: Buffer) => (text += data.toString()));
    stream.on('error', (error) => finish(cut(error)));
    stream.on('end', () => finish({ status: Number(head[':status'] ?? 0), headers: head, body: text }));
    stream.end(body);
  });
}

/** Bytes as they are over TLS; what came back until the peer closed, was silent for `quietMs`, or never said a word in `timeoutMs`. */
export function sendRaw(
  port: number,
  data: string,
  { timeoutMs = 3_000, quietMs = 100 }: { timeoutMs?: number; quietMs?: number } = {},
): Promise<string> {
  return new Promise((settle) => {
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] });
    let received = '';
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      settle(received);
    };
    let timer = setTimeout(finish, timeoutMs);
    socket.once('secureConnect', () => socket.write(data, 'latin1'));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(finish, quietMs);
    });
    socket.on('error', finish);
    socket.on('end', finish);
  });
}

function defined(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

function cut(error: NodeJS.ErrnoException): Answer {
  return { status: 0, headers: {}, body: '', error: error.code ?? error.message };
}

function shown(client: Call['client']): { cert?: string; key?: string } {
  return client === undefined ? {} : { cert: client.certificate, key: client.privateKey };
}
