import { Names, Resource } from 'aws-cdk-lib';
import {
  Connections,
  type EgressRuleConfig,
  type IngressRuleConfig,
  type IPeer,
  type ISecurityGroup,
  Port,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';
import type { AccessRule, SecurityModel } from '../core/security-model';
import { isPrefixList, type PeerHandle } from './peer';
import { PORTS } from './ports';

/** Properties of {@link Door}. */
export interface DoorProps {
  readonly name: 'ingress' | 'admin';
  readonly model: SecurityModel<PeerHandle>;
  /** The group of the load balancer. */
  readonly group: ISecurityGroup;
}

/**
 * A way in, in the framework's words: `shop.connections.allowToDefaultPort(restate.ingressDoor)` gives the shop its way out to the load
 * balancer. It stands for the balancer's security group and changes nothing there: whom the model names is admitted already, and anybody
 * else is refused at synthesis, where the group itself would let them in behind the model.
 *
 * There is one door an audience, and none of the server as a whole: who calls does not operate.
 *
 * @throws UnsafeConfigurationError `RuleBehindModel` from each rule that would admit somebody else, open another port or lead out
 */
export class Door extends Resource implements ISecurityGroup {
  public readonly allowAllOutbound = false;
  public readonly canInlineRule = false;
  public readonly connections: Connections;
  public readonly securityGroupId: string;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: DoorProps,
  ) {
    super(scope, id);
    this.securityGroupId = props.group.securityGroupId;
    this.connections = new Connections({ securityGroups: [this], defaultPort: Port.tcp(PORTS.https) });
  }

  public get securityGroupRef(): ISecurityGroup['securityGroupRef'] {
    return { securityGroupId: this.securityGroupId };
  }

  public get uniqueId(): string {
    return Names.nodeUniqueId(this.node);
  }

  public toIngressRuleConfig(): IngressRuleConfig {
    return { sourceSecurityGroupId: this.securityGroupId };
  }

  public toEgressRuleConfig(): EgressRuleConfig {
    return { destinationSecurityGroupId: this.securityGroupId };
  }

  /** Makes no rule: there is one already, or there must be none. */
  public addIngressRule(peer: IPeer, port: Port): void {
    const { name, model } = this.props;
    const admitted = model.rules.filter(({ to }) => to === name).map(({ from }) => endOf(from));
    const asked = Object.values(peer.toIngressRuleConfig());
    const isNamed = admitted.includes('internet') || asked.some((end) => admitted.includes(end));
    if (isNamed && isHttps(port)) return;
    throw this.behindModel(
      `port ${port.toString()} of the ${name} asked for by ${quote(peer.uniqueId)}`,
      `name it among the peers of ${name}, and connect to port ${PORTS.https}`,
    );
  }

  /** A load balancer has its way to Envoy and no other. */
  public addEgressRule(peer: IPeer): void {
    throw this.behindModel(
      `a way from the ${this.props.name} to ${quote(peer.uniqueId)}`,
      'connect to services with their own group, restate.services',
    );
  }

  private behindModel(given: string, write: string): UnsafeConfigurationError {
    const because = 'the rule would stand behind the model, which no report then tells the truth about';
    return new UnsafeConfigurationError({ code: 'RuleBehindModel', given, because, write });
  }
}

/** What a rule calls the other end. */
function endOf(from: AccessRule<PeerHandle>['from']): string {
  if (from === 'internet') return from;
  if (from.kind === 'cidr') return from.cidr;
  return isPrefixList(from.handle) ? from.handle.prefixListId : from.handle.securityGroupId;
}

function isHttps(port: Port): boolean {
  return JSON.stringify(port.toRuleJson()) === JSON.stringify(Port.tcp(PORTS.https).toRuleJson());
}
