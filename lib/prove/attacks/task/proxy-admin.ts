import { listenersOf } from '../../../artifact/bootstrap-facts';
import type { Attack } from '../../attack';
import type { Deployment } from '../../deployment';
import { runningProcesses } from './container-files';
import { doorPort } from './server-dump';
import { listeningSockets, unixSockets } from './task-sockets';
import { tryEach } from '../variants';

/** Paths of Envoy's admin interface. */
const ADMIN_PATHS = ['/server_info', '/config_dump'];

/** What the proxy shows to its neighbours in the task. */
export const PROXY_ADMIN_ATTACKS: readonly Attack[] = [
  {
    id: 'proxy-admin-interface',
    claim: 'proxy-has-no-admin',
    from: 'task',
    attempt: "requests for the proxy's admin paths at every TCP port that the containers listen on",
    expected: 'no answer of an admin interface',
    run: (deployment) =>
      tryEach(
        ports(deployment).flatMap((port) =>
          ADMIN_PATHS.map((path) => ({ name: `port ${port}${path}`, run: () => askAdmin(deployment, port, path) })),
        ),
      ),
    control: {
      from: 'task',
      attempt: "the ports that were asked hold the proxy's own and the server's",
      run: async (deployment) => {
        const asked = ports(deployment);
        const ingress = await doorPort(deployment, 'ingress');
        const wanted = [...listenersOf(deployment.bootstrap).map(({ port }) => port), ingress];
        const succeeded = wanted.every((port) => asked.includes(port));
        return { succeeded, observed: `asked ${asked.join(', ')}` };
      },
    },
  },
  {
    id: 'proxy-shared-sockets',
    claim: 'proxy-has-no-admin',
    from: 'task',
    attempt: 'a look for abstract unix sockets of the proxy, which every process of the task could connect to',
    expected: 'there is none',
    run: (deployment) => {
      const open = abstractSockets(deployment).filter((name) => name.includes('envoy'));
      if (open.length > 0) return Promise.resolve({ succeeded: true, observed: `open: ${open.join(', ')}` });
      return Promise.resolve({ succeeded: false, observed: 'none is open', refusedBy: 'kernel: no listener' });
    },
    control: {
      from: 'task',
      attempt: "the same look finds the server's own admin socket",
      run: (deployment) => {
        const found = unixSockets(deployment.restate.pid()).filter((name) => name.endsWith('/admin.sock'));
        return Promise.resolve({ succeeded: found.length > 0, observed: found.join(', ') || 'none found' });
      },
    },
  },
];

function ports(deployment: Deployment): readonly number[] {
  return [...new Set(listeningSockets(deployment).map(({ port }) => port))];
}

function abstractSockets(deployment: Deployment): readonly string[] {
  const [first] = runningProcesses(deployment);
  return first === undefined ? [] : unixSockets(first.pid).filter((name) => name.startsWith('@'));
}

async function askAdmin(
  deployment: Deployment,
  port: number,
  path: string,
): Promise<{ readonly succeeded: boolean; readonly observed: string; readonly refusedBy?: string }> {
  const report = await deployment.place('task').probe({
    kind: 'http',
    protocol: 'http/1.1',
    address: '127.0.0.1',
    port,
    method: 'GET',
    path,
    authority: 'localhost',
    headers: [],
    timeoutMs: 4000,
  });
  const refusedBy = `listener of port ${port}: no admin interface`;
  if (report.outcome === 'failed' && report.by === 'timeout') return { succeeded: false, observed: report.detail };
  if (report.outcome !== 'response') return { succeeded: false, observed: 'no HTTP answer', refusedBy };
  const isAdmin = report.status === 200 && /command_line_options|configs/.test(report.body);
  if (isAdmin) return { succeeded: true, observed: 'answered as the admin interface does' };
  return { succeeded: false, observed: `answered ${report.status}`, refusedBy };
}
