import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { MetadataConfig } from './instance-metadata';
import { serveRequests } from './serve-requests';

/** The process that answers as the metadata service of an EC2 instance does, with credentials that open nothing. */
const requests: string[] = [];
const token = randomUUID();

function answer(request: IncomingMessage, tokensRequired: boolean): { status: number; body: string } {
  if (request.method === 'PUT' && request.url === '/latest/api/token') {
    const lifetime = request.headers['x-aws-ec2-metadata-token-ttl-seconds'];
    return lifetime === undefined ? { status: 400, body: '' } : { status: 200, body: token };
  }
  const given = request.headers['x-aws-ec2-metadata-token'];
  if (tokensRequired && given !== token) return { status: 401, body: '' };
  if (request.url === '/latest/meta-data/iam/security-credentials/') return { status: 200, body: 'instance-role' };
  if (request.url === '/latest/meta-data/iam/security-credentials/instance-role') {
    return {
      status: 200,
      body: JSON.stringify({ Code: 'Success', AccessKeyId: 'emulated', SecretAccessKey: 'emulated' }),
    };
  }
  return { status: 200, body: 'emulated instance metadata' };
}

type Request = { readonly do: 'start'; readonly config: MetadataConfig } | { readonly do: 'requests' };

serveRequests(async (given) => {
  const request = given as Request;
  if (request.do === 'requests') return requests;
  const { address, tokensRequired } = request.config;
  const server = createServer((incoming, response) => {
    requests.push(`${incoming.method} ${incoming.url}`);
    const { status, body } = answer(incoming, tokensRequired);
    response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
  });
  return new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(80, address, () => resolve());
  });
});
