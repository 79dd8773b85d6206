import { createServer, type Server } from 'node:net';
import type { ForwarderRequest } from './forwarder';
import { passBytes } from './pass-bytes';

/** The process that stands in a namespace and passes bytes from a listener of elsewhere into it, or opens a listener in it for elsewhere. */
process.on('message', (request: ForwarderRequest, listener: Server | undefined) => {
  if (request.do === 'pass') listener?.on('connection', (client) => passBytes(client, request.target));
  else open(request.port);
});
process.on('disconnect', () => process.exit(0));

function open(port: number): void {
  const server = createServer();
  server.once('error', (error) => process.send?.(error.message));
  server.listen(port, '::', () => process.send?.('open', server, {}, () => server.close()));
}
