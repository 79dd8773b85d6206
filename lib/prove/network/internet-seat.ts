import { addressIn } from './address-range';
import type { Seat } from './seat';

/** Documentation ranges (RFC 5737, RFC 3849): no real address is ever meant. */
export const INTERNET = { cidr: '198.51.100.0/24', cidr6: '2001:db8:ffff::/48' } as const;
const ISSUERS = [53, 54, 55, 56, 57, 58, 59, 60];

/** Somebody anywhere outside the network; token issuers have further addresses of the same seat. */
export function internetSeat(): Seat {
  const offset = 10;
  return {
    name: 'internet',
    link: 'v-internet',
    addresses: [offset, ...ISSUERS].map((place) => addressIn(INTERNET.cidr, place)),
    addresses6: [offset, ...ISSUERS].map((place) => addressIn(INTERNET.cidr6, place)),
    memberOf: [],
    outside: true,
    reachableFromOutside: true,
    reachesOutside: true,
  };
}

/** The first for the issuer, the others for issuers that misbehave. */
export function issuerAddresses(): readonly string[] {
  return ISSUERS.map((offset) => addressIn(INTERNET.cidr, offset));
}
