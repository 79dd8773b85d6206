import { AddressSet } from '../address-set';

/** Google's front ends: what they forward for an application balancer, and probes of most kinds. No customer of Google sends from there. */
export const FRONT_ENDS: AddressSet = AddressSet.of('35.191.0.0/16', '130.211.0.0/22');

/**
 * Where probes of health come from.
 *
 * @see https://cloud.google.com/load-balancing/docs/firewall-rules
 */
export const PROBERS: AddressSet = FRONT_ENDS.union(
  AddressSet.of('209.85.152.0/22', '209.85.204.0/22', '2600:2d00:1:b029::/64', '2600:2d00:1:1::/64'),
);

/** Where tunnels of Identity-Aware Proxy come from. @see https://cloud.google.com/iap/docs/using-tcp-forwarding */
export const TUNNELS: AddressSet = AddressSet.of('35.235.240.0/20');

/** Where a private network reaches Google's services. @see https://cloud.google.com/vpc/docs/configure-private-google-access */
export const PRIVATE_ACCESS: AddressSet = AddressSet.of(
  '199.36.153.4/30',
  '199.36.153.8/30',
  '2600:2d00:2:1000::/64',
  '2600:2d00:2:2000::/64',
);
