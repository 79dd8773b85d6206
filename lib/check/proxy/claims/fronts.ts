import type { Artifact, Balancer, BalancerListener, Host } from '../../../artifact/artifact';
import type { Message } from '../fields/message';

/** A listener of a balancer that leads to a port of the proxy. */
export interface Front {
  readonly balancer: Balancer;
  readonly listener: BalancerListener;
}

/** The listeners of balancers that lead to a port of a host. */
export function frontsOf({ balancers }: Artifact, host: Host, port: number | undefined): readonly Front[] {
  const ports = [
    port,
    ...(host.instance?.published ?? []).filter((each) => each.containerPort === port).map((each) => each.port),
  ];
  return balancers.flatMap((balancer) =>
    balancer.listeners
      .filter(({ targets }) => targets.some((target) => target.host === host.id && ports.includes(target.port)))
      .map((listener) => ({ balancer, listener })),
  );
}

/** Google's balancers add the caller's address and their own; Amazon's the caller's alone. */
const HOPS = { google: 2, aws: 1 } as const;

/** How many addresses balancers before a port have added to `x-forwarded-for`. */
export function hopsBefore(artifact: Artifact, host: Host, port: number | undefined): number | 'unknown' {
  const hops = new Set(frontsOf(artifact, host, port).map((front) => hopsOf(front, host)));
  if (hops.size === 0) return 0;
  const [only] = hops;
  return hops.size === 1 ? only! : 'unknown';
}

/** Whether a listener takes the address of a caller from `x-forwarded-for` alone. */
export function takesAddressFromHeader(manager: Message): boolean {
  return !manager.flag('use_remote_address');
}

/** How many addresses of `x-forwarded-for` a listener believes. */
export function trustedHops(manager: Message): number {
  return manager.number('xff_num_trusted_hops') ?? 0;
}

/** Whether it believes more of them than balancers add, so that the caller says the rest. */
export function believesTooMany(manager: Message, hops: number | 'unknown'): boolean {
  return hops !== 'unknown' && trustedHops(manager) > hops;
}

function hopsOf({ balancer: { type }, listener: { protocol } }: Front, host: Host): number | 'unknown' {
  if (type === 'unknown' || protocol === 'unknown') return 'unknown';
  if (type !== 'application') return 0;
  return host.instance === undefined ? HOPS.aws : HOPS.google;
}
