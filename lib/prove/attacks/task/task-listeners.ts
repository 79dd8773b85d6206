import type { Attack, Attempt, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { registrationOf } from '../../service/registration';
import { connectionOutcome } from '../doors/connection-refusal';
import { absentContainers } from './container-files';
import { fromTask, listenerPort, proxysDoor } from '../ingress-door';
import { admissionsTo } from '../../network/vpc-rules';
import { judgedInstance } from '../../../artifact/bearing-rules';
import { doorPort, type ServerDoor } from './server-dump';
import { CANARY_ANSWER } from './task-canary';
import { type ListeningSocket, listeningSockets } from './task-sockets';
import { type Variant, tryEach } from '../variants';

const TIMEOUT_MS = 1500;
const REGISTRATION_TIMEOUT_MS = 5000;

/** The binding alone: there is no security group between processes of a task. */
function bindNarrow(door: ServerDoor, id: string): Attack {
  return {
    id,
    claim: 'bind-narrow',
    from: 'task',
    attempt: `a request to the ${door} port at the task's own addresses, over IPv4 and IPv6`,
    expected: 'no listener of the server there',
    run: async (deployment) => {
      const port = await doorPort(deployment, door);
      const addresses = [deployment.taskAddress, deployment.taskAddress6];
      return tryEach(addresses.map((address) => ask(deployment, { address, port, path: '/health' })));
    },
    control: PROXY_ANSWERS,
  };
}

/** The one door that a rule admits somebody to is open. */
const PROXY_ANSWERS: Attempt = {
  from: 'task',
  attempt: "a connection to the proxy's port at the task's own address",
  run: async (deployment) => {
    const { address, port } = fromTask(deployment, proxysDoor(deployment));
    const place = deployment.place('task');
    const report = await place.probe({ kind: 'raw', address, port, chunks: [], timeoutMs: 500 });
    return connectionOutcome(deployment, { place, address, port, report });
  },
};

/** Whatever listens beyond loopback must be what a balancer of the artifact forwards to, or asks for its health. */
function unlistedListeners(): Attack {
  return {
    id: 'listeners-beyond-the-balancer',
    claim: 'bind-narrow',
    from: 'task',
    attempt: 'a look at every TCP socket that the containers listen on, beyond loopback, that no balancer forwards to',
    expected: 'there is none',
    run: (deployment) => {
      const listed = balancedPorts(deployment);
      const stray = outside(deployment).filter((socket) => !listed.has(socket.port));
      if (stray.length > 0)
        return Promise.resolve({ succeeded: true, observed: `listening at ${stray.map(spell).join(', ')}` });
      const absent = absentContainers(deployment).map(({ container }) => container.name);
      if (absent.length > 0)
        return Promise.resolve({
          succeeded: false,
          observed: `nothing is seen of ${absent.join(', ')}, which does not run here`,
        });
      const observed = `beyond loopback only port ${[...listed].join(', ')}`;
      return Promise.resolve({ succeeded: false, observed, refusedBy: 'kernel: no listener' });
    },
    control: {
      from: 'task',
      attempt: 'the same look finds the port that a balancer forwards to',
      run: (deployment) => {
        const listed = balancedPorts(deployment);
        const found = outside(deployment).filter((socket) => listed.has(socket.port));
        return Promise.resolve({
          succeeded: found.length > 0,
          observed: `listening at ${found.map(spell).join(', ') || 'none'}`,
        });
      },
    },
  };
}

/** A unix socket has an owner; a TCP port on loopback answers every process of the task. */
function adminOnLoopback(): Attack {
  return {
    id: 'admin-from-task',
    claim: 'admin-closed',
    from: 'task',
    attempt: 'GET /deployments at the admin port on loopback, over IPv4 and IPv6',
    expected: 'no listener there: the admin API is on a unix socket of its own user',
    notApplicable: (deployment) => {
      const reason = adminAccepted(deployment);
      return reason === undefined ? undefined : `accepted by the template: ${reason}`;
    },
    run: async (deployment) => {
      const port = await doorPort(deployment, 'admin');
      return tryEach(['127.0.0.1', '::1'].map((address) => ask(deployment, { address, port, path: '/deployments' })));
    },
    control: INGRESS_ON_LOOPBACK,
  };
}

/**
 * What the template says of its server's admin API on loopback, where the proxy's door for operators needs it there. Without such a door
 * nothing needs it, and without a word about it nobody has taken the risk.
 */
function adminAccepted({ adminDoor, artifact }: Deployment): string | undefined {
  if (adminDoor === undefined) return undefined;
  return artifact.accepted?.find(({ claim, reason }) => claim === 'admin-closed' && /loopback/.test(reason))?.reason;
}

const INGRESS_ON_LOOPBACK: Attempt = {
  from: 'task',
  attempt: 'the same request at the ingress port on loopback is answered',
  run: async (deployment) => {
    const port = await doorPort(deployment, 'ingress');
    return ask(deployment, { address: '127.0.0.1', port, path: '/restate/health' }).run();
  },
};

/** Any listener at all that would register a deployment for a process of the task. */
function registrationOnLoopback(): Attack {
  return {
    id: 'registration-from-task',
    claim: 'registration-by-deployers-only',
    from: 'task',
    attempt:
      "POST /deployments to every TCP port that the containers listen on, but the admin API's where that is an accepted risk",
    expected: 'no answer of the admin API',
    run: async (deployment) => {
      const accepted = adminAccepted(deployment) === undefined ? undefined : await doorPort(deployment, 'admin');
      const ports = loopbackPorts(deployment).filter((port) => port !== accepted);
      return tryEach(ports.map((port) => register(deployment, port)));
    },
    control: INGRESS_ON_LOOPBACK,
  };
}

function loopbackPorts(deployment: Deployment): readonly number[] {
  return [...new Set(listeningSockets(deployment).map((socket) => socket.port))];
}

function register(deployment: Deployment, port: number): Variant {
  return {
    name: `port ${port}`,
    run: async () => {
      const report = await deployment.place('task').probe({
        kind: 'http',
        protocol: 'http/1.1',
        address: '127.0.0.1',
        port,
        method: 'POST',
        path: '/deployments',
        authority: 'restate',
        headers: [['content-type', 'application/json']],
        // the service's own address, so that the admin API has an answer at once
        body: JSON.stringify({ ...registrationOf(deployment.service), dry_run: true }),
        timeoutMs: REGISTRATION_TIMEOUT_MS,
      });
      if (report.outcome === 'failed' && report.by === 'timeout') return { succeeded: false, observed: report.detail };
      if (report.outcome !== 'response') return notAdmin(port, 'no HTTP answer');
      // what the admin API says of a target that it cannot reach, or would have taken
      const isAdmin = report.status < 300 || /META\d{4}|restate_code/.test(report.body);
      if (isAdmin) return { succeeded: true, observed: `the admin API answered ${report.status}` };
      return notAdmin(port, `answered ${report.status}`);
    },
  };
}

function notAdmin(port: number, observed: string): Observation {
  return { succeeded: false, observed, refusedBy: `listener of port ${port}: no admin API` };
}

interface Listener {
  readonly address: string;
  readonly port: number;
  readonly path: string;
}

/** A request that nobody must answer. Where one of our own canaries does, it is the kernel's table that says whose listener it is. */
function ask(deployment: Deployment, { address, port, path }: Listener): Variant {
  return {
    name: address.includes(':') ? 'IPv6' : 'IPv4',
    run: async () => {
      const place = deployment.place('task');
      const request = { method: 'GET', path, authority: 'restate', headers: [], timeoutMs: TIMEOUT_MS } as const;
      const report = await place.probe({ kind: 'http', protocol: 'http/1.1', address, port, ...request });
      const ours = report.outcome === 'response' && report.body === CANARY_ANSWER;
      const refused = report.outcome === 'failed' && report.by === 'refused';
      if ((ours || refused) && !listens(deployment, address, port)) {
        return { succeeded: false, observed: 'no listener', refusedBy: 'kernel: no listener' };
      }
      return connectionOutcome(deployment, { place, address, port, report });
    },
  };
}

function listens(deployment: Deployment, address: string, port: number): boolean {
  return listeningSockets(deployment).some(
    (socket) => socket.port === port && (socket.address === '*' || socket.address === address),
  );
}

function outside(deployment: Deployment): readonly ListeningSocket[] {
  return listeningSockets(deployment).filter((socket) => !socket.loopback);
}

function balancedPorts(deployment: Deployment): ReadonlySet<number> {
  const { artifact, host } = deployment;
  const targets = artifact.balancers
    .flatMap((balancer) => balancer.listeners.flatMap((listener) => listener.targets))
    .filter((target) => target.host === host.id);
  const balanced = targets.flatMap((target) => [target.port, target.healthCheck.port]);
  return new Set([...balanced.map((port) => listenerPort(deployment, port)), ...admittedPorts(deployment)]);
}

/** Of a machine, those of its published ports that a rule of the firewall admits somebody to, whether or not a balancer leads there. */
function admittedPorts({ artifact, host: { instance } }: Deployment): readonly number[] {
  if (instance === undefined) return [];
  const { firewall = [] } = artifact;
  return instance.published
    .filter(({ port }) => admissionsTo(firewall, judgedInstance(instance), port).length > 0)
    .map((published) => published.containerPort);
}

function spell({ address, port }: ListeningSocket): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** What listens in the task, seen from another process of it, which no security group keeps out. */
export const TASK_LISTENER_ATTACKS: readonly Attack[] = [
  bindNarrow('ingress', 'ingress-bound-to-loopback'),
  bindNarrow('admin', 'admin-bound-to-nothing'),
  bindNarrow('fabric', 'fabric-bound-to-loopback'),
  unlistedListeners(),
  adminOnLoopback(),
  registrationOnLoopback(),
];
