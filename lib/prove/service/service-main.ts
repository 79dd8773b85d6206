import http2, { type IncomingHttpHeaders } from 'node:http2';
import { serveRequests } from '../network/serve-requests';
import type { RecordedRequest, ServiceConfig, ServiceRequest } from './running-service';
import { loadSdk } from './sdk';
import { bindServices } from './services';

/** The process of the real SDK service behind the server; it writes down every request before the SDK sees it. */
const requests: RecordedRequest[] = [];

function record(method: string, path: string, headers: IncomingHttpHeaders): void {
  const fields = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  requests.push({
    method,
    path,
    headers: Object.fromEntries(fields.map(([name, value]) => [name, [value].flat().join(', ')])),
  });
}

async function start(config: ServiceConfig): Promise<void> {
  const sdk = loadSdk(config.sdkModules);
  const endpoint = sdk.endpoint();
  const bound = bindServices(
    sdk,
    config.identityKeys.length > 0 ? endpoint.withIdentityV1(...config.identityKeys) : endpoint,
    config.granted,
  );
  const handler = bound.http2Handler();
  const server = http2.createServer((request, response) => {
    record(request.method, request.url, request.headers);
    handler(request, response);
  });
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.bind ?? '::', () => resolve());
  });
}

serveRequests(async (given) => {
  const request = given as ServiceRequest;
  return request.do === 'start' ? start(request.config) : requests;
});
