import type { Artifact, Balancer, BalancerListener, Host } from '../../artifact/artifact';
import { operatorsPort } from '../admin-door/operators-port';
import { containerPort } from './published-ports';

/** The balancers that forward to a host: those of callers first, and among them those with a TLS listener. */
export function frontsOf(artifact: Artifact, host: Host): readonly Balancer[] {
  const fronts = artifact.balancers.filter((balancer) => balancer.listeners.some((each) => leadsTo(each, host)));
  const admin = operatorsPort(host);
  const servesCallers = (front: Balancer): number => Number(callersListener(front, host, admin) !== undefined);
  return fronts.toSorted((a, b) => servesCallers(b) - servesCallers(a) || Number(endsTls(b)) - Number(endsTls(a)));
}

/** The namespace of a balancer, by its place among those before the host. */
export function balancerName(index: number, isOperators: boolean): string {
  if (index === 0) return 'balancer';
  return isOperators ? 'admin-balancer' : `balancer-${index + 1}`;
}

/** A balancer and the one of its listeners that is meant. */
export interface Front {
  readonly balancer: Balancer;
  readonly listener: BalancerListener;
}

/** Where operators come in to a host: the first listener that forwards to the proxy's listener of the admin API. */
export function operatorsFront(artifact: Artifact, host: Host): Front | undefined {
  const port = operatorsPort(host);
  if (port === undefined) return undefined;
  return artifact.balancers
    .flatMap((balancer) => balancer.listeners.map((listener) => ({ balancer, listener })))
    .find(({ listener }) => leadsTo(listener, host, (to) => to === port));
}

/** The listener of a balancer that callers use. */
export function callersListener(
  balancer: Balancer,
  host: Host,
  admin: number | undefined = operatorsPort(host),
): BalancerListener | undefined {
  return balancer.listeners.find((listener) => leadsTo(listener, host, (to) => to !== admin));
}

/** @param port of the containers, that a listener has to lead to */
function leadsTo(
  { targets }: BalancerListener,
  host: Host,
  port: (port: number | undefined) => boolean = () => true,
): boolean {
  return targets.some((target) => target.host === host.id && port(containerPort(host, target.port)));
}

function endsTls(balancer: Balancer): boolean {
  return balancer.listeners.some((listener) => listener.protocol === 'TLS' || listener.protocol === 'HTTPS');
}
