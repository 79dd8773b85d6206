import http2 from 'node:http2';
import { serveRequests } from '../../../lib/prove/network/serve-requests';

/** A TLS server that answers with the protocol that was chosen and the address that called. */
serveRequests(async (given) => {
  const { port, certificate, privateKey } = given as { port: number; certificate: string; privateKey: string };
  const server = http2.createSecureServer(
    { cert: certificate, key: privateKey, allowHTTP1: true },
    (request, response) => {
      response.end(`${request.httpVersion} from ${request.socket.remoteAddress}`);
    },
  );
  await new Promise<void>((resolve) => server.listen(port, '::', () => resolve()));
});
