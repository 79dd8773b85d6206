import type { Attack, Attempt, Observation, PlaceName } from '../attack';
import type { Deployment } from '../deployment';
import { connectionOutcome } from './connection-refusal';
import { adminDoorOf, adminListener, hasNoAdminDoor, operatorsDoor } from './operators-door';
import { doorPort } from './server-dump';
import { occupyTaskPort } from './task-canary';
import { tryEach, type Variant } from './variants';

const TIMEOUT_MS = 1500;

/** The operators' door, and what is behind it, from where nobody but operators may stand. */
export const OPERATORS_NETWORK_ATTACKS: readonly Attack[] = [
  ...(['internet', 'stranger', 'caller', 'service'] as const).map((from) => doorFrom(from)),
  {
    id: 'admin-past-the-operators-door',
    claim: 'admin-closed',
    from: 'operator',
    attempt: "connections to the proxy's listener past the balancer, and to the server's own admin port, by those two",
    expected: 'refused by a security group',
    notApplicable: (deployment) =>
      hasNoAdminDoor(deployment) ??
      (adminDoorOf(deployment).balanced ? undefined : 'no balancer stands before the admin door'),
    run: async (deployment) => {
      const server = await serverPort(deployment);
      return tryEach([
        ...atTask(deployment, 'operator', [adminDoorOf(deployment).taskPort, server]),
        ...atTask(deployment, 'admin-balancer', [server]),
      ]);
    },
    control: operatorsConnection(),
  },
];

function doorFrom(from: PlaceName): Attack {
  return {
    id: `operators-door-from-${from}`,
    claim: 'admin-closed',
    from,
    attempt:
      "connections to the operators' balancer, to the proxy's listener behind it and to the server's own port, over IPv4 and IPv6",
    expected: 'refused by a security group, or for want of a route',
    notApplicable: (deployment) =>
      hasNoAdminDoor(deployment) ??
      (from === 'caller' && adminDoorOf(deployment).callersToo
        ? 'callers are among those whom the network lets in to the admin door; their credential is not'
        : undefined),
    run: async (deployment) => {
      const { address, address6, port, taskPort } = adminDoorOf(deployment);
      const ports = [taskPort, await serverPort(deployment)];
      return tryEach([
        ...[address, address6].map((to) => connection(deployment, from, { address: to, port })),
        ...atTask(deployment, from, ports),
      ]);
    },
    control: operatorsConnection(),
  };
}

/** Something listens there, whatever the server does, so that groups alone refuse. */
async function serverPort(deployment: Deployment): Promise<number> {
  const port = await doorPort(deployment, 'admin');
  await occupyTaskPort(deployment, port);
  return port;
}

/** The proxy's listener may have one of the families alone; the groups refuse before that matters. */
function atTask(deployment: Deployment, from: PlaceName, ports: readonly number[]): readonly Variant[] {
  const addresses = [deployment.taskAddress, deployment.taskAddress6];
  return ports.flatMap((port) => addresses.map((address) => connection(deployment, from, { address, port })));
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
}

function connection(deployment: Deployment, from: PlaceName, to: Endpoint): Variant {
  return { name: `${from} to ${spell(to)}`, run: () => connect(deployment, from, to) };
}

async function connect(deployment: Deployment, from: PlaceName, { address, port }: Endpoint): Promise<Observation> {
  const place = deployment.place(from);
  const report = await place.probe({ kind: 'raw', address, port, chunks: [], timeoutMs: TIMEOUT_MS });
  return connectionOutcome(deployment, { place, address, port, report });
}

function spell({ address, port }: Endpoint): string {
  return `${address.includes(':') ? 'IPv6' : 'IPv4'} port ${port}`;
}

/** The same connections from those whom the groups let in. */
function operatorsConnection(): Attempt {
  return {
    from: 'operator',
    attempt: 'the same connection of an operator, and of the balancer to the listener',
    run: async (deployment) => {
      for (const { from, address, port } of [operatorsDoor(deployment), adminListener(deployment)]) {
        const seen = await connect(deployment, from, { address, port });
        if (!seen.succeeded) return seen;
      }
      return { succeeded: true, observed: 'the connections were accepted' };
    },
  };
}
