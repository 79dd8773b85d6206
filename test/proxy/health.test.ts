import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ingressPolicy } from './policy';
import { startProxy, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

interface Health {
  readonly status: number;
  readonly text: string;
}

describe('the health of the proxy', () => {
  let upstream: Upstream;
  let proxy: RunningProxy;

  beforeAll(async () => {
    upstream = await startUpstream();
    proxy = await startProxy({ ingress: ingressPolicy(), upstreamPort: upstream.port }, (bootstrap) => {
      const [check] = bootstrap.static_resources.clusters[0].health_checks;
      Object.assign(check, { interval: '0.1s', no_traffic_interval: '0.1s', unhealthy_interval: '0.1s' });
    });
  });
  afterAll(async () => {
    await proxy?.stop();
    await upstream?.close();
  });

  function ask(path: string, method: string = 'GET'): Promise<Health> {
    return new Promise((settle, reject) => {
      const options = { host: '127.0.0.1', port: proxy.healthPort, path, method, agent: false, timeout: 3_000 };
      const asked = request(options, (response) => {
        let text = JSON.stringify(response.rawHeaders);
        response.on('data', (data: Buffer) => (text += data.toString()));
        response.on('end', () => settle({ status: response.statusCode ?? 0, text }));
      });
      asked.on('timeout', () => asked.destroy(new Error('no answer')));
      asked.on('error', reject);
      asked.end();
    });
  }

  async function waitFor(status: number): Promise<void> {
    for (let tries = 0; (await ask('/healthz')).status !== status; tries += 1) {
      if (tries > 100) throw new Error(`health did not become ${status}`);
      await sleep(50);
    }
  }

  test('follows the server, down and up again', async () => {
    await waitFor(200);
    upstream.healthy = false;
    await waitFor(503);
    upstream.healthy = true;
    await waitFor(200);
  });

  test('names no service, no product and no cluster', async () => {
    const { text } = await ask('/healthz');

    expect(text).not.toMatch(/Greeter|SecretService|services|restate|"envoy"|"server"/i);
  });

  test.each([
    ['GET', '/'],
    ['GET', '/restate/health'],
    ['GET', '/stats'],
    ['GET', '/config_dump'],
    ['GET', '/healthz?x=1'],
    ['GET', '/healthz/'],
    ['POST', '/healthz'],
    ['POST', '/quitquitquit'],
    ['POST', '/Greeter/greet'],
  ])('leads nowhere else: %s %s', async (method, path) => {
    const before = upstream.all.length;
    const { status } = await ask(path, method);

    expect(status).toBe(404);
    expect(upstream.all).toHaveLength(before);
  });
});
