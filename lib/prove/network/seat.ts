/** A network namespace with one interface: a host of the deployment, a service behind it, or somebody outside. */
export interface Seat {
  /** Name of the namespace: `task`, `machine`, `balancer`, `admin-balancer`, `balancer-3`, `service`, `stranger`, `caller`, `operator` or `internet`. */
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
  /** Whether it stands outside the VPC. */
  readonly outside: boolean;
  /** Whether the internet has a route to it. */
  readonly reachableFromOutside: boolean;
  /** Whether it has a route to the internet. */
  readonly reachesOutside: boolean;
}

/** The first IPv4 and IPv6 address of a seat. */
export function ownAddresses(seat: Seat): { readonly address: string; readonly address6: string } {
  const [address] = seat.addresses;
  const [address6] = seat.addresses6;
  if (address === undefined || address6 === undefined) throw new Error(`seat ${seat.name} has no address`);
  return { address, address6 };
}
