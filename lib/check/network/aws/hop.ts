import type { SecurityGroup } from '../../../artifact/artifact';
import { AddressSet } from '../address-set';
import { AclFilter } from './acl-filter';
import { type Admission, admissionOf } from './admission';
import type { Place } from './network-view';

/** One end of a connection: the groups on its interface, and where it may stand. */
export interface Station {
  /** Absent: no group filters it, as before a network load balancer without any. */
  readonly groups?: readonly SecurityGroup[];
  /** Ids of its groups, those without rules here too: others name them. */
  readonly wears: readonly string[];
  readonly places: readonly Place[];
}

/** Somebody of the file's own who speaks from a place, to those addresses of the other end to which its groups let it. */
export interface Speaking {
  readonly place: Place;
  readonly letOut: AddressSet;
}

/**
 * The addresses from which a connection of TCP to a port of a place is let through by the access lists of both subnets: there by the port,
 * back by the port that the client chose. Inside one subnet no list is asked.
 *
 * @param from absent: anywhere, of which no list is known
 */
export function conversing(from: Speaking | undefined, to: Place, port: number): AddressSet {
  if (from !== undefined && !from.letOut.overlaps(to.addresses)) {
    return AddressSet.NONE;
  }
  if (from?.place.id !== undefined && from.place.id === to.id) {
    return AddressSet.ALL;
  }
  const there = to.filter.passing('in', port);
  const neighbours = from === undefined && to.id !== undefined ? to.addresses : AddressSet.NONE;
  const ports = AclFilter.clientPorts(to.filter, ...(from === undefined ? [] : [from.place.filter]));
  const back = ports
    .filter((client) => from === undefined || isSent(from, to, { port, client }))
    .map((client) => to.filter.passing('out', client));
  return AddressSet.unionOf([neighbours, there.intersect(AddressSet.unionOf(back))]);
}

/** Whether some address of the one place is reached from the other and may answer. */
function isSent(
  { place, letOut }: Speaking,
  to: Place,
  { port, client }: { readonly port: number; readonly client: number },
): boolean {
  const both = place.filter.passing('out', port).intersect(place.filter.passing('in', client));
  return both.intersect(letOut).overlaps(to.addresses);
}

/** The addresses to which the groups of one end let it speak to a port of another end; what is not known of them may be any. */
export function letOutTo(from: Station, { wears }: Station, port: number): AddressSet {
  if (from.groups === undefined) {
    return AddressSet.ALL;
  }
  const { addresses, members, unknown } = admissionOf(from.groups, { direction: 'out', protocol: 'tcp', port });
  return unknown.length > 0 || wears.some((id) => members.has(id)) ? AddressSet.ALL : addresses;
}

/** What the groups of one end let in to a port; everything where none filters. */
export function letsIn({ groups }: Station, port: number): Admission {
  return groups === undefined
    ? { addresses: AddressSet.ALL, members: new Set(), unknown: [], rules: [] }
    : admissionOf(groups, { direction: 'in', protocol: 'tcp', port });
}

/** The addresses that the groups of one end let in to a port from another end: all of a member's, else those of the blocks. */
export function letInFrom(from: Pick<Station, 'wears'>, to: Station, port: number): AddressSet {
  const { addresses, members } = letsIn(to, port);
  return from.wears.some((id) => members.has(id)) ? AddressSet.ALL : addresses;
}
