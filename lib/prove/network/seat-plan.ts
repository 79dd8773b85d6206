import type { Artifact, Balancer, GroupRule, Host } from '../../artifact/artifact';
import { addressIn, contains, isPrivate, vpcRange, type VpcRange } from './address-range';
import { operatorsPort } from '../admin-door/operators-port';
import { admissions } from './admissions';
import { admits, callerSeat } from './caller-seat';
import { balancerName, callersListener, type Front, frontsOf, operatorsFront } from './fronts-of';
import { planInstanceSeats } from './instance-seats';
import { internetSeat, issuerAddresses } from './internet-seat';
import { type AddressPair, ownAddresses, type Seat } from './seat';
import { findServiceDoor, type ServiceDoor } from './service-door';

/** Who sits where in the run's network. */
export interface SeatPlan {
  readonly range: VpcRange;
  readonly seats: readonly Seat[];
  /** The balancers that forward to the host, those of callers first and among them one with a TLS listener, and the seat of each. */
  readonly balancers: readonly SeatedBalancer[];
  /** Where operators come in. Absent: the proxy has no listener for them. */
  readonly operators?: OperatorsPlan;
  readonly service: ServiceDoor;
  /** Further addresses of the internet's seat: the first for the issuer, the others for issuers that misbehave. */
  readonly issuerAddresses: readonly string[];
}

/**
 * A balancer, its namespace, and the addresses that it is called by: its own, or those that the host has on its behalf where it passes
 * packets through.
 */
export interface SeatedBalancer extends AddressPair {
  readonly balancer: Balancer;
  readonly seat: string;
}

/** Where operators come in, by which addresses, and who they are. */
export interface OperatorsPlan extends AddressPair {
  /** Absent: they come to the task itself. */
  readonly front?: Front;
  /** Name of their own seat: that of callers where no other address is admitted. */
  readonly seat: 'operator' | 'caller';
  /** Name of their balancer's. Absent: none stands between, as one does not that passes packets through. */
  readonly balancerSeat?: string;
  /** Whether the callers are admitted where operators are. */
  readonly callersToo: boolean;
}

/** AWS keeps the first four addresses of a subnet for itself. */
const FIRST_HOST = 4;

/**
 * Gives every host of a deployment, and everybody who may want something of it, a namespace, addresses, and security groups or what the
 * firewall of a VPC network knows it by.
 */
export function planSeats(artifact: Artifact, host: Host): SeatPlan {
  return host.instance === undefined ? planTaskSeats(artifact, host) : planInstanceSeats(artifact, host, host.instance);
}

function planTaskSeats(artifact: Artifact, host: Host): SeatPlan {
  const range = vpcRange(artifact);
  const front = operatorsFront(artifact, host);
  const balancers = frontsOf(artifact, host).map((balancer, index) => ({
    balancer,
    seat: balancerName(index, balancer === front?.balancer),
  }));
  const service = findServiceDoor(artifact, host);
  const inside = insideSeats(host, balancers, service);
  const seats: Seat[] = inside.map((seat, index) => ({
    name: seat.name,
    // the kernel takes no longer names
    link: `v-${seat.name}`.slice(0, 15),
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
  const callers = balancers[0]?.balancer;
  const port = callers && front?.balancer === callers ? callersListener(callers, host)?.port : undefined;
  const caller = callerSeat({ name: 'caller', artifact, range, internet, front: callers, port, free, free6 });
  const operator = operatorSeat(artifact, host, { range, internet, index: FIRST_HOST + inside.length + 1 });
  const isCaller = operator !== undefined && caller.addresses[0] === operator.addresses[0];
  const admitted = admissions(artifact, front?.balancer, front?.listener.port);
  const balancerSeat = balancers.find(({ balancer }) => balancer === front?.balancer)?.seat;
  return {
    range,
    seats: [...seats, caller, ...(operator === undefined || isCaller ? [] : [operator]), internet],
    balancers: balancers.map((each) => ({ ...each, ...addressesOf(each.seat, seats) })),
    ...(operator && {
      operators: {
        ...(front && { front }),
        ...addressesOf(balancerSeat ?? 'task', seats),
        ...(balancerSeat && { balancerSeat }),
        seat: isCaller ? 'caller' : 'operator',
        callersToo: isCaller || (admitted !== undefined && admits(admitted, caller, range)),
      },
    }),
    service,
    issuerAddresses: issuerAddresses(),
  };
}

function addressesOf(name: string, seats: readonly Seat[]): AddressPair {
  const seat = seats.find((each) => each.name === name);
  if (seat === undefined) throw new Error(`nobody sits at ${name}`);
  return ownAddresses(seat);
}

/** Somebody whom the groups of the operators' balancer let in, or of the task itself where there is none. */
function operatorSeat(
  artifact: Artifact,
  host: Host,
  where: { readonly range: VpcRange; readonly internet: Seat; readonly index: number },
): Seat | undefined {
  const own = operatorsPort(host);
  if (own === undefined) return undefined;
  const front = operatorsFront(artifact, host);
  const { range, internet, index } = where;
  const [free, free6] = [addressIn(range.cidr, index), addressIn(range.cidr6, index)] as const;
  const { groups } = host;
  const itself: Balancer = { id: host.id, type: 'unknown', scheme: 'internal', groups, listeners: [] };
  const to = { front: front?.balancer ?? itself, port: front?.listener.port ?? own };
  return callerSeat({ name: 'operator', artifact, range, internet, free, free6, ...to });
}

interface InsideSeat {
  readonly name: string;
  readonly groups?: readonly string[];
  readonly reachableFromOutside: boolean;
  readonly reachesOutside: boolean;
}

function insideSeats(
  host: Host,
  balancers: readonly Pick<SeatedBalancer, 'balancer' | 'seat'>[],
  service: ServiceDoor,
): readonly InsideSeat[] {
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

/** Private ranges that rules let in from, or out to, and that do not hold the run's VPC: nobody of the run is there. */
export function rangesOfNobody(
  artifact: Artifact,
  plan: SeatPlan,
  direction: GroupRule['direction'],
): readonly string[] {
  const cidrs = [
    ...artifact.groups
      .flatMap(({ rules }) => rules)
      .flatMap((rule) => (rule.direction === direction && rule.peer.kind === 'cidr' ? [rule.peer.cidr] : [])),
    ...(artifact.firewall ?? [])
      .filter((rule) => rule.direction === direction && rule.action === 'allow')
      .flatMap(({ ranges }) => ranges),
  ];
  const addresses = plan.seats.flatMap((seat) => [...seat.addresses, ...seat.addresses6]);
  return [...new Set(cidrs)].filter((cidr) => isPrivate(cidr) && !addresses.some((address) => contains(cidr, address)));
}
