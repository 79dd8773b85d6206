import { createServer, type Server } from 'node:http';
import { serveRequests } from '../network/serve-requests';
import { answerMetadata } from './metadata-answer';
import type { MetadataRequest, MetadataServerConfig } from './metadata-server';

/** The process that answers as the metadata server of a machine of Compute Engine. */
const requests: string[] = [];
let config: MetadataServerConfig | undefined;
let server: Server | undefined;

async function open(where: MetadataServerConfig): Promise<void> {
  const created = createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    requests.push(`${method} ${url}`);
    const { status, type, body } = answerMetadata({ method, url, headers }, where);
    response.writeHead(status, { 'content-type': type, 'metadata-flavor': 'Google', server: 'Metadata Server for VM' });
    response.end(body);
  });
  server = created;
  await new Promise<void>((resolve, reject) => {
    created.once('error', reject);
    created.listen(where.port, where.address, () => resolve());
  });
}

async function close(): Promise<void> {
  const old = server;
  server = undefined;
  old?.closeAllConnections();
  await new Promise((resolve) => (old === undefined ? resolve(null) : old.close(resolve)));
}

serveRequests(async (given) => {
  const request = given as MetadataRequest;
  if (request.do === 'requests') return requests;
  if (request.do === 'start') {
    config = request.config;
    return open(config);
  }
  await close();
  return request.mode === 'up' && config !== undefined ? open(config) : undefined;
});
