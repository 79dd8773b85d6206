import type { CheckedDeployment } from '../../../check/checked-deployment';
import { AddressSet } from '../../../check/network/address-set';
import { isEverybody } from '../../../check/network/breadth';
import { describeName } from '../../../check/network/google/describe-reach';
import { type GoogleServer, googleServer } from '../../../check/network/google/google-server';
import { type Front, type Reach, reachesOf } from '../../../check/network/google/reach';
import type { WayIn } from './way-in';

/** Who may come to each port on which something of a server listens for more than its own machine, in a network of Google. */
export function waysInOnGoogle(deployment: CheckedDeployment): readonly WayIn[] {
  const server = googleServer(deployment);
  if (server === undefined) return [];
  const exposed = server.listening.ports.filter((listening) => listening.exposed);
  return exposed.flatMap((listening) =>
    reachesOf(server, listening, 'possible').flatMap((reach) => waysOf(server, listening.port, reach)),
  );
}

function waysOf({ host }: GoogleServer, port: number, reach: Reach): readonly WayIn[] {
  const { callers, admitted, tunnelled, probed, passing, ending } = reach;
  const to = { host: host.id, port };
  const who = [
    ...(callers.isEmpty ? [] : [callers.describe(4)]),
    ...[...admitted.names.values()].map(({ name }) => describeName(name)),
  ];
  const straight = { who, isEverybody: host.publicAddress && isEverybody(callers), ...to };
  return [
    ...(who.length === 0 ? [] : [straight, ...passing.map((front) => ({ ...straight, via: viaOf(front) }))]),
    ...ending.map((front): WayIn => {
      const { balancer, callers: asked } = front;
      const isOpen = balancer.scheme === 'internet-facing' && isEverybody(asked);
      const all = balancer.scheme === 'internet-facing' ? 'the internet' : 'the network';
      const named = asked.equals(AddressSet.ALL) ? all : asked.describe(4);
      return { who: [named], isEverybody: isOpen, via: viaOf(front), ...to };
    }),
    ...(tunnelled ? [{ who: ['tunnels of Identity-Aware Proxy'], isEverybody: false, ...to }] : []),
    ...(probed && ending.length === 0
      ? [{ who: ["Google's probes of health"], isEverybody: false, ...to, probe: true as const }]
      : []),
  ];
}

function viaOf({ balancer, listener }: Front): NonNullable<WayIn['via']> {
  return { balancer: balancer.id, listener: listener.id };
}
