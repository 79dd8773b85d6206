import type { Host } from '../artifact';
import type { Property } from '../property';
import { sameText } from '../same-text';
import type { Text } from '../text';
import type { Resources } from './resources';

/** Whether a route takes packets to something that may send them on. */
const HOPS = ['next_hop_instance', 'next_hop_ip', 'next_hop_ilb', 'next_hop_vpn_tunnel'];

/** What brings routes of others into a network. */
const LINKS =
  /^google_compute_(?:network_peering(?:_routes_config)?|vpn_tunnel|interconnect_attachment|router_interface|router_peer)$|^google_network_connectivity_(?:spoke|hub)$/;

/**
 * How a machine without an address of its own reaches the internet: by a NAT of its network, or by a route to something that passes packets
 * on. A route to Google's gateway alone leads nowhere without an address.
 */
export function internetRoute(network: Text, resources: Resources): Host['internetRoute'] {
  const ways = [...natNetworks(resources), ...routedNetworks(resources)];
  if (ways.some((each) => each === undefined || sameText(each, network) !== false)) {
    return 'nat';
  }
  const [only, ...rest] = network;
  const isOfFile = typeof only === 'object' && rest.length === 0 && resources.like(LINKS).length === 0;
  return isOfFile ? 'none' : 'unknown';
}

/** The networks that have a NAT; `undefined` for one that is not known. */
function natNetworks(resources: Resources): readonly (Text | undefined)[] {
  return resources.ofType('google_compute_router_nat').map(({ properties }) => {
    const router = resources.referredBy(properties.get('router'), 'google_compute_router');
    return networkOf(router?.properties, resources);
  });
}

function routedNetworks(resources: Resources): readonly (Text | undefined)[] {
  return resources
    .ofType('google_compute_route')
    .filter(({ properties }) => HOPS.some((hop) => properties.get(hop).present && properties.get(hop).value !== ''))
    .filter(({ properties }) => !isPrivate(properties.get('dest_range').string() ?? ''))
    .map(({ properties }) => networkOf(properties, resources));
}

function networkOf(properties: Property | undefined, resources: Resources): Text | undefined {
  return properties && resources.network(properties.get('network'), properties);
}

function isPrivate(range: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(range);
}
