import { request as plainRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IngressLimits } from '../../lib/core/limits';
import { call, sendRaw } from './caller';
import { bearer, HOSTNAME, ingressPolicy } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

describe('a limit of the proxy', () => {
  // Not in a hook: concurrent tests start before hooks do.
  const starting: Promise<Upstream> = startUpstream();

  afterAll(async () => (await starting).close());

  async function limited<T>(
    limits: Partial<IngressLimits>,
    use: (proxy: RunningProxy) => Promise<T>,
    edit?: (bootstrap: Editable) => void,
    trustedHops?: number,
  ): Promise<T> {
    const { port } = await starting;
    const behind = trustedHops === undefined ? {} : { trustedHops };
    const proxy = await startProxy({ ingress: ingressPolicy({ limits }), upstreamPort: port, ...behind }, edit);
    try {
      return await use(proxy);
    } finally {
      await proxy.stop();
    }
  }

  test.concurrent('holds for each address by itself, before it holds for all', async () => {
    const limits = { burst: 100, requestsPerSecond: 1, burstPerAddress: 4, requestsPerSecondPerAddress: 1 };
    const { here, there } = await limited(limits, async ({ port }) => ({
      here: await Promise.all(Array.from({ length: 10 }, () => call(port))),
      there: await call(port, {}, '127.0.0.2'),
    }));

    expect(here.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(5);
    expect(here.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(5);
    expect(there.status).toBe(200);
  });

  test.concurrent.each<[hops: number, seen: readonly string[], limited: number]>([
    [0, ['127.0.0.1'], 5],
    [2, ['198.51.100.1', '198.51.100.2'], 1],
  ])(
    'counts callers by the address that %s balancers before it have added, and by none that they write themselves',
    async (hops, seen, least) => {
      const limits = { burst: 100, requestsPerSecond: 1, burstPerAddress: 4, requestsPerSecondPerAddress: 1 };
      const path = `/Greeter/hops-${hops}`;
      const { statuses, lines } = await limited(
        limits,
        async (proxy) => {
          const answers = await Promise.all(
            Array.from({ length: 10 }, (_, index) => {
              const forged = `192.0.2.${index}, 192.0.2.${index + 100}`;
              const added = `${forged}, 198.51.100.${1 + (index % 2)}, 203.0.113.7`;
              return call(proxy.port, { path, headers: { 'x-forwarded-for': added } });
            }),
          );
          return { statuses: answers.map(({ status }) => status), lines: await proxy.accessLog(path, 10) };
        },
        undefined,
        hops,
      );

      expect(new Set(lines.map(({ ip }) => ip))).toEqual(new Set(seen));
      expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(least);
    },
  );

  test.concurrent('cuts who sends its headers too slowly', async () => {
    const received = await limited({ headersSeconds: 1 }, ({ port }) =>
      sendRaw(port, `POST /Greeter/greet HTTP/1.1\r\nhost: ${HOSTNAME}\r\n`),
    );

    expect(received).toMatch(/^HTTP\/1\.1 408 /);
  });

  test.concurrent('cuts who never begins the handshake', async () => {
    const limits = { headersSeconds: 1 };

    expect(await limited(limits, ({ port }) => isCut(port))).toBe(true);
    expect(await limited(limits, ({ port }) => isCut(port), handshakeUnlimited)).toBe(false);
  });

  test.concurrent('cuts who sends its body too slowly', async () => {
    const { authorization } = bearer();
    const head = `POST /Greeter/greet HTTP/1.1\r\nhost: ${HOSTNAME}\r\nauthorization: ${authorization}\r\ncontent-length: 5\r\n\r\nab`;
    const received = await limited({ uploadSeconds: 1 }, ({ port }) => sendRaw(port, head));

    expect(received).toMatch(/^HTTP\/1\.1 408 /);
  });

  test.concurrent('lets a call wait as long as is stated, upload limit or not', async () => {
    const limits = { uploadSeconds: 1, headersSeconds: 1 };
    const { status } = await limited(limits, ({ port }) => call(port, { path: '/Greeter/wait-1500' }));

    expect(status).toBe(200);
  });

  test.concurrent('ends a call that is silent for longer', async () => {
    const { status } = await limited({ longestCallSeconds: 1 }, ({ port }) =>
      call(port, { path: '/Greeter/wait-3000' }),
    );

    expect(status).toBe(504);
  });

  test.concurrent('refuses more calls in flight than are stated', async () => {
    const statuses = await limited({ concurrentCalls: 2 }, ({ port }) =>
      Promise.all(Array.from({ length: 12 }, () => call(port, { path: '/Greeter/wait-600' }))),
    );

    expect(statuses.filter(({ status }) => status === 503).length).toBeGreaterThan(0);
    expect(statuses.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
  });

  test.concurrent('of open connections does not keep the balancer from asking for health', async () => {
    expect(await limited({ maxConnections: 8 }, healthWhenFull)).toBe(200);
    expect(await limited({ maxConnections: 8 }, healthWhenFull, counted)).toBe(0);
  });
});

function handshakeUnlimited(bootstrap: Editable): void {
  delete bootstrap.static_resources.listeners[0].filter_chains[0].transport_socket_connect_timeout;
}

/** Whether a connection on which nothing is said is closed within two seconds and a half. */
function isCut(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.once('close', () => settle(true));
    socket.setTimeout(2_500, () => {
      settle(false);
      socket.destroy();
    });
  });
}

/** Takes out that the health listener is not counted among the callers' connections. */
function counted(bootstrap: Editable): void {
  delete bootstrap.static_resources.listeners[1].ignore_global_conn_limit;
}

/** What the health listener answers while callers hold all connections that they may have. */
async function healthWhenFull({ port, healthPort }: RunningProxy): Promise<number> {
  const open = (): Socket => connect(port, '127.0.0.1').on('error', () => undefined);
  const idle = Array.from({ length: 8 }, open);
  try {
    // One that is refused in the rush leaves its place to another.
    for (let refused = 0; refused < 2; refused = (await call(port)).status === 0 ? refused + 1 : 0) {
      if (idle.length > 50) throw new Error('connections beyond the limit are still accepted');
      idle.push(open());
      await sleep(50);
    }
    return await healthStatus(healthPort);
  } finally {
    for (const socket of idle) socket.destroy();
  }
}

function healthStatus(port: number): Promise<number> {
  return new Promise((settle) => {
    const asked = plainRequest(
      { host: '127.0.0.1', port, path: '/healthz', agent: false, timeout: 2_000 },
      (response) => {
        response.resume();
        settle(response.statusCode ?? 0);
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => settle(0));
    asked.end();
  });
}
