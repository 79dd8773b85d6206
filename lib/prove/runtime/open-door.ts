import type { AdminDoor } from '../admin-door/admin-door';
import { openAdminDoor } from '../admin-door/open-admin-door';
import type { IngressDoor } from '../deployment';
import { callersListener } from '../network/fronts-of';
import { machinePort } from '../network/published-ports';
import { ownAddresses } from '../network/seat';
import { callersPort } from './callers-listener';
import type { Run } from './prepare-run';
import { startFronts } from './start-fronts';

const REVOCATION =
  "machine: its revocation list, written by the run where the machine's timer, which is not run, keeps it";

/**
 * Where good callers come in, and operators where they have a door: the balancer of each before the host, or the host itself where there
 * is none.
 */
export async function openDoor(
  run: Run,
): Promise<{ door: IngressDoor; adminDoor?: AdminDoor; emulated: readonly string[] }> {
  const { network, host, authority, hostname, credentials, admin } = run;
  const task = ownAddresses(network.seat('task')).address;
  const fronts = await startFronts(run);
  const front = network.balancers[0];
  const listener = front && callersListener(front.balancer, host, admin?.port);
  const own = callersPort(network, host, run.proxy.bootstrap);
  const address = listener === undefined ? task : (front?.address ?? task);
  const port = listener?.port ?? (own === undefined ? undefined : machinePort(host, own)) ?? 0;
  return {
    door: { address, port, hostname, ca: authority.certificate },
    ...(admin && { adminDoor: openAdminDoor(run, admin) }),
    emulated: [...fronts, ...(credentials.clients?.keepsList === true ? [REVOCATION] : [])],
  };
}
