import { createServer, type AddressInfo, type Server } from 'node:net';
import { listeningSockets } from '../../../lib/prove/attacks/task-sockets';
import type { Deployment, RunningContainer } from '../../../lib/prove/deployment';
import { fakeDeployment } from '../fake-deployment';

const linux = process.platform === 'linux' ? test : test.skip;
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A deployment whose one container is this process. */
function here(): Deployment {
  const container = { pid: () => process.pid } as RunningContainer;
  return fakeDeployment({ containers: [container] });
}

async function listen(host: string): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => resolve());
  });
  return (server.address() as AddressInfo).port;
}

linux.each([
  ['127.0.0.1', { address: '127.0.0.1', loopback: true }],
  ['0.0.0.0', { address: '*', loopback: false }],
])('a listener on %s is found with its address', async (host, expected) => {
  const port = await listen(host);
  expect(listeningSockets(here())).toContainEqual({ ...expected, port });
});

linux('a listener of another process is not of the deployment', async () => {
  const port = await listen('127.0.0.1');
  const stranger = fakeDeployment({ containers: [{ pid: () => 1 } as RunningContainer] });
  expect(listeningSockets(stranger).map((socket) => socket.port)).not.toContain(port);
});

linux('a container that has ended listens nowhere', () => {
  const pid = (): number => {
    throw new Error('it has ended');
  };
  const ended = { pid } as RunningContainer;
  expect(listeningSockets(fakeDeployment({ containers: [ended] }))).toEqual([]);
});
