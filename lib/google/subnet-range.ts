import { type AddressRange, parseCidr } from '../core/cidr';
import { UnsafeConfigurationError } from '../core/errors';
import { CONTAINERS_RANGE } from './machine-layout';

/** Addresses that a subnet may be of: those that RFC 1918 and RFC 6598 set apart, which are nobody's on the internet. */
const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map(parseCidr);

/** What a machine already means something else by. */
const TAKEN = [
  { range: parseCidr('172.17.0.0/16'), what: "the network of the machine's container runtime, 172.17.0.0/16" },
  { range: parseCidr(CONTAINERS_RANGE), what: `the network of the containers on the machine, ${CONTAINERS_RANGE}` },
] as const;

const LEAST_PREFIX = 16;
const MOST_PREFIX = 29;

/** What else the machine takes all addresses of a range for: answers to them never leave it. */
export function takenOnMachine(range: AddressRange): string | undefined {
  return TAKEN.find((other) => other.range.first <= range.first && range.last <= other.range.last)?.what;
}

/** Whether a range is IPv4 and private as a whole. */
export function isPrivateRange(range: AddressRange): boolean {
  return range.family === 'ipv4' && PRIVATE.some((block) => block.first <= range.first && range.last <= block.last);
}

/**
 * The IPv4 block of a subnet. Google's own addresses for private access, 199.36.153.4/30, and link-local ones are no private block, so that
 * none can overlap them.
 *
 * @throws UnsafeConfigurationError `CidrInvalid`, `SubnetRangeInvalid`, `ValueNotConcrete`
 * @see https://cloud.google.com/vpc/docs/subnets#valid-ranges
 */
export function subnetRange(cidr: string): string {
  const range = parseCidr(cidr);
  const write = `give a private IPv4 block from /${LEAST_PREFIX} to /${MOST_PREFIX}, e.g. '10.20.0.0/24'`;
  const prefix = Number(cidr.split('/')[1]);
  if (!isPrivateRange(range)) throw refused(cidr, 'its addresses are not private', write);
  if (prefix < LEAST_PREFIX || prefix > MOST_PREFIX) {
    throw refused(cidr, 'it is too wide for one server, or too narrow for Google', write);
  }
  const taken = TAKEN.find((other) => other.range.first <= range.last && range.first <= other.range.last);
  if (taken === undefined) return cidr;
  throw refused(cidr, `it overlaps ${taken.what}, which the machine would answer in its place`, write);
}

function refused(cidr: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code: 'SubnetRangeInvalid', given: `the subnet ${cidr}`, because, write });
}
