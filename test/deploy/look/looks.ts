import { BALANCER_LOOKS } from './balancers';
import { IDENTITY_LOOKS } from './identity';
import type { Looks } from './look';
import { NETWORK_LOOKS } from './network';
import { STORE_LOOKS } from './stores';
import { WATCHING_LOOKS } from './watching';
import { WORKLOAD_LOOKS } from './workload';

/** All that is read back. */
export const LOOKS: Looks = {
  ...NETWORK_LOOKS,
  ...BALANCER_LOOKS,
  ...IDENTITY_LOOKS,
  ...STORE_LOOKS,
  ...WORKLOAD_LOOKS,
  ...WATCHING_LOOKS,
};
