import type { Artifact, Balancer, Host } from '../../artifact/artifact';

/** The balancers that forward to a host, those with a TLS listener first. */
export function frontsOf(artifact: Artifact, host: Host): readonly Balancer[] {
  const fronts = artifact.balancers.filter((balancer) =>
    balancer.listeners.some((listener) => listener.targets.some((target) => target.host === host.id)),
  );
  return fronts.toSorted((a, b) => Number(endsTls(b)) - Number(endsTls(a)));
}

function endsTls(balancer: Balancer): boolean {
  return balancer.listeners.some((listener) => listener.protocol === 'TLS' || listener.protocol === 'HTTPS');
}
