import { parseCidr, refuseOpenCidrs } from './cidr';
import { deepFreeze } from './deep-freeze';
import { quote, UnsafeConfigurationError } from './errors';

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

/**
 * Validates a list of peers once more: plain JavaScript takes a block in place of the peer that is made of it.
 *
 * @param what whose peers they are
 * @throws UnsafeConfigurationError `PeerInvalid`, `CidrInvalid`, `CidrTooOpen`, `ValueNotConcrete`
 */
export function assertPeers(what: string, peers: readonly Peer<unknown>[]): void {
  if (!Array.isArray(peers)) throw invalid(`peers of ${what}: ${quote(peers)}`, 'they are no list', EXAMPLE);
  for (const peer of peers as readonly unknown[]) {
    if (!isPeer(peer)) {
      const write = typeof peer === 'string' && BLOCK.test(peer) ? `write Peer.cidr('${peer}')` : EXAMPLE;
      throw invalid(`a peer of ${what}: ${quote(peer)}`, 'no factory of Peer made it', write);
    }
  }
  refuseOpenCidrs(
    what,
    peers.flatMap((peer: Peer<unknown>) => (peer.kind === 'cidr' ? [peer.cidr] : [])),
  );
}

/** What looks like a block of addresses, so that it may be repeated. */
const BLOCK = /^[0-9A-Fa-f.:]+\/\d+$/;
const EXAMPLE = "list what these make, e.g. [Peer.cidr('10.20.0.0/16')]";

function isPeer(peer: unknown): boolean {
  const { kind, cidr, handle } = Object(peer) as Readonly<Record<string, unknown>>;
  return kind === 'cidr' ? typeof cidr === 'string' : kind === 'workload' && Object(handle) === handle;
}

function invalid(given: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code: 'PeerInvalid', given, because, write });
}
