import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { listeningSockets } from '../../../../lib/prove/attacks/task/task-sockets';
import type { Deployment, RunningContainer } from '../../../../lib/prove/deployment';
import { familyOf } from '../../../../lib/prove/runtime/process-tree';
import { testUnless } from '../../../skip-loudly';
import { fakeDeployment } from '../../fake-deployment';

const linux = testUnless(
  process.platform === 'linux' ? undefined : 'this is no Linux',
  'sockets of a task are not listed',
);
const servers: Server[] = [];
const children: ChildProcess[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const child of children.splice(0)) {
    for (const pid of familyOf(child.pid ?? 0).toReversed()) process.kill(pid, 'SIGKILL');
  }
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

linux('a listener of a process that the container started is found, too', async () => {
  const script =
    "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })";
  const shell = spawn('/bin/sh', ['-c', `"$0" -e "$1" & wait`, process.execPath, script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(shell);
  const [said] = (await once(shell.stdout, 'data')) as [Buffer];
  const deployment = fakeDeployment({ containers: [{ pid: () => shell.pid } as RunningContainer] });
  expect(listeningSockets(deployment).map((socket) => socket.port)).toContain(Number(said.toString()));
});

linux('a listener of another process is not of the deployment', async () => {
  const port = await listen('127.0.0.1');
  const other = spawn('sleep', ['20'], { stdio: 'ignore' });
  children.push(other);
  const stranger = fakeDeployment({ containers: [{ pid: () => other.pid } as RunningContainer] });
  expect(listeningSockets(stranger).map((socket) => socket.port)).not.toContain(port);
});

function endedPid(): number {
  throw new Error('it has ended');
}

linux('a container that has ended listens nowhere', () => {
  const ended = { pid: endedPid } as RunningContainer;
  expect(listeningSockets(fakeDeployment({ containers: [ended] }))).toEqual([]);
});
