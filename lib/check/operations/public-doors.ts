import type { CheckedDeployment } from '../checked-deployment';
import { proxyDoors } from '../proxy/proxy-doors';
import { type Door, doorsOf } from './access-log';

/** The doors of the proxy that somebody comes in by: the one that the server itself goes out by, to the metadata server, is none. */
export function publicDoors(deployment: CheckedDeployment): readonly Door[] {
  const { server } = deployment;
  if (server === undefined) return [];
  const outward = proxyDoors(deployment).doors.filter(({ kind }) => kind === 'metadata');
  return (doorsOf(server) ?? []).filter(({ name }) => !outward.some((door) => door.name === name));
}
