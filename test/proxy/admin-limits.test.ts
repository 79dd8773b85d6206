import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN_HOSTNAME, adminDoor, personToken, SCOPES } from './admin-door';
import { call } from './caller';
import { ingressPolicy } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

/** The operators' listener. */
function door(bootstrap: Editable): Editable {
  return bootstrap.static_resources.listeners.find(({ name }: { name: string }) => name === 'admin');
}

/** Takes out that its connections are not counted among the callers'. */
function counted(bootstrap: Editable): void {
  delete door(bootstrap).ignore_global_conn_limit;
}

function threeConnections(bootstrap: Editable): void {
  door(bootstrap).filter_chains[0].filters[0].typed_config.max_connections = 3;
}

function fourRequests(bootstrap: Editable): void {
  const [, manager] = door(bootstrap).filter_chains[0].filters;
  const [{ typed_config: rate }] = manager.typed_config.http_filters;
  rate.descriptors[0].token_bucket = { max_tokens: 4, tokens_per_fill: 1, fill_interval: '60s' };
}

/** What an operator gets who looks at what is deployed; 0 when there was no connection. */
async function look({ adminPort }: RunningProxy): Promise<number> {
  const headers = { host: ADMIN_HOSTNAME, authorization: `Bearer ${personToken([SCOPES.viewer])}` };
  return (await call(adminPort, { method: 'GET', path: '/deployments', headers })).status;
}

/** The same while callers hold all connections of the ingress that they may have. */
async function lookWhenFull(proxy: RunningProxy): Promise<number> {
  const open = (): Socket => connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  const idle = Array.from({ length: 8 }, open);
  try {
    for (let refused = 0; refused < 2; refused = (await call(proxy.port)).status === 0 ? refused + 1 : 0) {
      if (idle.length > 50) throw new Error('connections beyond the limit are still accepted');
      idle.push(open());
      await sleep(50);
    }
    return await look(proxy);
  } finally {
    for (const socket of idle) socket.destroy();
  }
}

/** The same beside three connections that are open already. */
async function lookBesideThree(proxy: RunningProxy): Promise<number> {
  const idle = Array.from({ length: 3 }, () =>
    connectTls({ port: proxy.adminPort, host: '127.0.0.1', rejectUnauthorized: false }),
  );
  await Promise.all(idle.map((socket) => new Promise((settle) => socket.once('secureConnect', settle))));
  const status = await look(proxy);
  for (const socket of idle) socket.destroy();
  return status;
}

describe('the door of operators', () => {
  // Not in a hook: concurrent tests start before hooks do.
  const starting: Promise<Upstream> = startUpstream();

  afterAll(async () => (await starting).close());

  async function at<T>(
    use: (proxy: RunningProxy) => Promise<T>,
    edit?: (bootstrap: Editable) => void,
    limits: { maxConnections?: number } = {},
  ): Promise<T> {
    const { port } = await starting;
    const ingress = ingressPolicy({ limits });
    const proxy = await startProxy({ ingress, upstreamPort: port, admin: adminDoor(port) }, edit);
    try {
      return await use(proxy);
    } finally {
      await proxy.stop();
    }
  }

  test.concurrent('stays open when callers hold all connections of the ingress', async () => {
    expect(await at(lookWhenFull, undefined, { maxConnections: 8 })).toBe(200);
    expect(await at(lookWhenFull, counted, { maxConnections: 8 })).toBe(0);
  });

  test.concurrent('has a number of connections of its own', async () => {
    expect(await at(lookBesideThree, threeConnections)).toBe(0);
    expect(await at(lookBesideThree)).toBe(200);
  });

  test.concurrent('admits so many requests and no more', async () => {
    const statuses = await at((proxy) => Promise.all(Array.from({ length: 12 }, () => look(proxy))), fourRequests);

    expect(statuses.filter((status) => status === 200)).toHaveLength(4);
    expect(statuses.filter((status) => status === 429)).toHaveLength(8);
  });

  test.concurrent('admits as many at once as a command of restate sends for 500 invocations', async () => {
    const statuses = await at(async (proxy) => {
      const all: number[] = [];
      for (let sent = 0; sent < 500; sent += 50) {
        all.push(...(await Promise.all(Array.from({ length: 50 }, () => look(proxy)))));
      }
      return all;
    });

    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });
});
