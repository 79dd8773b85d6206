import { AddressSet } from '../network/address-set';
import { PortSet } from '../network/port-set';
import type { Permission, PermissionKind } from './permission';

/** Ports of some addresses. */
export interface Opening {
  readonly ports: PortSet;
  readonly addresses: AddressSet;
}

/** What rules about one protocol and one other side let through together. */
export interface OpeningPermission extends Permission {
  readonly openings: readonly Opening[];
}

/** What stands around the addresses and ports of openings. */
export interface OpeningProps {
  /** @default 'rule' */
  readonly kind?: PermissionKind;
  readonly subject: string;
  /** With the protocol and the other side in it. */
  readonly key: string;
  readonly openings: readonly Opening[];
  /** In words what some of them let through. */
  readonly describe: (opening: Opening) => string;
}

/** A permission that can be given in parts: some of the ports, to some of the addresses. */
export function openingPermission({
  kind = 'rule',
  subject,
  key,
  openings,
  describe,
}: OpeningProps): OpeningPermission {
  return {
    kind,
    key,
    subject,
    openings,
    beyond: (others) => {
      const known = others.flatMap((other) => (other as OpeningPermission).openings);
      const more = beyond(openings, known).map(describe);
      return more.length === 0 ? undefined : more.join('; ');
    },
  };
}

/** What some openings let through that others do not, with ports of which the same is true put together. */
function beyond(openings: readonly Opening[], known: readonly Opening[]): readonly Opening[] {
  const found = new Map<string, Opening>();
  for (const { from, to } of PortSet.atoms([...openings, ...known].map(({ ports }) => ports))) {
    const at = (some: readonly Opening[]): AddressSet =>
      AddressSet.unionOf(some.flatMap(({ ports, addresses }) => (ports.has(from) ? [addresses] : [])));
    const more = at(openings).subtract(at(known));
    if (more.isEmpty) continue;
    const key = more.cidrs().join();
    const ports = PortSet.range(from, to);
    found.set(key, { addresses: more, ports: found.get(key)?.ports.union(ports) ?? ports });
  }
  return [...found.values()];
}

/** Items by a key, in the order of the first of each. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
