import { listenersOf } from '../../artifact/bootstrap-facts';
import type { IngressDoor } from '../deployment';
import { startBalancer } from '../network/balancer';
import { ownAddresses } from '../network/seat';
import type { Run } from './prepare-run';

const REVOCATION =
  "machine: its revocation list, written by the run where the machine's timer, which is not run, keeps it";

/** Where good callers come in: the first balancer before the host, or the host itself where there is none. */
export async function openDoor(run: Run): Promise<{ door: IngressDoor; emulated: readonly string[] }> {
  const { network, host, authority, hostname, credentials } = run;
  const certificate = await authority.issue([hostname]);
  const task = ownAddresses(network.seat('task')).address;
  const started = await Promise.all(
    network.balancers.map(({ balancer, seat }) =>
      startBalancer({ balancer, enter: network.enter(seat), addresses: { [host.id]: task }, ...certificate }),
    ),
  );
  const front = network.balancers[0];
  const listener = front?.balancer.listeners.find(({ targets }) => targets.some((target) => target.host === host.id));
  const own = listenersOf(run.proxy.bootstrap).find(({ tls }) => tls);
  const address = front === undefined ? task : ownAddresses(network.seat(front.seat)).address;
  return {
    door: { address, port: listener?.port ?? own?.port ?? 0, hostname, ca: authority.certificate },
    emulated: [
      ...started.flatMap(({ emulated }) => emulated),
      ...(credentials.clients?.keepsList === true ? [REVOCATION] : []),
    ],
  };
}
