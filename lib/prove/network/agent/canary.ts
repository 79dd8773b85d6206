import http2 from 'node:http2';
import net, { type AddressInfo, type Server } from 'node:net';

/** A listener that says who came. */
export interface CanaryServer {
  readonly port: number;
  readonly received: readonly string[];
  close(): Promise<void>;
}

const HTTP2_PREFACE = 'PRI * HTTP/2.0';
/** A connection that says nothing counts all the same, and is not kept. */
const IDLE_MS = 10_000;

/**
 * Listens and writes down the first bytes of each connection, empty for one that said nothing. Answers HTTP/1.1 200 with `answer` as
 * its body, an HTTP/2 client likewise in its own protocol, and `answer` as it is when it begins like an HTTP/1.1 answer itself.
 */
export async function openCanary(options: { address: string; port: number; answer: string }): Promise<CanaryServer> {
  const received: string[] = [];
  const open = new Set<net.Socket>();
  const h2 = http2.createServer((_request, response) => response.end(options.answer));
  const server = net.createServer((socket) => {
    open.add(socket);
    const place = received.push('') - 1;
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.once('data', (first) => {
      received[place] = first.toString('latin1').slice(0, 16_384);
      if (received[place].startsWith(HTTP2_PREFACE)) speakHttp2(h2, socket, first);
      else socket.end(http1Answer(options.answer));
    });
  });
  await listen(server, options.port, options.address);
  return {
    port: (server.address() as AddressInfo).port,
    received,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function speakHttp2(server: http2.Http2Server, socket: net.Socket, first: Buffer): void {
  socket.pause();
  socket.unshift(first);
  server.emit('connection', socket);
}

function http1Answer(answer: string): string {
  if (answer.startsWith('HTTP/1.')) return answer;
  const length = Buffer.byteLength(answer);
  return `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${answer}`;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}
