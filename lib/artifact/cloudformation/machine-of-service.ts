import type { Machine } from '../artifact';
import { literal, references } from '../text';
import { readMachines, readScalingGroup } from './machine';
import type { Property } from '../property';
import { type Resource, referredId } from '../resource';
import type { Resources } from './resources';
import { toLiteral } from '../value';

/**
 * The machine that runs a service's tasks: what its capacity providers start, else the one whose user data joins the service's cluster,
 * else the only one in the file. Several, or none, are reported.
 */
export function machineOf(service: Resource, resources: Resources): Machine | undefined {
  const provided = byCapacityProvider(service.properties.get('CapacityProviderStrategy'), resources);
  const all = provided ?? readMachines(resources);
  const joining = all.filter((machine) => joins(machine, service.properties.get('Cluster')));
  const [machine, ...others] = joining.length > 0 ? joining : all;
  if (machine === undefined) {
    resources.report(service.id, 'runs on machines that are not in this file');
  } else if (others.length > 0) {
    const ids = [machine, ...others].map(({ id }) => id).join(', ');
    resources.report(machine.id, `is taken for the machine of ${service.id}, which could run on any of ${ids}`);
  }
  return machine;
}

/** Whether tasks run on machines that nobody but AWS sees. */
export function isFargate(service: Resource): boolean {
  const providers = service.properties.get('CapacityProviderStrategy').items();
  return (
    service.properties.get('LaunchType').string() === 'FARGATE' ||
    providers.some((item) => toLiteral(item.get('CapacityProvider').value)?.startsWith('FARGATE') === true)
  );
}

function byCapacityProvider(strategy: Property, resources: Resources): readonly Machine[] | undefined {
  const groups = strategy.items().flatMap((item) => {
    const provider = resources.referredBy(item.get('CapacityProvider'), 'AWS::ECS::CapacityProvider');
    const arn = provider?.properties.get('AutoScalingGroupProvider').get('AutoScalingGroupArn');
    return (arn === undefined ? undefined : resources.referredBy(arn, 'AWS::AutoScaling::AutoScalingGroup')) ?? [];
  });
  return groups.length === 0 ? undefined : groups.flatMap((group) => readScalingGroup(group, resources));
}

/** ECS's agent joins the cluster that its configuration names; without one, `default`. */
function joins(machine: Machine, cluster: Property): boolean {
  const id = referredId(cluster.value);
  if (id !== undefined) {
    return references(machine.userData).some(({ logicalId }) => logicalId === id);
  }
  const name = cluster.present ? literal(cluster.text() ?? []) : 'default';
  const named = /\bECS_CLUSTER=["']?([\w-]+)/.exec(literal(machine.userData) ?? '')?.[1];
  return name !== undefined && name === named;
}
