import type { Artifact, Balancer, Host } from '../../artifact/artifact';
import { addressIn, contains, isPrivate, vpcRange, type VpcRange } from './address-range';
import { callerSeat } from './caller-seat';
import { frontsOf } from './fronts-of';
import type { Seat } from './seat';
import { findServiceDoor, type ServiceDoor } from './service-door';

/** Who sits where in the run's network. */
export interface SeatPlan {
  readonly range: VpcRange;
  readonly seats: readonly Seat[];
  /** The balancers that forward to the host, the one with a TLS listener first, and the seat of each. */
  readonly balancers: readonly { readonly balancer: Balancer; readonly seat: string }[];
  readonly service: ServiceDoor;
  /** Further addresses of the internet's seat: the first for the issuer, the others for issuers that misbehave. */
  readonly issuerAddresses: readonly string[];
}

/** Documentation ranges (RFC 5737, RFC 3849): no real address is ever meant. */
const INTERNET = { cidr: '198.51.100.0/24', cidr6: '2001:db8:ffff::/48' };
const ISSUERS = [53, 54, 55, 56, 57, 58, 59, 60];
/** AWS keeps the first four addresses of a subnet for itself. */
const FIRST_HOST = 4;

/**
 * Gives every host of a deployment, and everybody who may want something of it, a namespace, addresses and security groups.
 */
export function planSeats(artifact: Artifact, host: Host): SeatPlan {
  const range = vpcRange(artifact);
  const balancers = frontsOf(artifact, host).map((balancer, index) => ({
    balancer,
    seat: index === 0 ? 'balancer' : `balancer-${index + 1}`,
  }));
  const service = findServiceDoor(artifact, host);
  const inside = insideSeats(host, balancers, service);
  const seats: Seat[] = inside.map((seat, index) => ({
    name: seat.name,
    link: `v-${seat.name}`,
    addresses: [addressIn(range.cidr, FIRST_HOST + index)],
    addresses6: [addressIn(range.cidr6, FIRST_HOST + index)],
    memberOf: seat.groups ?? [],
    ...(seat.groups && { filteredBy: seat.groups }),
    outside: false,
    reachableFromOutside: seat.reachableFromOutside,
    reachesOutside: seat.reachesOutside,
  }));
  const internet = internetSeat();
  const free = addressIn(range.cidr, FIRST_HOST + inside.length);
  const free6 = addressIn(range.cidr6, FIRST_HOST + inside.length);
  const caller = callerSeat({ artifact, range, internet, front: balancers[0]?.balancer, free, free6 });
  return {
    range,
    seats: [...seats, caller, internet],
    balancers,
    service,
    issuerAddresses: ISSUERS.map((offset) => addressIn(INTERNET.cidr, offset)),
  };
}

interface InsideSeat {
  readonly name: string;
  readonly groups?: readonly string[];
  readonly reachableFromOutside: boolean;
  readonly reachesOutside: boolean;
}

function insideSeats(host: Host, balancers: SeatPlan['balancers'], service: ServiceDoor): readonly InsideSeat[] {
  const routed = host.internetRoute !== 'none';
  const { machine } = host;
  return [
    { name: 'task', groups: host.groups, reachableFromOutside: host.publicAddress, reachesOutside: routed },
    ...(machine
      ? [
          {
            name: 'machine',
            groups: machine.groups,
            reachableFromOutside: machine.publicAddress,
            reachesOutside: routed || machine.publicAddress,
          },
        ]
      : []),
    ...balancers.map(({ balancer, seat }) => ({
      name: seat,
      ...(balancer.groups && { groups: balancer.groups }),
      reachableFromOutside: balancer.scheme === 'internet-facing',
      reachesOutside: false,
    })),
    { name: 'service', groups: service.groups, reachableFromOutside: false, reachesOutside: true },
    { name: 'stranger', reachableFromOutside: false, reachesOutside: true },
  ];
}

function internetSeat(): Seat {
  const offset = 10;
  return {
    name: 'internet',
    link: 'v-internet',
    addresses: [offset, ...ISSUERS].map((place) => addressIn(INTERNET.cidr, place)),
    addresses6: [offset, ...ISSUERS].map((place) => addressIn(INTERNET.cidr6, place)),
    memberOf: [],
    outside: true,
    reachableFromOutside: true,
    reachesOutside: true,
  };
}

/** Private ranges that rules name and that do not hold the run's VPC: a rule for one of them admits nobody of the run. */
export function rangesOfNobody(artifact: Artifact, plan: SeatPlan): readonly string[] {
  const cidrs = artifact.groups.flatMap(({ rules }) =>
    rules.flatMap(({ peer }) => (peer.kind === 'cidr' ? [peer.cidr] : [])),
  );
  const addresses = plan.seats.flatMap((seat) => [...seat.addresses, ...seat.addresses6]);
  return [...new Set(cidrs)].filter((cidr) => isPrivate(cidr) && !addresses.some((address) => contains(cidr, address)));
}
