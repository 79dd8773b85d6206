import type { CheckedDeployment } from '../checked-deployment';
import { AddressSet } from '../network/address-set';
import { describeFront, describeName, describeRules } from '../network/google/describe-reach';
import { type GoogleServer, googleServer } from '../network/google/google-server';
import { type Front, type Reach, reachesOf } from '../network/google/reach';
import type { Mode } from '../network/google/rule-order';
import type { Listening } from '../network/listening';
import type { Permission } from './permission';
import { reachPermission, type ReachProps } from './reach-permission';

/** Who gets to each port on which something of a server on Google listens, straight and over each balancer that ends connections. */
export function reachOnGoogle(deployment: CheckedDeployment): readonly Permission[] {
  const server = googleServer(deployment);
  if (server === undefined) return [];
  const [sure, possible] = (['sure', 'possible'] as const).map((mode) => reachesIn(server, mode));
  return [...sure!.map((each) => reachPermission(each)), ...possible!.flatMap((each) => beyondCertain(each, sure!))];
}

function reachesIn(server: GoogleServer, mode: Mode): readonly ReachProps[] {
  return server.listening.ports
    .filter(({ exposed }) => exposed)
    .flatMap((listening) =>
      reachesOf(server, listening, mode).flatMap((reach) => [
        ...straight(server, listening, reach),
        ...reach.ending.map((front) => over(listening, front, reach)),
      ]),
    );
}

/** What may be, without what is certain. */
function beyondCertain(possible: ReachProps, certain: readonly ReachProps[]): readonly Permission[] {
  const same = certain.filter(({ key }) => key === possible.key);
  const addresses = possible.addresses.subtract(AddressSet.unionOf(same.map((each) => each.addresses)));
  const others = possible.others.filter((other) => !same.some((each) => each.others.includes(other)));
  return addresses.isEmpty && others.length === 0
    ? []
    : [reachPermission({ ...possible, addresses, others, certain: false })];
}

function straight(
  { host }: GoogleServer,
  listening: Listening,
  { port, admitted, passing }: Reach,
): readonly ReachProps[] {
  const others = [...admitted.names.values()].map(({ name }) => describeName(name));
  if (admitted.addresses.isEmpty && others.length === 0) return [];
  const fronts = passing.length === 0 ? '' : ` and over ${passing.map(describeFront).join(', ')}`;
  return [
    {
      key: `${keyOf(listening)} straight to ${port}`,
      subject: host.id,
      addresses: admitted.addresses,
      others,
      describe: () =>
        `to ${told(listening)}, straight${fronts}; the way: port ${port} of ${host.id}, let in by ${describeRules(admitted.rules)}`,
    },
  ];
}

function over(listening: Listening, front: Front, { port, admitted }: Reach): ReachProps {
  const { balancer, listener, callers } = front;
  return {
    key: `${keyOf(listening)} over port ${listener.port}, ${balancer.scheme}`,
    subject: balancer.id,
    addresses: callers,
    others: [],
    describe: () =>
      `to ${told(listening)}, over ${describeFront(front)}; the way: port ${port} behind it, let in by ${describeRules(admitted.rules)}`,
  };
}

function keyOf({ by, port, worth }: Listening): string {
  return `${by} ${port} ${worth.join(', ')}`;
}

function told({ name, worth }: Listening): string {
  return `${name} (${worth.join(', ')})`;
}
