import { isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { Peer as CorePeer } from '../core/peer';
import { assertServiceAccount } from '../restate/google-id-token';

/** What the cloud itself names a peer by. */
export type PeerHandle =
  | {
      readonly kind: 'service-account';
      /** E-mail address of the account. */
      readonly email: string;
    }
  | {
      readonly kind: 'tag';
      /** Network tag of virtual machines. */
      readonly tag: string;
    }
  | {
      readonly kind: 'iap-tunnel';
      /** Who may open a tunnel: `group:ops@example.com`. */
      readonly principals: readonly string[];
    };

/**
 * Who may connect: a block of addresses, or the virtual machines of this network that run as a service account or carry a tag. There is
 * no "everybody": that is `ingress.internetFacing` alone.
 *
 * Services of Cloud Run are none of these: Google ignores their tags and accounts as sources of a rule of a firewall. Name the block of
 * their subnet.
 */
export type Peer = CorePeer<PeerHandle>;

const TAG = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** The factories of {@link Peer}. */
export const Peer = {
  /**
   * A block of addresses: `Peer.cidr('10.20.0.0/16')`. The front has IPv4 addresses alone, so that IPv6 peers get nowhere.
   *
   * @throws UnsafeConfigurationError `CidrInvalid`, `CidrTooOpen`, `ValueNotConcrete`
   */
  cidr(cidr: string): Peer {
    return CorePeer.cidr(cidr);
  },

  /**
   * The virtual machines of this network that run as a service account, by its e-mail address. Whoever may run machines as that account
   * decides who may connect.
   *
   * @throws UnsafeConfigurationError `ServiceAccountInvalid`
   */
  serviceAccount(email: string): Peer {
    assertServiceAccount('a peer', email);
    return CorePeer.workload<PeerHandle>({ kind: 'service-account', email });
  },

  /**
   * The virtual machines of this network that carry a tag. Whoever may edit a machine may give it the tag: prefer
   * {@link Peer.serviceAccount}.
   *
   * @throws UnsafeConfigurationError `NetworkTagInvalid`
   */
  tag(tag: string): Peer {
    if (isToken(tag) || TAG.test(tag)) return CorePeer.workload<PeerHandle>({ kind: 'tag', tag });
    throw new UnsafeConfigurationError({
      code: 'NetworkTagInvalid',
      given: `a peer with network tag ${quote(tag)}`,
      because: 'no machine can carry it, so that the rule would admit nobody, or fail at deployment',
      write: 'give 1 to 63 lower-case letters, digits and hyphens, starting with a letter',
    });
  },
} as const;
