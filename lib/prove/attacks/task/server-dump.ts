import { RESTATE_PORTS } from '../../../restate/listeners';
import type { Deployment } from '../../deployment';

/** The configuration as the server itself prints it. */
export type ServerDump = Readonly<Record<string, unknown>>;

const dumps = new WeakMap<Deployment, Promise<ServerDump>>();

/** The effective configuration of the server, asked once for a deployment. */
export function serverDump(deployment: Deployment): Promise<ServerDump> {
  const known = dumps.get(deployment);
  if (known !== undefined) return known;
  const asked = deployment.records.dumpConfig();
  dumps.set(deployment, asked);
  return asked;
}

/** A door of the server. */
export type ServerDoor = 'ingress' | 'admin' | 'fabric';

/** The TCP port of a door: where it is bound, or would be if it were not moved to a unix socket. */
export async function doorPort(deployment: Deployment, door: ServerDoor): Promise<number> {
  const dump = await serverDump(deployment);
  const section = door === 'fabric' ? dump : (dump[door] as ServerDump | undefined);
  const address = section?.['bind-address'];
  const port = typeof address === 'string' ? /:(\d+)\/?$/.exec(address)?.[1] : section?.['bind-port'];
  return port === undefined ? RESTATE_PORTS[door] : Number(port);
}
