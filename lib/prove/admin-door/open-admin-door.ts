import { machinePort } from '../network/published-ports';
import { ownAddresses } from '../network/seat';
import type { Run } from '../runtime/prepare-run';
import type { AdminDemand } from './admin-demand';
import type { AdminDoor } from './admin-door';
import { OperatorsDesk } from './operators-desk';

/** The door as operators find it: their balancer's address, or the task's where there is none. */
export function openAdminDoor(run: Run, { port: own, ...demand }: AdminDemand): AdminDoor {
  const { network, authority, options, host } = run;
  const { front, balancerSeat, callersToo = false, seat = 'operator' } = network.operators ?? {};
  const { address, address6 } = network.operators ?? ownAddresses(network.seat('task'));
  // What a machine does not publish nobody is led to: its own number is as shut as any.
  const taskPort = machinePort(host, own) ?? own;
  const port = front?.listener.port ?? taskPort;
  const { hostname } = demand;
  const ca = authority.certificate;
  const desk = new OperatorsDesk({
    enter: network.enter(seat),
    program: options.toolchain.restateCli,
    url: `https://${hostname}:${port}`,
    hosts: { [hostname]: address },
    ca,
  });
  return {
    ...demand,
    address,
    address6,
    port,
    ca,
    taskPort,
    balanced: balancerSeat !== undefined,
    callersToo,
    commandLine: (args, token) => desk.run(args, token),
  };
}
