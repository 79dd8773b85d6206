import { Token } from 'aws-cdk-lib';
import { CfnPrefixList, type IPrefixList, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { refuseOpenCidrs } from '../core/cidr';
import { Peer as CorePeer } from '../core/peer';

/** What the cloud itself names a peer by. */
export type PeerHandle = ISecurityGroup | IPrefixList;

/**
 * Who may connect: a block of addresses, a security group or a prefix list. There is no "everybody": that is `ingress.internetFacing`
 * alone.
 */
export type Peer = CorePeer<PeerHandle>;

/** The factories of {@link Peer}. */
export const Peer = {
  /**
   * A block of addresses, IPv4 or IPv6: `Peer.cidr('10.20.0.0/16')`. The load balancer has IPv4 addresses alone, so that IPv6 peers get
   * nowhere until `balancer.loadBalancer` is made dual-stack.
   *
   * @throws UnsafeConfigurationError `CidrInvalid`, `CidrTooOpen`, `ValueNotConcrete`
   */
  cidr(cidr: string): Peer {
    return CorePeer.cidr(cidr);
  },

  /** The network interfaces that carry a security group, of this VPC or of a peered one. The group itself is not changed. */
  securityGroup(group: ISecurityGroup): Peer {
    return CorePeer.workload<PeerHandle>(group);
  },

  /**
   * The blocks of a managed prefix list. Its entries can change after the proof, to anything, so every report shows it as an accepted risk:
   * whoever may change the list decides who may connect.
   *
   * @throws UnsafeConfigurationError `CidrTooOpen` when it is made in this app and is as good as everybody
   */
  prefixList(list: IPrefixList): Peer {
    refuseOpenCidrs('a prefix list', knownEntries(list));
    return CorePeer.workload<PeerHandle>(list);
  },
} as const;

/** Tells the handles apart. */
export function isPrefixList(handle: PeerHandle): handle is IPrefixList {
  return 'prefixListId' in handle;
}

/** What a list from elsewhere holds is known to the cloud alone. */
function knownEntries({ node }: IPrefixList): readonly string[] {
  const { defaultChild } = node;
  if (!(defaultChild instanceof CfnPrefixList) || !Array.isArray(defaultChild.entries)) return [];
  return defaultChild.entries
    .flatMap((entry) => ('cidr' in entry ? [entry.cidr] : []))
    .filter((cidr) => !Token.isUnresolved(cidr));
}
