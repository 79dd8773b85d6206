import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Peer as CorePeer } from '../core/peer';

/**
 * Who may connect: a block of addresses or a security group. There is no "everybody": that is `ingress.internetFacing` alone. Prefix
 * lists are no peers, because their entries can change after the proof to anything.
 */
export type Peer = CorePeer<ISecurityGroup>;

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
    return CorePeer.workload(group);
  },
} as const;
