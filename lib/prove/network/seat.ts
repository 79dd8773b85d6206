import type { PublishedPort } from '../../artifact/artifact';
import type { InstanceIdentity } from '../../artifact/bearing-rules';
import type { Text } from '../../artifact/text';

/** What a forwarding rule leads to a host. */
export interface ForwardedAddresses extends AddressPair {
  readonly ports: readonly number[];
}

/** A network namespace with one interface: a host of the deployment, a service behind it, or somebody outside. */
export interface Seat {
  /** Name of the namespace: `task`, `machine`, `balancer`, `admin-balancer`, `balancer-3`, `service`, `stranger`, `google`, `caller`, `operator` or `internet`. */
  readonly name: string;
  /** Name of the router's end of its veth pair. */
  readonly link: string;
  /** Its own address first; all that it may send from. */
  readonly addresses: readonly string[];
  readonly addresses6: readonly string[];
  /** Security groups that it is a member of, which is what a rule that names a group admits. */
  readonly memberOf: readonly string[];
  /**
   * Security groups that filter its packets; an empty list is the VPC's default group.
   * Absent: nothing filters them, because the host is the attacker's own or outside the VPC.
   */
  readonly filteredBy?: readonly string[];
  /** What rules of a VPC network's firewall that name a tag or an account know it by. Absent: nothing, so that a range alone names it. */
  readonly identity?: InstanceIdentity;
  /** VPC network whose firewall filters its packets. Absent: none does, because the host is the attacker's own, or the cloud's. */
  readonly inNetwork?: Text;
  /** Ports that lead to its containers; a connection to another port of it is refused. Absent: all of them do. */
  readonly published?: readonly PublishedPort[];
  /** Addresses of it that a forwarding rule of the cloud leads to it, and nothing else of them than these ports of TCP. Absent: none. */
  readonly forwarded?: readonly ForwardedAddresses[];
  /** Whether it has no IPv6 address in the cloud. @default false */
  readonly ipv4Only?: boolean;
  /** Addresses of it that the internet has a route to, even where it has none to the host itself. Absent: none. */
  readonly publicAddresses?: readonly string[];
  /** Whether it stands outside the VPC. */
  readonly outside: boolean;
  /** Whether the internet has a route to it. */
  readonly reachableFromOutside: boolean;
  /** Whether it has a route to the internet. */
  readonly reachesOutside: boolean;
}

/** An address of each family. */
export interface AddressPair {
  readonly address: string;
  readonly address6: string;
}

/** The first IPv4 and IPv6 address of a seat. */
export function ownAddresses(seat: Seat): AddressPair {
  const [address] = seat.addresses;
  const [address6] = seat.addresses6;
  if (address === undefined || address6 === undefined) throw new Error(`seat ${seat.name} has no address`);
  return { address, address6 };
}
