import type { Host } from '../../artifact/artifact';
import type { CheckedDeployment } from '../checked-deployment';

/** The variable by which a service of the SDK is told whose signature it has to demand. */
const OF_SERVICE = 'RESTATE_IDENTITY_KEYS';

/** The hosts of a deployment: that of the server, and those of services that verify its signature. What else is in the file is no part of it. */
export function partHosts({ artifact, server }: CheckedDeployment): readonly Host[] {
  const services = artifact.hosts.filter((host) =>
    host.containers.some(({ environment, secrets }) => OF_SERVICE in environment || OF_SERVICE in secrets),
  );
  return [...new Set([...(server === undefined ? [] : [server.host]), ...services])];
}
