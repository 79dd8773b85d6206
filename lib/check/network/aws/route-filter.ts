import type { Route, RouteTable } from '../../../artifact/network';
import { AddressSet } from '../address-set';

/** Who can be answered over the routes of a subnet. */
export interface Answerable {
  /** Hosts of the same network. */
  readonly local: AddressSet;
  /** Whether what stands there has an address of the internet. Those of IPv6 all are. */
  readonly publicAddress: boolean;
}

/**
 * The addresses from which a connection into a subnet is answered: those of its own network, and those to which its routes lead back by a
 * way that also leads in. The longest prefix decides. A gateway that only lets out (NAT) leads nobody in, one of the internet only to what
 * has a public address. Where the table is not known everybody is answered.
 */
export function answered(table: RouteTable | undefined, { local, publicAddress }: Answerable): AddressSet {
  if (table === undefined) {
    return AddressSet.ALL;
  }
  let left = AddressSet.ALL.subtract(local);
  const open = [local];
  for (const { route, block, prefix } of sorted(table.routes)) {
    const part = block === undefined ? left : left.intersect(block);
    open.push(part.intersect(leadsIn(route, publicAddress)));
    if (block !== undefined && prefix >= 0) {
      left = left.subtract(block);
    }
  }
  return AddressSet.unionOf(open);
}

interface Sorted {
  readonly route: Route;
  /** Absent: the file does not say which. */
  readonly block?: AddressSet;
  readonly prefix: number;
}

function sorted(routes: readonly Route[]): readonly Sorted[] {
  return routes
    .map((route): Sorted => {
      const block = route.destination === 'unknown' ? undefined : AddressSet.parse(route.destination);
      return { route, prefix: Number(route.destination.split('/')[1] ?? -1), ...(block !== undefined && { block }) };
    })
    .sort((a, b) => b.prefix - a.prefix);
}

function leadsIn({ target }: Route, publicAddress: boolean): AddressSet {
  if (target === 'internet') {
    return publicAddress ? AddressSet.ALL : AddressSet.IPV6;
  }
  return target === 'out' ? AddressSet.NONE : AddressSet.ALL;
}
