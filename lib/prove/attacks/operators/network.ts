import type { Observation, PlaceName } from '../../attack';
import type { Deployment } from '../../deployment';
import { connectionOutcome } from '../doors/connection-refusal';
import { adminDoorOf, adminListener, operatorsDoor } from './door';
import { doorPort } from '../task/server-dump';
import type { Variant } from '../variants';

const TIMEOUT_MS = 1500;

/** A connection that somebody may try. */
interface Way {
  readonly from: PlaceName;
  readonly address: string;
  readonly port: number;
}

/** Ways in to the admin API beside the server's own port, each once: none where operators have no door. */
export async function operatorsWays(deployment: Deployment, from: PlaceName): Promise<readonly Variant[]> {
  const ways = new Map((await waysIn(deployment, from)).map((way) => [JSON.stringify(way), way]));
  return [...ways.values()].map((way) => ({
    name: `${way.from} to ${spell(way)}`,
    run: () => connect(deployment, way.from, way),
  }));
}

async function waysIn(deployment: Deployment, from: PlaceName): Promise<readonly Way[]> {
  if (deployment.adminDoor === undefined) return [];
  const { taskPort, callersToo } = deployment.adminDoor;
  const listener = (place: PlaceName): readonly Way[] => atTask(deployment, place, [taskPort]);
  if (from === 'balancer') return [...listener(from), ...(await pastTheirBalancer(deployment))];
  const own = [...atBalancer(deployment, from), ...listener(from)];
  if (from !== 'stranger') return own;
  // Callers are strangers here, unless the files let them in; and strangers at the server's own port.
  const callers = callersToo ? [] : [...atBalancer(deployment, 'caller'), ...listener('caller')];
  return [...own, ...callers, ...atTask(deployment, 'caller', [await doorPort(deployment, 'admin')])];
}

/** Operators, and their balancer, where they need not be. */
async function pastTheirBalancer(deployment: Deployment): Promise<readonly Way[]> {
  const { taskPort, balanced } = adminDoorOf(deployment);
  const server = await doorPort(deployment, 'admin');
  if (!balanced) return atTask(deployment, 'operator', [server]);
  return [...atTask(deployment, 'operator', [taskPort, server]), ...atTask(deployment, 'admin-balancer', [server])];
}

/** Where there is none, that is the task's own address. */
function atBalancer(deployment: Deployment, from: PlaceName): readonly Way[] {
  const { address, address6, port } = adminDoorOf(deployment);
  return [address, address6].map((to) => ({ from, address: to, port }));
}

/** The proxy's listener may have one of the families alone; the groups refuse before that matters. */
function atTask(deployment: Deployment, from: PlaceName, ports: readonly number[]): readonly Way[] {
  const addresses = [deployment.taskAddress, deployment.taskAddress6];
  return ports.flatMap((port) => addresses.map((address) => ({ from, address, port })));
}

interface Endpoint {
  readonly address: string;
  readonly port: number;
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
