import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { ISecurityGroup, ISubnet, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { AlpnPolicy, NetworkLoadBalancer, Protocol, SslPolicy } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type {
  INetworkLoadBalancerTarget,
  NetworkListener,
  NetworkTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { UnsafeConfigurationError } from '../core/errors';
import { AccessLogs } from './access-logs';
import { envoyTargetGroup } from './envoy-target-group';
import { PORTS } from './ports';
import { ProxyCertificate } from './proxy-certificate';

/** Properties of {@link Balancer}. */
export interface BalancerProps {
  readonly vpc: IVpc;
  /** @default false */
  readonly internetFacing?: boolean;
  /** The subnet of the node. */
  readonly subnet: ISubnet;
  readonly securityGroup: ISecurityGroup;
  /** Of the load balancer, or of Envoy. */
  readonly certificate: ICertificate | ProxyCertificate;
  readonly encryptionKey: IKey;
  /** Where S3 writes who reads the access logs. */
  readonly auditBucket: IBucket | undefined;
  /** Envoy. */
  readonly target: INetworkLoadBalancerTarget;
}

/**
 * The network load balancer in front of Envoy: it ends the callers' TLS with a certificate that they can verify and speaks TLS to Envoy,
 * or, where the certificate is Envoy's, leaves TLS to the two. It passes bytes on and knows no request, so that there is one HTTP parser to prove.
 */
export class Balancer extends Construct {
  public readonly accessLogs: AccessLogs;
  public readonly loadBalancer: NetworkLoadBalancer;
  public readonly listener: NetworkListener;
  public readonly targetGroup: NetworkTargetGroup;

  public constructor(scope: Construct, id: string, props: BalancerProps) {
    super(scope, id);
    this.accessLogs = new AccessLogs(this, 'AccessLogs', props);
    this.loadBalancer = new NetworkLoadBalancer(this, 'LoadBalancer', {
      vpc: props.vpc,
      internetFacing: props.internetFacing ?? false,
      vpcSubnets: subnets(props),
      securityGroups: [props.securityGroup],
      crossZoneEnabled: true,
      deletionProtection: true,
    });
    this.accessLogs.of(this.loadBalancer);
    const { certificate } = props;
    const passesOn = certificate instanceof ProxyCertificate;
    const protocol = passesOn ? Protocol.TCP : Protocol.TLS;
    this.targetGroup = envoyTargetGroup(this, { ...props, port: PORTS.proxy, protocol });
    this.listener = this.loadBalancer.addListener('Listener', {
      port: PORTS.https,
      protocol,
      ...(!passesOn && {
        certificates: [certificate],
        sslPolicy: SslPolicy.TLS13_RES,
        alpnPolicy: AlpnPolicy.HTTP2_PREFERRED,
      }),
      defaultTargetGroups: [this.targetGroup],
    });
  }
}

/**
 * An internal balancer stands beside the node.
 *
 * @throws UnsafeConfigurationError `BalancerSubnetMissing`
 */
function subnets({ vpc, internetFacing, subnet }: BalancerProps): SubnetSelection {
  if (internetFacing !== true) return { subnets: [subnet] };
  if (vpc.publicSubnets.length > 0) return { subnets: vpc.publicSubnets };
  throw new UnsafeConfigurationError({
    code: 'BalancerSubnetMissing',
    given: 'ingress.internetFacing is true and the VPC has no public subnet',
    because: 'nobody on the internet could reach the load balancer',
    write: 'give the VPC public subnets, or name the callers inside it with ingress.peers',
  });
}
