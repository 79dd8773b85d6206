import { createServer, type Server } from 'node:https';
import { serveRequests } from '../network/serve-requests';
import type { JwksRequest } from './jwks-server';

/** The process that serves the issuer's public keys, or misbehaves as it is told. */
let server: Server | undefined;
let fetches = 0;

async function behave(request: Extract<JwksRequest, { do: 'behave' }>): Promise<void> {
  const old = server;
  server = undefined;
  if (old !== undefined) {
    old.closeAllConnections();
    await new Promise((resolve) => old.close(resolve));
  }
  if (request.as === null) return;
  const { certificate, jwks } = request.as;
  const created = createServer({ cert: certificate.certificate, key: certificate.privateKey }, (incoming, response) => {
    if (incoming.url !== request.path) {
      response.writeHead(404).end();
      return;
    }
    fetches += 1;
    if (jwks !== undefined) response.writeHead(200, { 'content-type': 'application/json' }).end(jwks);
  });
  server = created;
  await new Promise<void>((resolve, reject) => {
    created.once('error', reject);
    created.listen(request.port, request.address, () => resolve());
  });
}

serveRequests(async (given) => {
  const request = given as JwksRequest;
  return request.do === 'fetches' ? fetches : behave(request);
});
