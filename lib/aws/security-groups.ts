import { CfnSecurityGroupIngress, Peer as Ec2Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { CfnSecurityGroup, IPeer, IPrefixList, ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { ListenerName } from '../core/listener';
import { publicAddresses } from '../core/public-addresses';
import { fetchesKeys, type SecurityModel } from '../core/security-model';
import { acceptRisk } from './accepted-risk';
import { InlineGroup } from './inline-group';
import { isPrefixList, type PeerHandle } from './peer';
import { PORTS } from './ports';

/** Properties of {@link SecurityGroups}. */
export interface SecurityGroupsProps {
  readonly vpc: IVpc;
  /** What may happen. Nothing else is rendered. */
  readonly model: SecurityModel<PeerHandle>;
  /** The group of the VPC's endpoints. @default - a new group */
  readonly endpoints: ISecurityGroup | undefined;
}

/**
 * The security groups of a deployment, one an audience. This file turns the model into rules, and no other file of the library makes
 * one: each flow below is the way out of one group and the way in of the next, and what is no flow is denied.
 *
 * The groups are the framework's own, whose `connections` admit anybody who is asked for; `ingressDoor` and `adminDoor` of the server
 * are the ones that refuse.
 */
export class SecurityGroups extends Construct {
  /** The load balancer: callers come in, Envoy and its health are reached. */
  public readonly balancer: SecurityGroup;
  /** The load balancer of the admin door: operators come in. Absent where nobody is admitted. */
  public readonly adminBalancer?: SecurityGroup;
  /** The network interface of the task: the load balancer comes in, services are reached. */
  public readonly task: SecurityGroup;
  /** The machine below: nobody comes in, VPC endpoints are reached. */
  public readonly host: SecurityGroup;
  /** Services behind Restate wear this group to be reached on 9080. It gives no way out. */
  public readonly services: SecurityGroup;
  /** The network interfaces of the VPC endpoints. */
  public readonly endpoints: ISecurityGroup;

  public constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const group = (name: string, description: string): SecurityGroup =>
      new SecurityGroup(this, name, { vpc: props.vpc, description, allowAllOutbound: false });
    this.balancer = group('Balancer', 'Load balancer in front of Restate');
    this.task = group('Task', 'Envoy and Restate');
    this.host = group('Host', 'Machine that runs the Restate task');
    this.services = group('Services', 'Services behind Restate');
    this.endpoints = props.endpoints ?? group('Endpoints', 'VPC endpoints of the Restate machine');

    this.admit('ingress', this.balancer, props.model, 'Callers of the ingress');
    this.flow('BalancerToProxy', this.balancer, this.task, PORTS.proxy, 'Load balancer to Envoy, TLS');
    this.flow('BalancerToHealth', this.balancer, this.task, PORTS.health, 'Load balancer to the health of Envoy');
    this.flow('TaskToServices', this.task, this.services, PORTS.services, 'Restate to services');
    this.flow('HostToEndpoints', this.host, this.endpoints, PORTS.https, 'Machine to VPC endpoints');
    this.reachIssuer(props.model);
    if (props.model.admin.kind === 'peers') {
      this.adminBalancer = group('AdminBalancer', 'Load balancer of the admin door of Restate');
      this.admit('admin', this.adminBalancer, props.model, 'Operators');
      this.flow(
        'AdminBalancerToProxy',
        this.adminBalancer,
        this.task,
        PORTS.admin,
        'Admin load balancer to Envoy, TLS',
      );
      this.flow('AdminBalancerToHealth', this.adminBalancer, this.task, PORTS.health, 'Admin load balancer to health');
    }
  }

  /** Whom the model admits to a listener comes in at the balancer in front of it, and at no other. */
  private admit(to: ListenerName, at: SecurityGroup, { rules }: SecurityModel<PeerHandle>, description: string): void {
    const add = (peer: IPeer): void => at.addIngressRule(peer, Port.tcp(PORTS.https), description);
    for (const { from } of rules.filter((rule) => rule.to === to)) {
      // `internet` stands at the ingress of an internet-facing deployment and nowhere else.
      if (from === 'internet') publicPeers().forEach(add);
      else if (from.kind === 'cidr') add(from.cidr.includes(':') ? Ec2Peer.ipv6(from.cidr) : Ec2Peer.ipv4(from.cidr));
      else if (isPrefixList(from.handle)) this.admitList(to, at, from.handle, description);
      else add(new InlineGroup(from.handle));
    }
  }

  /** A resource of its own: inside the group the framework holds the rules of two lists to be the same, and writes one. */
  private admitList(to: ListenerName, at: SecurityGroup, list: IPrefixList, description: string): void {
    const id = `${at.node.id}From${list.node.addr}`;
    if (this.node.tryFindChild(id) !== undefined) return;
    new CfnSecurityGroupIngress(this, id, {
      groupId: at.securityGroupId,
      sourcePrefixListId: list.prefixListId,
      ipProtocol: 'tcp',
      fromPort: PORTS.https,
      toPort: PORTS.https,
      description,
    });
    acceptRisk(at.node.defaultChild as CfnSecurityGroup, {
      claim: to === 'admin' ? 'admin-closed' : 'ingress-authenticated',
      reason:
        `whoever may change the prefix list ${list.node.path} decides who may connect, at any time after the proof; ` +
        'whom it names must still show a credential',
    });
  }

  /** Keys that are fetched need public 443. Private and link-local ranges are left out, so that no neighbour is reached with it. */
  private reachIssuer(model: SecurityModel<PeerHandle>): void {
    if (!fetchesKeys(model)) return;
    for (const cidr of publicAddresses()) {
      this.task.addEgressRule(Ec2Peer.ipv4(cidr), Port.tcp(PORTS.https), 'Keys of the token issuer');
    }
    acceptRisk(this.task.node.defaultChild as CfnSecurityGroup, {
      claim: 'egress-closed',
      reason:
        'the keys of jwksUri are fetched from an issuer whose addresses change: the task reaches port 443 of every public address, ' +
        'and none of a private one; IngressAuth.jwt({ jwks }) closes it',
    });
  }

  /** The way in is a resource of its own: it always takes effect, also on a group that the framework holds to be unchangeable. */
  private flow(id: string, from: SecurityGroup, to: ISecurityGroup, port: number, description: string): void {
    from.addEgressRule(new InlineGroup(to), Port.tcp(port), description);
    new CfnSecurityGroupIngress(this, id, {
      groupId: to.securityGroupId,
      sourceSecurityGroupId: from.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description,
    });
  }
}

/** Whoever comes from the internet has one of its addresses: no neighbour in the VPC or behind a peering does. IANA gives IPv6 of one block. */
function publicPeers(): readonly IPeer[] {
  return [...publicAddresses().map((cidr) => Ec2Peer.ipv4(cidr)), Ec2Peer.ipv6('2000::/3')];
}
