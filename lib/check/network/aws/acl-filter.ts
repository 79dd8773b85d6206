import type { AclEntry, NetworkAcl } from '../../../artifact/network';
import { AddressSet } from '../address-set';
import { PortSet } from '../port-set';

/**
 * What a network access list lets through, exactly: its entries in the order of their numbers, of which the first that fits decides. It is
 * stateless, so that an answer needs an entry, too. An entry of which anything is unknown lets through if it may allow and stops nothing if it
 * may deny: nobody is said to be kept out by what may not be there.
 */
export class AclFilter {
  private readonly entries: readonly { readonly entry: AclEntry; readonly block: AddressSet | undefined }[];
  /** The ports from which clients may speak, in parts between which no entry makes a difference: one port of each stands for all of it. */
  private readonly clientPorts: readonly number[];
  private readonly asked = new Map<string, AddressSet>();

  public constructor(acl: NetworkAcl | undefined) {
    this.entries = (acl?.entries ?? ALLOW_ALL)
      .toSorted((a, b) => order(a) - order(b))
      .map((entry) => ({ entry, block: entry.cidr === 'unknown' ? undefined : AddressSet.parse(entry.cidr) }));
    const ranges = this.entries.map(({ entry: { fromPort, toPort } }) =>
      PortSet.range(known(fromPort, 0), known(toPort, LAST)),
    );
    this.clientPorts = PortSet.atoms(ranges).map(({ from, to }) => Math.min(to, Math.max(from, 1)));
  }

  /** One port of a client for each part of them between which this list and another make no difference. */
  public static clientPorts(...filters: readonly AclFilter[]): readonly number[] {
    return [...new Set(filters.flatMap((filter) => filter.clientPorts))];
  }

  /** The addresses with which packets of TCP to a port are exchanged in one direction. */
  public passing(direction: 'in' | 'out', port: number): AddressSet {
    const question = `${direction} ${port}`;
    const answer = this.asked.get(question) ?? this.decide(direction, port);
    this.asked.set(question, answer);
    return answer;
  }

  private decide(direction: 'in' | 'out', port: number): AddressSet {
    let open = AddressSet.NONE;
    let left = AddressSet.ALL;
    for (const { entry, block } of this.entries) {
      if ((entry.direction === direction || entry.direction === 'unknown') && fits(entry, port)) {
        const certain = block !== undefined && isKnown(entry);
        if (entry.action !== 'deny') {
          open = open.union(left.intersect(block ?? AddressSet.ALL));
        }
        if (certain) {
          left = left.subtract(block);
        }
      }
    }
    return open;
  }
}

const LAST = 65_535;

/** What the list of a VPC says before anybody changes it. */
const ALLOW_ALL: readonly AclEntry[] = (['in', 'out'] as const).flatMap((direction) =>
  ['0.0.0.0/0', '::/0'].map((cidr) => ({
    id: 'default',
    direction,
    number: 100,
    action: 'allow' as const,
    protocol: 'all' as const,
    fromPort: 0,
    toPort: LAST,
    cidr,
  })),
);

function known(port: AclEntry['fromPort'], otherwise: number): number {
  return port === 'unknown' ? otherwise : port;
}

function fits({ protocol, fromPort, toPort }: AclEntry, port: number): boolean {
  return (
    (protocol === 'tcp' || protocol === 'all' || protocol === 'unknown') &&
    known(fromPort, 0) <= port &&
    port <= known(toPort, LAST)
  );
}

function isKnown({ direction, number, action, protocol, fromPort, toPort }: AclEntry): boolean {
  return ![direction, number, action, protocol, fromPort, toPort].includes('unknown');
}

/** What may stand anywhere lets through first and keeps out last. */
function order({ number, action }: AclEntry): number {
  return number === 'unknown' ? (action === 'deny' ? Number.MAX_SAFE_INTEGER : -1) : number;
}
