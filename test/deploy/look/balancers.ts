import type { DeployedStack } from '../deployed-stack';
import type { Looks } from './look';

// oxlint-disable-next-line typescript/no-explicit-any
type Any = any;

/** The doors. */
export const BALANCER_LOOKS: Looks = {
  'kind, scheme, subnets and protection of each balancer': (stack) =>
    each(stack, 'LoadBalancer', async (arn) => {
      const { LoadBalancers } = await stack.call('elbv2', 'describe_load_balancers', { LoadBalancerArns: [arn] });
      const { Attributes } = await stack.call('elbv2', 'describe_load_balancer_attributes', { LoadBalancerArn: arn });
      const { Type, Scheme, AvailabilityZones } = LoadBalancers[0];
      const subnets = (AvailabilityZones as Any[]).map(({ SubnetId }) => SubnetId);
      return [
        `${Type} ${Scheme} in ${subnets.join(', ')}`,
        ...given(Attributes, /^(?:deletion|access_logs.*(?:enabled|bucket)|load_b)/),
      ];
    }),

  'port, protocol, TLS policy and certificate of each listener, and where it leads': (stack) =>
    each(stack, 'Listener', async (arn) => {
      const { Listeners } = await stack.call('elbv2', 'describe_listeners', { ListenerArns: [arn] });
      const { LoadBalancerArn, Port, Protocol, Certificates, SslPolicy, AlpnPolicy, DefaultActions } = Listeners[0];
      // Where no TLS ends the emulator makes a policy up.
      const tls = Certificates === undefined ? [] : [SslPolicy, Certificates[0].CertificateArn, ...AlpnPolicy];
      const actions = (DefaultActions as Any[]).map(({ Type, TargetGroupArn }) => `${Type} to ${TargetGroupArn}`);
      return [`${LoadBalancerArn} ${Port} ${Protocol}`, ...tls, ...actions];
    }),

  'port, protocol and health check of what each listener leads to': (stack) =>
    each(stack, 'TargetGroup', async (arn) => {
      const { TargetGroups } = await stack.call('elbv2', 'describe_target_groups', { TargetGroupArns: [arn] });
      const { Attributes } = await stack.call('elbv2', 'describe_target_group_attributes', { TargetGroupArn: arn });
      const group = TargetGroups[0];
      return [
        `${group.TargetType} ${group.Protocol} ${group.Port}`,
        `health ${group.HealthCheckProtocol} ${group.HealthCheckPort} ${group.HealthCheckPath} ${group.Matcher.HttpCode}`,
        ...given(Attributes, /^(?:preserve|deregistration)/),
      ];
    }),
};

/** Of each resource of a type, by its name. */
async function each(
  stack: DeployedStack,
  type: string,
  look: (id: string) => Promise<readonly string[]>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found = stack.of(`AWS::ElasticLoadBalancingV2::${type}`);
  const seen = await Promise.all(found.map(async ([name, id]) => [name, await look(id)] as const));
  return stack.named(Object.fromEntries(seen));
}

function given(attributes: readonly { readonly Key: string; readonly Value: string }[], names: RegExp): string[] {
  return attributes
    .filter(({ Key }) => names.test(Key))
    .map(({ Key, Value }) => `${Key}=${Value}`)
    .toSorted();
}
