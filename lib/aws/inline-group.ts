import { Connections, type IPeer, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';

/**
 * A security group as the other end of a rule that stands inside the group that has it. The framework writes such rules as resources of
 * their own: a group is then open to everywhere until the first of them exists, and two groups known by token alone become one rule.
 */
export class InlineGroup implements IPeer {
  public readonly canInlineRule = true;
  public readonly uniqueId: string;
  public readonly connections: Connections;

  public constructor(private readonly group: ISecurityGroup) {
    this.uniqueId = group.uniqueId;
    this.connections = new Connections({ securityGroups: [group] });
  }

  public toIngressRuleConfig(): { readonly sourceSecurityGroupId: string } {
    return { sourceSecurityGroupId: this.group.securityGroupId };
  }

  public toEgressRuleConfig(): { readonly destinationSecurityGroupId: string } {
    return { destinationSecurityGroupId: this.group.securityGroupId };
  }
}
