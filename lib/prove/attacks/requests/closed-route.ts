import type { Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller } from '../good-call';
import { send, type IngressCall } from '../ingress-call';
import type { IngressDoor } from '../ingress-door';
import { whoRefused } from '../refusal';

/** A request for something that the ingress must not answer at all. */
export interface ClosedRoute extends IngressCall {
  /** A text in the path that no other request's path holds. @default - the path itself */
  readonly marker?: string;
  /** What the answer would hold if the route were open. */
  readonly wanted?: string;
}

/** Sends the request with a good token. Any success is one too many; an answer that holds what was wanted is, whatever its status. */
export async function tryRoute(deployment: Deployment, door: IngressDoor, route: ClosedRoute): Promise<Observation> {
  const { wanted, marker = route.path ?? '', ...call } = route;
  const report = await send(deployment, door, { ...goodCaller(deployment), ...call, key: marker });
  if (report.outcome === 'response') {
    const held = wanted !== undefined && report.body.includes(wanted);
    if (held) return { succeeded: true, observed: `answered ${report.status} with the result` };
    if (report.status < 300) return { succeeded: true, observed: `answered ${report.status}` };
  }
  return await whoRefused(deployment, door, { marker, report });
}
