import { type AddressRange, parseCidr } from './cidr';

/** Blocks that name something inside a network, a host itself or a group of hosts: never a server on the public internet. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
] as const;

/**
 * The public IPv4 addresses as CIDR blocks: everything without private, link-local, loopback, shared and multicast ranges. There are 51,
 * which leaves room in the 60 rules that a security group of AWS may have.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export function publicAddresses(): string[] {
  const blocks: string[] = [];
  let next = 0n;
  for (const { first, last } of [...NOT_PUBLIC.map(parseCidr), { first: 1n << 32n, last: 1n << 32n }]) {
    while (next < first) {
      const size = largestBlock(next, first - next);
      blocks.push(`${dotted(next)}/${32 - (size.toString(2).length - 1)}`);
      next += size;
    }
    next = last + 1n;
  }
  return blocks;
}

/** Whether a block of IPv4 addresses is one of those as a whole, so that nothing on the public internet comes from it. */
export function isNeverPublic({ family, first, last }: AddressRange): boolean {
  if (family !== 'ipv4') return false;
  return NOT_PUBLIC.map(parseCidr).some((block) => block.first <= first && last <= block.last);
}

/** The largest power of two that `start` is a multiple of and that is no more than `room`. */
function largestBlock(start: bigint, room: bigint): bigint {
  let size = 1n;
  while (size * 2n <= room && start % (size * 2n) === 0n) size *= 2n;
  return size;
}

function dotted(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.');
}
