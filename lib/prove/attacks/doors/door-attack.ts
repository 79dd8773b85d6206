import type { Attack, Attempt, Observation, PlaceName } from '../../attack';
import type { Deployment } from '../../deployment';
import type { HttpProbe } from '../../probe';
import { connectionOutcome } from './connection-refusal';
import { passesThrough, proxysDoor } from '../ingress-door';
import { doorPort, type ServerDoor } from '../task/server-dump';
import { occupyTaskPort } from '../task/task-canary';
import { tryEach, type Variant } from '../variants';

/** A request to a door of the server, at the address of its task. */
export interface DoorRequest {
  readonly door: ServerDoor;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly json?: unknown;
}

/** A place that must not get to a door. */
export interface DoorAttack extends Pick<Attack, 'id' | 'claim'> {
  readonly from: Exclude<PlaceName, 'task'>;
  readonly request: DoorRequest;
  /** Other ways to the same, where the deployment has them. @default - none */
  readonly otherWays?: {
    readonly variants: (deployment: Deployment, from: PlaceName) => Promise<readonly Variant[]>;
    /** That those whom they are for get in. */
    readonly control: (deployment: Deployment) => Promise<Observation>;
  };
}

/** Long enough for a connection inside one machine. */
const TIMEOUT_MS = 1500;

/**
 * An attack on a door from a place that no rule admits to it, over both address families. Something listens behind it whatever the
 * server itself does, so that the security groups alone are what refuses.
 */
export function doorAttack({ id, claim, from, request, otherWays }: DoorAttack): Attack {
  const control = from === 'balancer' ? PROXY_FROM_BALANCER : doorFromTask(request);
  return {
    id,
    claim,
    from,
    attempt: `${request.method} ${request.path} at the ${request.door} port of the task, over IPv4 and IPv6${otherWays === undefined ? '' : ', and connections to the door of operators'}`,
    expected: 'refused by a security group or firewall rule, or for want of a route',
    run: async (deployment) => {
      const port = await doorPort(deployment, request.door);
      await occupyTaskPort(deployment, port);
      const own = bothFamilies(deployment, from, (address) => doorProbe(request, address, port));
      return tryEach([...own, ...((await otherWays?.variants(deployment, from)) ?? [])]);
    },
    control: {
      ...control,
      run: async (deployment) => {
        const seen = await control.run(deployment);
        const others = seen.succeeded ? await otherWays?.control(deployment) : undefined;
        return others?.succeeded === false ? others : seen;
      },
    },
  };
}

/** The balancer does reach the task, on the proxy's port; where it forwards packets alone, those who ask for health in its name on theirs. */
export const PROXY_FROM_BALANCER: Attempt = {
  from: 'balancer',
  attempt: "a connection to the proxy's port of the task",
  run: async (deployment) => {
    const address = deployment.taskAddress;
    const port = passesThrough(deployment) ? healthPort(deployment) : proxysDoor(deployment).port;
    const place = deployment.place('balancer');
    const report = await place.probe({ kind: 'raw', address, port, chunks: [], timeoutMs: 500 });
    return connectionOutcome(deployment, { place, address, port, report });
  },
};

function healthPort({ artifact, host }: Deployment): number {
  const targets = artifact.balancers.flatMap(({ listeners }) => listeners.flatMap((listener) => listener.targets));
  return targets.find((target) => target.host === host.id)?.healthCheck.port ?? 0;
}

/** Behind the security group the door answers: the same request, at the same address, from the one host that no group keeps out. */
function doorFromTask(request: DoorRequest): Attempt {
  return {
    from: 'task',
    attempt: 'the same request behind the security groups or firewall rules',
    run: async (deployment) => {
      const port = await doorPort(deployment, request.door);
      await occupyTaskPort(deployment, port);
      const address = deployment.taskAddress;
      const place = deployment.place('task');
      const report = await place.probe(doorProbe(request, address, port));
      return connectionOutcome(deployment, { place, address, port, report });
    },
  };
}

/** The task's address of either family; the probe says how. */
function bothFamilies(
  deployment: Deployment,
  from: PlaceName,
  probe: (address: string) => HttpProbe,
): readonly Variant[] {
  const place = deployment.place(from);
  return [deployment.taskAddress, deployment.taskAddress6].map((address) => ({
    name: address.includes(':') ? 'IPv6' : 'IPv4',
    run: async () => {
      const sent = probe(address);
      return connectionOutcome(deployment, { place, address, port: sent.port, report: await place.probe(sent) });
    },
  }));
}

function doorProbe({ method, path, json }: DoorRequest, address: string, port: number): HttpProbe {
  return {
    kind: 'http',
    protocol: 'http/1.1',
    address,
    port,
    method,
    path,
    authority: 'restate',
    headers: json === undefined ? [] : [['content-type', 'application/json']],
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    timeoutMs: TIMEOUT_MS,
  };
}
