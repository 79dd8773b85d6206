import { createServer } from 'node:http2';
import { createServer as createSocket, type AddressInfo } from 'node:net';
import { startRestateServer, type RunningServer } from '../restate/restate-server';

/** What a service answers when the server asks which handlers it has. */
const MANIFEST = {
  protocolMode: 'BIDI_STREAM',
  minProtocolVersion: 5,
  maxProtocolVersion: 5,
  services: [{ name: 'Greeter', ty: 'SERVICE', handlers: [{ name: 'greet' }] }],
};

/** A real server whose admin API is on loopback too, and a service that may be registered there. */
export interface AdminServer {
  readonly server: RunningServer;
  readonly adminPort: number;
  readonly serviceUri: string;
  stop(): Promise<void>;
}

/** Starts both, on ports that are free. */
export async function startAdminServer(): Promise<AdminServer> {
  const service = createServer();
  service.on('stream', (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/vnd.restate.endpointmanifest.v3+json' });
    stream.end(JSON.stringify(MANIFEST));
  });
  await new Promise<void>((settle) => service.listen(0, '127.0.0.1', settle));
  const [ingress, fabric, adminPort] = [await freePort(), await freePort(), await freePort()];
  const server = await startRestateServer({
    adminListener: 'socket-and-loopback',
    overrides: {
      RESTATE_BIND_ADDRESS: `127.0.0.1:${fabric}`,
      RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${fabric}/`,
      RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
      RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${adminPort}`,
    },
  });
  return {
    server,
    adminPort,
    serviceUri: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
    stop: async () => {
      await server.stop();
      service.close();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const socket = createSocket().listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo;
      socket.close(() => settle(port));
    });
  });
}
