import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRestateServer, type RunningServer } from '../restate/restate-server';
import { call } from './caller';
import { mutations } from './editable-parts';
import { ingressPolicy } from './policy';
import { startProxy, type Editable } from './proxy';

/** What a service answers when the server asks which handlers it has. */
const MANIFEST = {
  protocolMode: 'BIDI_STREAM',
  minProtocolVersion: 5,
  maxProtocolVersion: 5,
  services: [{ name: 'Greeter', ty: 'SERVICE', handlers: [{ name: 'greet' }] }],
};

const SECRETS = {
  cookie: 'session=PLANTED',
  'x-api-key': 'PLANTED',
  'x-forwarded-for': '203.0.113.9',
  'x-restate-jwt-v1': 'forged',
  origin: 'https://app.example.com',
};

describe('the journal of the real server', () => {
  const service = createServer();
  const ports = { ingress: 0, fabric: 0 };
  let server: RunningServer;

  beforeAll(async () => {
    service.on('stream', (stream, headers) => {
      const discovery = headers[':path'] === '/discover';
      stream.respond({
        ':status': discovery ? 200 : 503,
        'content-type': 'application/vnd.restate.endpointmanifest.v3+json',
      });
      stream.end(discovery ? JSON.stringify(MANIFEST) : '');
    });
    await new Promise<void>((settle) => service.listen(0, '127.0.0.1', settle));
    for (const name of ['ingress', 'fabric'] as const) ports[name] = await freePort();
    server = await startRestateServer({
      overrides: {
        RESTATE_BIND_ADDRESS: `127.0.0.1:${ports.fabric}`,
        RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${ports.fabric}/`,
        RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ports.ingress}`,
      },
    });
    const uri = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    expect((await server.admin('/deployments', { uri })).status).toBe(201);
  });
  afterAll(async () => {
    await server?.stop();
    service.close();
  });

  /** Names of the headers that the journal holds of a call through a proxy. */
  async function journaled(edit?: (bootstrap: Editable) => void): Promise<string[]> {
    const proxy = await startProxy({ ingress: ingressPolicy(), upstreamPort: ports.ingress }, edit);
    const headers = {
      ...SECRETS,
      'content-type': 'application/json',
      traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01`,
    };
    const { status, body } = await call(proxy.port, { path: '/Greeter/greet/send', headers, body: '"bob"' });
    await proxy.stop();
    expect(status).toBe(202);
    return journalHeaders((JSON.parse(body) as { invocationId: string }).invocationId);
  }

  async function journalHeaders(id: string): Promise<string[]> {
    const query = `SELECT entry_json FROM sys_journal WHERE id = '${id}' AND index = 0`;
    for (let tries = 0; tries < 50; tries += 1) {
      const { body } = await server.admin('/query', { query });
      const { rows } = JSON.parse(body) as { rows: { entry_json: string }[] };
      if (rows.length === 1) {
        const entry = JSON.parse(rows[0]!.entry_json) as { Command: { Input: { headers: { name: string }[] } } };
        return entry.Command.Input.headers.map(({ name }) => name).sort();
      }
      await sleep(50);
    }
    throw new Error(`the journal holds no input of ${id}`);
  }

  test('holds the named headers of a call through the proxy, and no other', async () => {
    expect(await journaled()).toEqual(['content-length', 'content-type', 'traceparent', 'x-restate-ingress-path']);
  });

  test('holds credentials as soon as the allow-list is taken out', async () => {
    const names = await journaled((bootstrap) => delete mutations(bootstrap).request_mutations);

    expect(names).toEqual(expect.arrayContaining(['cookie', 'x-api-key', 'x-forwarded-for']));
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((settle) =>
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port)),
  );
  await new Promise((settle) => server.close(settle));
  return port;
}
