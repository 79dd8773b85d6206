import type { Observation, PlaceName } from '../../attack';
import type { Deployment } from '../../deployment';
import { connectionOutcome } from '../doors/connection-refusal';
import { adminDoorOf, adminListener, operatorsDoor } from './door';
import { doorPort } from '../task/server-dump';
import type { Variant } from '../variants';

const TIMEOUT_MS = 1500;

/** Ways in to the admin API beside the server's own port: none where operators have no door. */
export async function operatorsWays(deployment: Deployment, from: PlaceName): Promise<readonly Variant[]> {
  if (deployment.adminDoor === undefined) return [];
  const { taskPort, callersToo } = deployment.adminDoor;
  const listener = (place: PlaceName): readonly Variant[] => atTask(deployment, place, [taskPort]);
  if (from === 'balancer') return [...listener(from), ...(await pastTheirBalancer(deployment))];
  const own = [...atBalancer(deployment, from), ...listener(from)];
  if (from !== 'stranger') return own;
  // Callers are strangers here, unless the files let them in; and strangers at the server's own port.
  const callers = callersToo ? [] : [...atBalancer(deployment, 'caller'), ...listener('caller')];
  return [...own, ...callers, ...atTask(deployment, 'caller', [await doorPort(deployment, 'admin')])];
}

/** Operators, and their balancer, where they need not be. */
async function pastTheirBalancer(deployment: Deployment): Promise<readonly Variant[]> {
  const { taskPort, balanced } = adminDoorOf(deployment);
  const server = await doorPort(deployment, 'admin');
  if (!balanced) return atTask(deployment, 'operator', [server]);
  return [...atTask(deployment, 'operator', [taskPort, server]), ...atTask(deployment, 'admin-balancer', [server])];
}

function atBalancer(deployment: Deployment, from: PlaceName): readonly Variant[] {
  const { address, address6, port } = adminDoorOf(deployment);
  return [address, address6].map((to) => connection(deployment, from, { address: to, port }));
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

/** The same connections of those whom the groups let in; nothing is wrong where operators have no door. */
export async function operatorsConnect(deployment: Deployment): Promise<Observation> {
  const accepted = { succeeded: true, observed: 'the connections were accepted' };
  if (deployment.adminDoor === undefined) return accepted;
  for (const { from, address, port } of [operatorsDoor(deployment), adminListener(deployment)]) {
    const seen = await connect(deployment, from, { address, port });
    if (!seen.succeeded) return { ...seen, observed: `operators: ${seen.observed}` };
  }
  return accepted;
}
