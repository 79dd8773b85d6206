import type { Subnet } from '../../../artifact/network';
import type { Finding } from '../../finding';
import { PUBLIC } from '../breadth';
import type { AwsServer } from './aws-server';
import { hostsBeside } from './hosts-beside';
import { letsIn } from './hop';
import { stationOfBalancer } from './station';

/** `no-public-address`: task, machine and services have none, and no balancer has one to which nobody of the internet is admitted. */
export function decideNoPublicAddress(server: AwsServer): readonly Finding[] {
  const { host, view } = server;
  const hosts = hostsBeside(server);
  const tasks = hosts.map(({ id, publicAddress, internetRoute }) =>
    publicAddress
      ? broken(id, 'it is given a public address (AssignPublicIp)', internetRoute)
      : held(id, 'it is given no public address'),
  );
  const machines = [
    ...new Map(
      hosts.flatMap(({ machine }) => (machine === undefined ? [] : [[machine.id, machine] as const])),
    ).values(),
  ].map((machine) => {
    const mapped = machine.publicAddress ? [] : unknownPlaces(server, machine.id);
    if (machine.publicAddress) {
      return broken(
        machine.id,
        'it is given a public address, by its own setting or by its subnet',
        host.internetRoute,
      );
    }
    return mapped.length > 0
      ? { ...held(machine.id, mapped.join('; ')), verdict: 'unproven' as const }
      : held(machine.id, 'it is given no public address');
  });
  const ids = new Set([...hosts.map(({ id }) => id), ...machines.map(({ subject }) => subject)]);
  const taken = view.network.publicAddresses
    .filter(({ leadsTo }) => leadsTo.some((id) => ids.has(id)))
    .map(({ id, leadsTo }) =>
      broken(
        id,
        `it gives an address of the internet to ${leadsTo.filter((each) => ids.has(each)).join(', ')}`,
        'gateway',
      ),
    );
  return [...tasks, ...machines, ...taken, ...openSubnets(server), ...overIpv6(server), ...balancers(server)];
}

/** What is started in such a subnet is one forgotten word away from an address of the internet, or from being reached at one. */
function openSubnets(server: AwsServer): readonly Finding[] {
  const { view, host } = server;
  return subnetsOf(server).flatMap(({ id, mapsPublicAddresses, routeTable }) => {
    const table = view.network.routeTables.find((each) => each.id === routeTable);
    const open = table?.routes.find(({ target }) => target === 'internet');
    const stands = `${host.id} stands in it, and it`;
    return [
      ...(mapsPublicAddresses === true
        ? [broken(id, `${stands} gives a public address to whatever does not refuse one`, 'subnet')]
        : []),
      ...(open === undefined
        ? []
        : [
            broken(
              id,
              `${stands} is one of the internet: ${open.id} leads there by a gateway that also lets in`,
              'gateway',
            ),
          ]),
    ];
  });
}

/** The subnets of the file in which the task and its machine stand. */
function subnetsOf({ view, host }: AwsServer): readonly Subnet[] {
  const ids = [host.id, ...(host.machine === undefined ? [] : [host.machine.id])];
  const stands = new Set(ids.flatMap((id) => view.interface(id)?.subnets ?? []));
  return view.network.subnets.filter(({ id }) => stands.has(id));
}

/** Every address of IPv6 is one of the internet; where the subnet's routes lead there by a gateway that also lets in, it is reached. */
function overIpv6({ view, host }: AwsServer): readonly Finding[] {
  const ids = [host.id, ...(host.machine === undefined ? [] : [host.machine.id])];
  return ids.flatMap((id) =>
    (view.interface(id)?.subnets ?? []).flatMap((subnet) => {
      const { assignsIpv6 = false, routeTable } = view.network.subnets.find((each) => each.id === subnet) ?? {};
      const table = view.network.routeTables.find((each) => each.id === routeTable);
      const isLed =
        table?.routes.some(({ destination, target }) => target === 'internet' && destination.includes(':')) ?? true;
      return assignsIpv6 === false || !isLed
        ? []
        : [broken(id, `${subnet} gives it an address of IPv6 and leads it to the internet`, 'gateway')];
    }),
  );
}

/** A balancer on the internet to whose listeners nobody of the internet is admitted has its address for nothing. */
function balancers({ view, host }: AwsServer): readonly Finding[] {
  return view.balancers
    .filter(
      ({ scheme, listeners }) =>
        scheme === 'internet-facing' &&
        listeners.some(({ targets }) => targets.some((target) => target.host === host.id)),
    )
    .flatMap((balancer) => {
      const station = stationOfBalancer(view, balancer);
      const isMeant = balancer.listeners.some(({ port }) => {
        const { addresses, unknown } = letsIn(station, port);
        return unknown.length > 0 || addresses.overlaps(PUBLIC);
      });
      return isMeant
        ? []
        : [broken(balancer.id, 'it is internet-facing, though its groups admit nobody of the internet', 'gateway')];
    });
}

/** The launch template says nothing, so that the subnet would, and it is not in the file. */
function unknownPlaces({ view }: AwsServer, id: string): readonly string[] {
  const subnets = view.interface(id)?.subnets ?? [];
  return subnets.flatMap((subnet) => {
    const known = view.network.subnets.find((each) => each.id === subnet);
    return known?.mapsPublicAddresses === 'unknown' ? [`whether ${subnet} gives public addresses is not known`] : [];
  });
}

function broken(subject: string, evidence: string, route: string): Finding {
  return { verdict: 'broken', subject, evidence: `${evidence}; its route to the internet: ${route}` };
}

function held(subject: string, evidence: string): Finding {
  return { verdict: 'holds', subject, evidence, restsOn: [subject] };
}
