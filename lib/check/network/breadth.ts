import { AddressSet } from './address-set';

/** More than this many leading bits free is no network of somebody's any more, but a stretch of the world or of everybody's private range. */
const NARROW = { 4: 16, 6: 48 } as const;

/** Together no more than four blocks of the widest. */
const MOST = { 4: 4n << 16n, 6: 4n << 80n } as const;

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'].map((cidr) => AddressSet.of(cidr));

/** Addresses that are of no server on the internet: private, shared, link-local, loopback, reserved, and multicast ones. */
export const NOT_PUBLIC: AddressSet = AddressSet.of(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/3',
  '4000::/2',
  '8000::/1',
);

/** Addresses of servers on the internet. */
export const PUBLIC: AddressSet = AddressSet.ALL.subtract(NOT_PUBLIC);

/** Why some addresses name nobody in particular; `undefined` when they are networks of somebody's. */
export function whyWide(addresses: AddressSet, local: AddressSet): string | undefined {
  for (const family of [4, 6] as const) {
    const [shortest] = addresses.prefixes(family);
    if (shortest !== undefined && shortest < NARROW[family]) {
      return `${addresses.describe()} is wider than a /${NARROW[family]}`;
    }
    if ((family === 4 ? addresses.ipv4 : addresses.ipv6).size > MOST[family]) {
      return `${addresses.describe()} are together wider than four blocks of a /${NARROW[family]}`;
    }
  }
  return !local.isEmpty && addresses.covers(local)
    ? `${addresses.describe()} is the whole network in which everything of it stands`
    : undefined;
}

/** Whether addresses are those of everybody: a stretch of the internet, or a whole private range, that nobody has alone. */
export function isEverybody(addresses: AddressSet): boolean {
  const open = addresses.intersect(PUBLIC);
  return (
    [4, 6].some((family) => (open.prefixes(family as 4 | 6)[0] ?? 128) < (family === 4 ? 8 : 16)) ||
    PRIVATE.some((range) => addresses.covers(range))
  );
}
