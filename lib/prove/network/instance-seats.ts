import type { Artifact, Balancer, Host, Instance } from '../../artifact/artifact';
import { operatorsPort } from '../admin-door/operators-port';
import { addressIn, vpcRange, type VpcRange } from './address-range';
import { balancerName, callersListener, type Front, frontsOf, operatorsFront } from './fronts-of';
import { PROBERS, PROBERS6 } from './google-addresses';
import { admittedSeat, type FirewalledDoor, isAdmitted } from './instance-caller';
import { findInstanceService } from './instance-service';
import { INTERNET, internetSeat, issuerAddresses } from './internet-seat';
import { machinePort } from './published-ports';
import type { AddressPair, ForwardedAddresses, Seat } from './seat';
import type { SeatedBalancer, SeatPlan } from './seat-plan';
import { judgedInstance } from '../../artifact/bearing-rules';

/** Where callers come to a machine without a balancer. */
const CALLERS_PORT = 443;
/** Google keeps the first two addresses of a subnet for itself. */
const FIRST_HOST = 4;
/** Places of public addresses of forwarding rules, apart from everybody else's on the internet. */
const FIRST_PUBLIC = 80;
/** The addresses by which a private network reaches Google's services, and one that the internet reaches them by. */
const GOOGLE = {
  private: ['199.36.153.4', '199.36.153.5', '199.36.153.6', '199.36.153.7'],
  public: '203.0.113.10',
  private6: '2600:2d00:2:1000::4',
};

/** Gives a machine of Google, and everybody who may want something of it, a namespace, addresses, and what its network's firewall knows it by. */
export function planInstanceSeats(artifact: Artifact, host: Host, instance: Instance): SeatPlan {
  const range = vpcRange(artifact);
  const places = new Places(range);
  const fronts = frontsOf(artifact, host);
  const own = places.next();
  const doors = fronts.map(({ scheme }, index) => (scheme === 'internet-facing' ? publicPlace(index) : places.next()));
  const task = taskSeat({ host, instance, own, fronts, doors });
  const operators = operatorsFront(artifact, host);
  const balancers = fronts.map((balancer, index): SeatedBalancer => {
    const seat = balancerName(index, balancer === operators?.balancer);
    return { balancer, seat, ...(doors[index] ?? own) };
  });
  const service = findInstanceService(artifact, task, places.next());
  const internet = internetSeat();
  const inside = [
    task,
    ...balancers.map(balancerSeat),
    insideSeat('service', service.place),
    insideSeat('stranger', places.next()),
    googleSeat(),
  ];
  const rules = artifact.firewall ?? [];
  const callersDoor = { rules, task, ...callersWay(fronts, host) };
  const caller = admittedSeat({ ...callersDoor, name: 'caller', internet, free: places.next() });
  const way = operatorsWay(operators, host);
  const door = way && { rules, task, ...way };
  const operator = door && admittedSeat({ ...door, name: 'operator', internet, free: places.next() });
  const theirs = balancers.find(({ balancer }) => balancer === operators?.balancer);
  const theirSeat = theirs?.balancer.type === 'passthrough' ? undefined : theirs?.seat;
  return {
    range,
    seats: [...inside, caller, ...(operator === undefined ? [] : [operator]), internet],
    balancers,
    ...(door && {
      operators: {
        ...(operators && { front: operators }),
        ...(theirs === undefined ? own : { address: theirs.address, address6: theirs.address6 }),
        ...(theirSeat && { balancerSeat: theirSeat }),
        seat: 'operator',
        callersToo: isAdmitted(door, caller),
      },
    }),
    service: { port: service.port, groups: [] },
    issuerAddresses: issuerAddresses(),
  };
}

/** Where somebody comes in: a balancer and its port, or a port of the machine. */
type Way = Pick<FirewalledDoor, 'front' | 'port'>;

function callersWay([balancer]: readonly Balancer[], host: Host): Way {
  const listener = balancer && callersListener(balancer, host);
  return { front: listener && { balancer, listener }, port: listener?.port ?? CALLERS_PORT };
}

/** Absent: the proxy has no listener for operators. */
function operatorsWay(front: Front | undefined, host: Host): Way | undefined {
  const own = operatorsPort(host);
  return own === undefined ? undefined : { front, port: front?.listener.port ?? machinePort(host, own) };
}

/** The addresses of a network, one after the other. */
class Places {
  private taken = FIRST_HOST;

  public constructor(private readonly range: VpcRange) {}

  public next(): AddressPair {
    const place = {
      address: addressIn(this.range.cidr, this.taken),
      address6: addressIn(this.range.cidr6, this.taken),
    };
    this.taken += 1;
    return place;
  }
}

function publicPlace(index: number): AddressPair {
  return {
    address: addressIn(INTERNET.cidr, FIRST_PUBLIC + index),
    address6: addressIn(INTERNET.cidr6, FIRST_PUBLIC + index),
  };
}

interface TaskQuestion {
  readonly host: Host;
  readonly instance: Instance;
  readonly own: AddressPair;
  readonly fronts: readonly Balancer[];
  readonly doors: readonly AddressPair[];
}

/** The machine; what a balancer passes through comes to it under the balancer's own address. */
function taskSeat({ host, instance, own, fronts, doors }: TaskQuestion): Seat {
  const passed = doors.filter((_, index) => fronts[index]?.type === 'passthrough');
  const open = doors.filter((_, i) => fronts[i]?.type === 'passthrough' && fronts[i]?.scheme === 'internet-facing');
  return {
    ...insideSeat('task', own),
    addresses: [own, ...passed].map(({ address }) => address),
    addresses6: [own, ...passed].map(({ address6 }) => address6),
    ...judgedInstance(instance),
    published: instance.published,
    ipv4Only: instance.ipv6 !== true,
    forwarded: doors.flatMap((door, index) => forwardedBy(fronts[index], host, door)),
    publicAddresses: open.flatMap(({ address, address6 }) => [address, address6]),
    reachableFromOutside: host.publicAddress,
    reachesOutside: host.internetRoute !== 'none',
  };
}

function forwardedBy(balancer: Balancer | undefined, host: Host, door: AddressPair): readonly ForwardedAddresses[] {
  if (balancer?.type !== 'passthrough') return [];
  const listeners = balancer.listeners.filter(({ targets }) => targets.some((target) => target.host === host.id));
  return [{ ...door, ports: listeners.map(({ port }) => port) }];
}

/** Those who probe the health of its targets; a balancer that is no mere forwarding rule has its own address besides, and calls from these. */
function balancerSeat({ balancer, seat, address, address6 }: SeatedBalancer, index: number): Seat {
  const offset = 10 + index;
  const own = balancer.type === 'passthrough' ? undefined : { address, address6 };
  return {
    ...insideSeat(seat, { address, address6 }),
    addresses: [...PROBERS.map((cidr) => addressIn(cidr, offset)), ...(own ? [own.address] : [])],
    addresses6: [addressIn(PROBERS6, offset), ...(own ? [own.address6] : [])],
    ...(own && balancer.scheme === 'internet-facing' && { publicAddresses: [own.address, own.address6] }),
    reachesOutside: false,
  };
}

/** Google's own front end: no firewall of a network stands before it, and the internet has one way to it. */
function googleSeat(): Seat {
  return {
    ...insideSeat('google', { address: '', address6: GOOGLE.private6 }),
    addresses: [...GOOGLE.private, GOOGLE.public],
    publicAddresses: [GOOGLE.public],
    reachesOutside: false,
  };
}

/** Somebody in the network without a relation to the deployment: no tag, no account, and no firewall of ours before it. */
function insideSeat(name: string, { address, address6 }: AddressPair): Seat {
  return {
    name,
    // the kernel takes no longer names
    link: `v-${name}`.slice(0, 15),
    addresses: [address],
    addresses6: [address6],
    memberOf: [],
    outside: false,
    reachableFromOutside: false,
    reachesOutside: true,
  };
}
