import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { AlpnPolicy, NetworkLoadBalancer, Protocol, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type {
  INetworkLoadBalancerTarget,
  NetworkListener,
  NetworkTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { AccessLogs } from './access-logs';
import { envoyTargetGroup } from './envoy-target-group';
import { PORTS } from './ports';

/** Properties of {@link AdminBalancer}. */
export interface AdminBalancerProps {
  readonly vpc: IVpc;
  /** The subnet of the node. */
  readonly subnet: ISubnet;
  readonly securityGroup: ISecurityGroup;
  readonly certificate: ICertificate;
  /** Where the balancer of the ingress writes who connected. */
  readonly accessLogs: AccessLogs;
  /** Envoy's admin listener. */
  readonly target: INetworkLoadBalancerTarget;
}

/**
 * The network load balancer of the operators' door, apart from that of the callers: another group, another certificate, other names, and
 * always inside the network. It ends the operators' TLS and speaks TLS to Envoy, which asks for their credential.
 */
export class AdminBalancer extends Construct {
  public readonly loadBalancer: NetworkLoadBalancer;
  public readonly listener: NetworkListener;
  public readonly targetGroup: NetworkTargetGroup;

  public constructor(scope: Construct, id: string, props: AdminBalancerProps) {
    super(scope, id);
    this.loadBalancer = new NetworkLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      internetFacing: false,
      vpcSubnets: { subnets: [props.subnet] },
      securityGroups: [props.securityGroup],
      crossZoneEnabled: true,
      deletionProtection: true,
    });
    props.accessLogs.of(this.loadBalancer);
    this.targetGroup = envoyTargetGroup(this, { ...props, port: PORTS.admin, protocol: Protocol.TLS });
    this.listener = this.loadBalancer.addListener('Listener', {
      port: PORTS.https,
      protocol: Protocol.TLS,
      certificates: [props.certificate],
      sslPolicy: SslPolicy.TLS13_RES,
      alpnPolicy: AlpnPolicy.HTTP2_PREFERRED,
      defaultTargetGroups: [this.targetGroup],
    });
  }
}
