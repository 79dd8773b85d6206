import ipaddr from 'ipaddr.js';
import { type Interval, IntervalSet } from './interval-set';

const V4_BITS = 32;
const V6_BITS = 128;

/** IPv4 stands on the line from 0, IPv6 directly after it. */
const V6_BASE = 1n << BigInt(V4_BITS);
const V4: Interval = { first: 0n, last: V6_BASE - 1n };
const V6: Interval = { first: V6_BASE, last: V6_BASE + (1n << BigInt(V6_BITS)) - 1n };

/** A CIDR block, by its first address. */
interface Block {
  readonly first: bigint;
  readonly prefix: number;
}

/**
 * A set of IPv4 and IPv6 addresses, exact: sorted disjoint intervals of both families on one line. Immutable. An IPv4-mapped address
 * (`::ffff:10.0.0.1`) is an address of IPv6 as written, as rules of both clouds take it.
 *
 * @example
 * AddressSet.parse('0.0.0.0/1')?.union(AddressSet.parse('128.0.0.0/1') ?? AddressSet.NONE).equals(AddressSet.IPV4) // true
 */
export class AddressSet {
  public static readonly NONE: AddressSet = new AddressSet(IntervalSet.EMPTY);
  /** Every address of IPv4: `0.0.0.0/0`. */
  public static readonly IPV4: AddressSet = new AddressSet(IntervalSet.of([V4]));
  /** Every address of IPv6: `::/0`. */
  public static readonly IPV6: AddressSet = new AddressSet(IntervalSet.of([V6]));
  /** Every address of both families. */
  public static readonly ALL: AddressSet = new AddressSet(IntervalSet.of([V4, V6]));

  private constructor(private readonly line: IntervalSet) {}

  /**
   * The addresses of a CIDR block, or one address without a prefix length; bits behind the prefix are ignored, as clouds do.
   *
   * @returns `undefined` when it is neither
   */
  public static parse(cidr: string): AddressSet | undefined {
    const [, host = '', length] = /^([0-9A-Fa-f.:]+)(?:\/(\d{1,3}))?$/.exec(cidr.trim()) ?? [];
    const isV4 = !host.includes(':');
    const value = isV4 ? valueOfV4(host) : valueOfV6(host);
    const bits = isV4 ? V4_BITS : V6_BITS;
    const prefix = Number(length ?? bits);
    if (value === undefined || prefix > bits) {
      return undefined;
    }
    const free = BigInt(bits - prefix);
    const first = ((value >> free) << free) + (isV4 ? 0n : V6_BASE);
    return new AddressSet(IntervalSet.of([{ first, last: first + (1n << free) - 1n }]));
  }

  /** The union of CIDR blocks that are all readable; for literals of our own. */
  public static of(...cidrs: readonly string[]): AddressSet {
    return AddressSet.unionOf(
      cidrs.map((cidr) => {
        const parsed = AddressSet.parse(cidr);
        if (parsed === undefined) {
          throw new RangeError(`${JSON.stringify(cidr)} is no CIDR block`);
        }
        return parsed;
      }),
    );
  }

  /** The union of many sets in one pass. */
  public static unionOf(sets: readonly AddressSet[]): AddressSet {
    const [only, ...rest] = sets;
    if (only === undefined || rest.length === 0) {
      return only ?? AddressSet.NONE;
    }
    return AddressSet.on(IntervalSet.of(sets.flatMap(({ line }) => line.intervals)));
  }

  private static on(line: IntervalSet): AddressSet {
    return line.isEmpty ? AddressSet.NONE : new AddressSet(line);
  }

  public get isEmpty(): boolean {
    return this.line.isEmpty;
  }

  /** How many addresses are in it. */
  public get size(): bigint {
    return this.line.size;
  }

  /** The part of IPv4. */
  public get ipv4(): AddressSet {
    return this.intersect(AddressSet.IPV4);
  }

  /** The part of IPv6. */
  public get ipv6(): AddressSet {
    return this.intersect(AddressSet.IPV6);
  }

  /** One address of it as text: the first. */
  public get example(): string | undefined {
    const [interval] = this.line.intervals;
    return interval === undefined ? undefined : spell(interval.first);
  }

  public union(other: AddressSet): AddressSet {
    return AddressSet.on(this.line.union(other.line));
  }

  public intersect(other: AddressSet): AddressSet {
    return AddressSet.on(this.line.intersect(other.line));
  }

  public subtract(other: AddressSet): AddressSet {
    return AddressSet.on(this.line.subtract(other.line));
  }

  /** Whether every address of the other set is in this one. */
  public covers(other: AddressSet): boolean {
    return this.line.covers(other.line);
  }

  public overlaps(other: AddressSet): boolean {
    return this.line.overlaps(other.line);
  }

  public equals(other: AddressSet): boolean {
    return this.line.equals(other.line);
  }

  /** The fewest CIDR blocks that are just this set, IPv4 first, ascending. */
  public cidrs(): readonly string[] {
    return this.blocks().map(({ first, prefix }) => `${spell(first)}/${prefix}`);
  }

  /** Prefix lengths of `cidrs()` of one family, the shortest first: how wide it is. */
  public prefixes(family: 4 | 6): readonly number[] {
    return this.blocks()
      .filter(({ first }) => first < V6_BASE === (family === 4))
      .map(({ prefix }) => prefix)
      .sort((a, b) => a - b);
  }

  /** For people: `10.0.0.0/8, ::/0`; of many blocks the first few, and how many more. */
  public describe(most = 6): string {
    const cidrs = this.cidrs();
    const rest = cidrs.length - most;
    return cidrs.length === 0 ? 'nobody' : `${cidrs.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  }

  private blocks(): readonly Block[] {
    return this.line.intervals.flatMap(({ first, last }) =>
      first < V6_BASE && last >= V6_BASE
        ? [...aligned(first, V4.last), ...aligned(V6_BASE, last)]
        : [...aligned(first, last)],
    );
  }
}

/** Four decimal numbers without leading zeros, which some readers take for octal ones. */
const V4_TEXT = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

function valueOfV4(host: string): bigint | undefined {
  const bytes = V4_TEXT.exec(host)?.slice(1).map(Number);
  if (bytes === undefined || bytes.some((byte) => byte > 255)) {
    return undefined;
  }
  return BigInt(bytes.reduce((sum, byte) => sum * 256 + byte, 0));
}

function valueOfV6(host: string): bigint | undefined {
  return ipaddr.IPv6.isValid(host)
    ? BigInt(`0x${Buffer.from(ipaddr.IPv6.parse(host).toByteArray()).toString('hex')}`)
    : undefined;
}

/** The largest aligned blocks of an interval of one family, from its start. */
function aligned(first: bigint, last: bigint): Iterable<Block> {
  return last < V6_BASE ? alignedV4(Number(first), Number(last)) : alignedV6(first, last);
}

function* alignedV6(first: bigint, last: bigint): Generator<Block> {
  for (let at = first; at <= last;) {
    let free = 0;
    while (
      free < V6_BITS &&
      ((at - V6_BASE) >> BigInt(free)) % 2n === 0n &&
      at + (1n << BigInt(free + 1)) - 1n <= last
    ) {
      free += 1;
    }
    yield { first: at, prefix: V6_BITS - free };
    at += 1n << BigInt(free);
  }
}

/** The same in numbers, which cost a tenth of what whole numbers without end cost. */
function* alignedV4(first: number, last: number): Generator<Block> {
  for (let at = first; at <= last;) {
    let free = 0;
    while (free < V4_BITS && at % 2 ** (free + 1) === 0 && at + 2 ** (free + 1) - 1 <= last) free += 1;
    yield { first: BigInt(at), prefix: V4_BITS - free };
    at += 2 ** free;
  }
}

function spell(at: bigint): string {
  if (at < V6_BASE) {
    const value = Number(at);
    return [24, 16, 8, 0].map((bits) => (value >>> bits) & 255).join('.');
  }
  const hex = (at - V6_BASE).toString(16).padStart(32, '0');
  return ipaddr.fromByteArray([...Buffer.from(hex, 'hex')]).toString();
}
