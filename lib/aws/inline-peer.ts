import { Connections, type EgressRuleConfig, type IngressRuleConfig, type IPeer } from 'aws-cdk-lib/aws-ec2';
import { isPrefixList, type PeerHandle } from './peer';

/**
 * A security group or prefix list as the other end of a rule that stands inside the group that has it. The framework writes such rules as
 * resources of their own: a group is then open to everywhere until the first of them exists, and two peers known by token alone become
 * one rule.
 */
export class InlinePeer implements IPeer {
  public readonly canInlineRule = true;
  public readonly uniqueId: string;
  public readonly connections: Connections;

  public constructor(private readonly handle: PeerHandle) {
    this.uniqueId = handle.uniqueId;
    this.connections = isPrefixList(handle)
      ? new Connections({ peer: handle })
      : new Connections({ securityGroups: [handle] });
  }

  public toIngressRuleConfig(): IngressRuleConfig {
    return isPrefixList(this.handle)
      ? { sourcePrefixListId: this.handle.prefixListId }
      : { sourceSecurityGroupId: this.handle.securityGroupId };
  }

  public toEgressRuleConfig(): EgressRuleConfig {
    return isPrefixList(this.handle)
      ? { destinationPrefixListId: this.handle.prefixListId }
      : { destinationSecurityGroupId: this.handle.securityGroupId };
  }
}
