import type { BalancerTarget } from '../artifact';
import { protocolOf } from './protocol';
import { type Resource, referredId } from '../resource';
import type { Resources } from './resources';

/** What a service registers: a port of its host in a target group. */
export interface Target {
  readonly group: string;
  readonly host: string;
  readonly port: number;
  /** Whether the group itself names it, not what runs it. Absent: it does not. */
  readonly isStatic?: true;
}

/** The target groups in which a service registers its tasks. */
export function targetsOf(service: Resource, host: string): readonly Target[] {
  return service.properties
    .get('LoadBalancers')
    .items()
    .flatMap((balancer) => {
      const group = referredId(balancer.get('TargetGroupArn').value);
      const port = balancer.get('ContainerPort').integer();
      return group === undefined || port === undefined ? [] : [{ group, host, port }];
    });
}

/** The target groups in which a machine of EC2 is registered: as a target of theirs, or by the Auto Scaling group that starts it. */
export function targetsOfMachine(machine: Resource, host: string, resources: Resources): readonly Target[] {
  const named = machine.properties.get('TargetGroupARNs');
  const ofGroup = named.present ? named.items().map(({ value }) => referredId(value)) : [];
  return resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').flatMap(({ id, properties }) => {
    const port = properties.get('Port').integer();
    const own = properties
      .get('Targets')
      .items()
      .filter((target) => referredId(target.get('Id').value) === machine.id)
      .flatMap((target) => target.get('Port').integer() ?? port ?? []);
    return [
      ...own.map((each): Target => ({ group: id, host, port: each, isStatic: true })),
      ...(ofGroup.includes(id) && port !== undefined ? [{ group: id, host, port }] : []),
    ];
  });
}

/** A target with its group's protocol and health check, and ELB's defaults for what is absent. */
export function readTarget(group: Resource, { host, port }: Target): BalancerTarget {
  const { id, properties } = group;
  const protocol = protocolOf(properties.get('Protocol'));
  const isHttp = protocol === 'HTTP' || protocol === 'HTTPS';
  const checkPort = properties.get('HealthCheckPort');
  const checkProtocol = properties.get('HealthCheckProtocol').string() ?? (isHttp ? 'HTTP' : 'TCP');
  const path = properties.get('HealthCheckPath').string() ?? (checkProtocol === 'TCP' ? undefined : '/');
  const traffic = !checkPort.present || checkPort.string() === 'traffic-port';
  return {
    group: id,
    protocol,
    host,
    port,
    healthCheck: {
      protocol: checkProtocol,
      port: traffic ? port : (checkPort.integer() ?? port),
      ...(path !== undefined && { path }),
    },
  };
}
