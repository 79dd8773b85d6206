import ipaddr from 'ipaddr.js';
import type { Artifact } from '../../artifact/artifact';
import { addressIn, contains, isPrivate } from './address-range';
import type { AddressPair, Seat } from './seat';
import { rulesOn } from '../../artifact/bearing-rules';

/** Where a service stands so that the firewall lets the server call it. */
export interface InstanceService {
  readonly port: number;
  readonly place: AddressPair;
}

/** The port that the SDK serves on when nothing is said. */
const SDK_PORT = 9080;
/** Apart from callers and operators of the same range. */
const OFFSET = 5;

/**
 * The private range and port that the firewall keeps for services in the network: the first rule that lets the machine out to a port of one.
 *
 * @param free where the service stands when there is none, or the range holds it
 */
export function findInstanceService(
  { firewall = [] }: Pick<Artifact, 'firewall'>,
  task: Seat,
  free: AddressPair,
): InstanceService {
  const [way] = rulesOn(task, 'out', firewall)
    .filter(({ rule, certain }) => certain && rule.action === 'allow')
    .flatMap(({ rule: { ranges, flows } }) => {
      const [ports] = flows.flatMap((flow) => (flow.protocol === 'tcp' ? flow.ports : []));
      return ranges.filter(isPrivate4).flatMap((range) => (ports === undefined ? [] : [{ range, ports }]));
    });
  if (way === undefined) return { port: SDK_PORT, place: free };
  const { range, ports } = way;
  return {
    port: ports.from <= SDK_PORT && SDK_PORT <= ports.to ? SDK_PORT : ports.from,
    place: contains(range, free.address) ? free : { ...free, address: placeIn(range) },
  };
}

function isPrivate4(cidr: string): boolean {
  return isPrivate(cidr) && ipaddr.parseCIDR(cidr)[0].kind() === 'ipv4';
}

function placeIn(cidr: string): string {
  const prefix = ipaddr.parseCIDR(cidr)[1];
  const network = ipaddr.IPv4.networkAddressFromCIDR(cidr).toString();
  return addressIn(`${network}/${prefix}`, Math.min(OFFSET, 2 ** (32 - prefix) - 1));
}
