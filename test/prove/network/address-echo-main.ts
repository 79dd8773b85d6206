import { createServer } from 'node:net';
import { serveRequests } from '../../../lib/prove/network/serve-requests';

/** A server that says who called it and at which port of its own, and hangs up. */
serveRequests(async (given) => {
  const { port } = given as { port: number };
  const server = createServer((socket) => {
    socket.on('error', () => undefined).end(`${socket.remoteAddress?.replace('::ffff:', '')} at ${socket.localPort}`);
  });
  await new Promise<void>((resolve) => server.listen(port, '::', () => resolve()));
});
