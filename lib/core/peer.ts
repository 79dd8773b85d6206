import { parseCidr, refuseOpenCidrs } from './cidr';
import { deepFreeze } from './deep-freeze';

/**
 * A source of traffic: a block of addresses, or a workload by the cloud's own handle for it (a security group, a service account).
 *
 * `Handle` is the cloud's type; the core stores it and never looks inside. There is no "everybody": the one place where the world may
 * stand is `internetFacing` of the ingress.
 */
export type Peer<Handle = never> =
  { readonly kind: 'cidr'; readonly cidr: string } | { readonly kind: 'workload'; readonly handle: Handle };

/** The factories of {@link Peer}. */
export const Peer = {
  /**
   * A block of addresses, IPv4 or IPv6: `Peer.cidr('10.20.0.0/16')`.
   *
   * @throws UnsafeConfigurationError `CidrInvalid`, `CidrTooOpen`, `ValueNotConcrete`
   */
  cidr(cidr: string): Peer {
    parseCidr(cidr);
    refuseOpenCidrs('a peer', [cidr]);
    return deepFreeze({ kind: 'cidr', cidr });
  },

  /** A workload, by the cloud's own handle. */
  workload<Handle>(handle: Handle): Peer<Handle> {
    return Object.freeze({ kind: 'workload', handle });
  },
} as const;
