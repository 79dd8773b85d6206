import { type Properties, resources, the, type Template } from './template';

/** Who owns a security group. */
export type Owner = 'task' | 'balancer' | 'admin-balancer' | 'operators' | 'callers' | 'services';

/** Logical id of a group, found by what it is attached to, or by what the task may reach. */
export function groupOf(template: Template, owner: Owner): string {
  if (owner === 'balancer' || owner === 'admin-balancer') {
    const { LoadBalancerArn: balancer } = balancerListener(template, owner);
    const properties = template.Resources[referred(balancer)]?.Properties ?? {};
    return referred((properties['SecurityGroups'] as unknown[])[0]);
  }
  if (owner === 'operators' || owner === 'callers') {
    const balancer = groupOf(template, owner === 'operators' ? 'admin-balancer' : 'balancer');
    const sources = rules(template, 'SecurityGroupIngress')
      .filter(([group, rule]) => group === balancer && rule['SourceSecurityGroupId'] !== undefined)
      .map(([, rule]) => referred(rule['SourceSecurityGroupId']));
    return the([...new Set(sources)], `group of ${owner}`);
  }
  if (owner === 'services') {
    const destinations = rules(template, 'SecurityGroupEgress')
      .filter(
        ([group, rule]) => group === groupOf(template, 'task') && rule['DestinationSecurityGroupId'] !== undefined,
      )
      .map(([, rule]) => referred(rule['DestinationSecurityGroupId']));
    return the([...new Set(destinations)], 'group that the task may reach');
  }
  const [, properties] = the(resources(template, 'AWS::ECS::Service'), 'service');
  const network = properties['NetworkConfiguration'] as { AwsvpcConfiguration: { SecurityGroups: unknown[] } };
  return referred(network.AwsvpcConfiguration.SecurityGroups[0]);
}

/** The port of the proxy that operators are led to. */
const ADMIN_LISTENER = 8444;

/** The listener of the balancer that leads callers, or operators, to the proxy. */
export function balancerListener(template: Template, owner: 'balancer' | 'admin-balancer'): Properties {
  const groups = resources(template, 'AWS::ElasticLoadBalancingV2::TargetGroup')
    .filter(([, { Port: port }]) => (port === ADMIN_LISTENER) === (owner === 'admin-balancer'))
    .map(([id]) => id);
  const listeners = resources(template, 'AWS::ElasticLoadBalancingV2::Listener')
    .map(([, properties]) => properties)
    .filter(({ DefaultActions: actions }) => {
      const forwards = actions as { TargetGroupArn?: unknown }[];
      return forwards.some(({ TargetGroupArn: arn }) => arn !== undefined && groups.includes(referred(arn)));
    });
  return the(listeners, `listener of the ${owner}`);
}

/** Adds an inline rule to a group. */
export function addRule(
  template: Template,
  owner: Owner,
  kind: 'SecurityGroupIngress' | 'SecurityGroupEgress',
  rule: Properties,
): void {
  const group = template.Resources[groupOf(template, owner)]?.Properties ?? {};
  group[kind] = [...((group[kind] ?? []) as unknown[]), rule];
}

/** The rules of all groups, inside them and beside them, with the logical id of their group. */
export function rules(
  template: Template,
  kind: 'SecurityGroupIngress' | 'SecurityGroupEgress',
): [group: string, rule: Properties][] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties: properties }]) => {
    if (Type === 'AWS::EC2::SecurityGroup') {
      return ((properties[kind] ?? []) as Properties[]).map((rule): [string, Properties] => [id, rule]);
    }
    return Type === `AWS::EC2::${kind}` ? [[referred(properties['GroupId']), properties] as [string, Properties]] : [];
  });
}

/** The id in a `Ref` or `Fn::GetAtt`. */
export function referred(value: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  const id = Ref ?? attribute?.[0];
  if (id === undefined) {
    throw new Error(`no reference: ${JSON.stringify(value)}`);
  }
  return id;
}
