import type { CheckedDeployment } from '../checked-deployment';
import { proxyDoors } from '../proxy/proxy-doors';

/** Ports of the proxy that say how the server is, and lead nobody to anything. */
export function healthPorts(deployment: CheckedDeployment): ReadonlySet<number> {
  const doors = proxyDoors(deployment).doors.filter(({ kind }) => kind === 'health');
  return new Set(doors.flatMap(({ port }) => port ?? []));
}
