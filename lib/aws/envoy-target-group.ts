import { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { NetworkTargetGroup, Protocol, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { CfnTargetGroup, INetworkLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { HEALTH_PATH } from '../proxy/health-listener';
import { acceptRisk } from './accepted-risk';
import { PORTS } from './ports';

/** Properties of {@link envoyTargetGroup}. */
export interface EnvoyTargetGroupProps {
  readonly vpc: IVpc;
  /** The port of Envoy's listener. */
  readonly port: number;
  /** TLS: the balancer ends the callers' TLS and speaks TLS of its own to Envoy. TCP: it passes theirs on. */
  readonly protocol: Protocol.TLS | Protocol.TCP;
  /** Envoy. */
  readonly target: INetworkLoadBalancerTarget;
}

/** Forwards to one listener of Envoy while its health listener, which names nothing, answers. */
export function envoyTargetGroup(
  scope: Construct,
  { vpc, port, protocol, target }: EnvoyTargetGroupProps,
): NetworkTargetGroup {
  const group = new NetworkTargetGroup(scope, 'Targets', {
    vpc,
    port,
    protocol,
    targetType: TargetType.IP,
    targets: [target],
    preserveClientIp: true,
    deregistrationDelay: Duration.seconds(30),
    connectionTermination: true,
    healthCheck: {
      protocol: Protocol.HTTP,
      port: String(PORTS.health),
      path: HEALTH_PATH,
      healthyHttpCodes: '200',
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 2,
    },
  });
  if (protocol === Protocol.TLS) {
    acceptRisk(group.node.defaultChild as CfnTargetGroup, {
      claim: 'tls-outside',
      reason:
        'a network load balancer verifies no certificate of its targets: the hop to Envoy is encrypted and not authenticated; ' +
        'it stays inside the VPC, where no address but the task itself can take the place of a target',
    });
  }
  return group;
}
