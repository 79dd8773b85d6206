import ipaddr from 'ipaddr.js';
import { concrete } from './concrete';
import { quote, UnsafeConfigurationError } from './errors';

/** Narrower than these nothing is called "open": a /8 is the largest private block, a /16 of IPv6 the largest allocation to one registry. */
const WIDEST_PREFIX = { ipv4: 8, ipv6: 16 } as const;

/** One spelling a block: no zones, no octal or hexadecimal numbers, no leading zeros. */
const PLAIN_CIDR = /^(?:(?:(?:0|[1-9]\d*)\.){3}(?:0|[1-9]\d*)|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)\/(?:0|[1-9]\d*)$/;

/** Addresses from `first` to `last`, both included, as unsigned integers of 32 (IPv4) or 128 bits (IPv6). */
export interface AddressRange {
  readonly family: 'ipv4' | 'ipv6';
  readonly first: bigint;
  readonly last: bigint;
}

/**
 * Reads a CIDR block.
 *
 * @throws UnsafeConfigurationError `CidrInvalid` when it is no CIDR or has host bits set, `ValueNotConcrete` when it is a token.
 */
export function parseCidr(cidr: string): AddressRange {
  concrete('a CIDR block', cidr);
  if (!PLAIN_CIDR.test(cidr) || !ipaddr.isValidCIDR(cidr)) {
    throw invalid(cidr, 'it is no CIDR block', 'write an address and a prefix length such as "10.20.0.0/16"');
  }
  const [address, prefix] = ipaddr.parseCIDR(cidr);
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    throw invalid(cidr, 'it is IPv4 in the clothes of IPv6, which firewalls read differently', 'write the IPv4 block');
  }
  const bits = address.kind() === 'ipv4' ? 32n : 128n;
  const value = address.toByteArray().reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << (bits - BigInt(prefix));
  if (value % size !== 0n) {
    throw invalid(
      cidr,
      'it has bits set outside its prefix, so two readers may understand two blocks',
      'write the network address',
    );
  }
  return { family: address.kind(), first: value, last: value + size - 1n };
}

/**
 * Refuses CIDR blocks that are, alone or together, as good as the whole internet: `0.0.0.0/0`, `::/0`, their halves, and any other
 * cover: a union with one stretch wider than a /8 (IPv4) or a /16 (IPv6), or with more than two of these in scattered pieces.
 *
 * @throws UnsafeConfigurationError `CidrTooOpen`
 */
export function refuseOpenCidrs(what: string, cidrs: readonly string[]): void {
  const ranges = cidrs.map(parseCidr);
  for (const family of ['ipv4', 'ipv6'] as const) {
    const bits = family === 'ipv4' ? 32 : 128;
    const widest = 1n << BigInt(bits - WIDEST_PREFIX[family]);
    const sizes = union(ranges.filter((range) => range.family === family)).map(({ first, last }) => last - first + 1n);
    if (sizes.some((size) => size > widest) || sizes.reduce((sum, size) => sum + size, 0n) > 2n * widest) {
      throw new UnsafeConfigurationError({
        code: 'CidrTooOpen',
        given: `${what} cannot be opened to ${quote(cidrs)}`,
        because: `together these hold more than a /${WIDEST_PREFIX[family]}, which is as good as everybody`,
        write:
          'name the networks of your callers, e.g. "10.20.0.0/16"; only the ingress can be open to everybody, with internetFacing: true',
      });
    }
  }
}

/** Merges overlapping and adjacent ranges of one family. */
function union(ranges: readonly AddressRange[]): AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const previous = merged.at(-1);
    if (previous !== undefined && range.first <= previous.last + 1n) {
      merged[merged.length - 1] = { ...previous, last: range.last > previous.last ? range.last : previous.last };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

function invalid(cidr: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code: 'CidrInvalid', given: `CIDR block ${quote(cidr)}`, because, write });
}
