import { container, type Properties, resources, task, type Template } from '../../mutants/template';

/** The security groups of a deployment by what they are for, found by who wears them. */
export interface Groups {
  readonly task: string;
  readonly host: string;
  readonly balancer: string;
  readonly adminBalancer: string;
  readonly services: string;
  readonly endpoints: string;
}

/** The groups of the deployment of a template. Where it has no door for operators, that of its balancer is empty. */
export function groupOf(template: Template): Groups {
  const [, service] = resources(template, 'AWS::ECS::Service')[0] ?? fail('a service');
  const network = service['NetworkConfiguration'] as { AwsvpcConfiguration: { SecurityGroups: unknown[] } };
  const taskGroup = referred(network.AwsvpcConfiguration.SecurityGroups[0]);
  const egress = template.Resources[taskGroup]?.Properties['SecurityGroupEgress'] as Properties[];
  const [, endpoint] = resources(template, 'AWS::EC2::VPCEndpoint')[0] ?? fail('an endpoint');
  const [face] = machineData(template)['NetworkInterfaces'] as { Groups: unknown[] }[];
  const balancerBefore = (port: number): string => {
    const found = resources(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').find(([id]) =>
      listenerOf(template, id).some((listener) =>
        JSON.stringify(listener['DefaultActions']).includes(targetsOf(template, port) || '?'),
      ),
    );
    return found === undefined ? '' : referred((found[1]['SecurityGroups'] as unknown[])[0]);
  };
  return {
    task: taskGroup,
    host: referred(face?.Groups[0]),
    balancer: balancerBefore(8443),
    adminBalancer: balancerBefore(8444),
    services: referred(egress[0]?.['DestinationSecurityGroupId']),
    endpoints: referred((endpoint['SecurityGroupIds'] as unknown[])[0]),
  };
}

/** The balancer that wears a group. */
export function balancerOf(template: Template, group: string): string {
  const found = resources(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer').find(([, { SecurityGroups }]) =>
    JSON.stringify(SecurityGroups).includes(group),
  );
  return found?.[0] ?? fail(`a balancer with ${group}`);
}

/** The properties of a resource. */
export function addressed(template: Template, id: string): Properties {
  return template.Resources[id]?.Properties ?? fail(id);
}

/** The listeners of a balancer. */
export function listenerOf(template: Template, balancer: string): readonly Properties[] {
  return resources(template, 'AWS::ElasticLoadBalancingV2::Listener')
    .map(([, properties]) => properties)
    .filter(({ LoadBalancerArn }) => referred(LoadBalancerArn) === balancer);
}

/** The target group of a port; empty where there is none. */
export function targetsOf(template: Template, port: number): string {
  return (
    resources(template, 'AWS::ElasticLoadBalancingV2::TargetGroup').find(([, { Port }]) => Port === port)?.[0] ?? ''
  );
}

/** What the machine's launch template says. */
export function machineData(template: Template): Properties {
  const [, properties] = resources(template, 'AWS::EC2::LaunchTemplate')[0] ?? fail('a launch template');
  return properties['LaunchTemplateData'] as Properties;
}

/** Edits the proxy's bootstrap, in place or by what is returned. */
export function bootstrapOf(template: Template, edit: (bootstrap: Properties) => Properties | void): void {
  const { Command } = container(template, 'envoy');
  const at = Command.indexOf('--config-yaml') + 1;
  const bootstrap = JSON.parse(Command[at] as string) as Properties;
  Command[at] = JSON.stringify(edit(bootstrap) ?? bootstrap);
  task(template);
}

function referred(value: unknown): string {
  const { Ref: ref, 'Fn::GetAtt': attribute } = (value ?? {}) as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  return ref ?? attribute?.[0] ?? fail('a reference');
}

function fail(what: string): never {
  throw new Error(`the example has not ${what}`);
}
