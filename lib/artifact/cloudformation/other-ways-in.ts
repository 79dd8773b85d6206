import type { Balancer } from '../artifact';
import { mentions } from '../mention';
import type { Resources } from './resources';
import { referredId } from '../resource';
import { isList } from '../value';

const ELB = 'AWS::ElasticLoadBalancingV2';

/** Reports what may lead callers to a task, or past its balancer, and is not modelled: the run attacks by none of it. */
export function reportOtherWaysIn(resources: Resources, balancers: readonly Balancer[]): void {
  endpointServices(resources, balancers);
  staticTargets(resources);
  foreignBalancers(resources, balancers);
  for (const { id } of resources.ofType('AWS::ElasticLoadBalancing::LoadBalancer')) {
    resources.report(id, 'is a classic load balancer, which is not modelled', 'ways-in');
  }
}

/** Whoever is allowed to use an endpoint service comes from another network, by an address that no rule of this one names. */
function endpointServices(resources: Resources, balancers: readonly Balancer[]): void {
  const leading = balancers.filter(({ listeners }) => listeners.some(({ targets }) => targets.length > 0));
  for (const { id, properties } of resources.ofType('AWS::EC2::VPCEndpointService')) {
    const named = leading.filter((balancer) =>
      mentions(properties.get('NetworkLoadBalancerArns').value, [balancer.id]),
    );
    if (named.length > 0) {
      const ids = named.map((balancer) => balancer.id).join(', ');
      resources.report(
        id,
        `is an endpoint service, by which other networks may reach ${ids}; it is not modelled`,
        'ways-in',
      );
    }
  }
}

/** An address that no service registers may be that of a task, or of another balancer before it. A function's is neither. */
function staticTargets(resources: Resources): void {
  for (const { id, properties } of resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup')) {
    const { present, value } = properties.get('Targets');
    const isEmpty = isList(value) && value.length === 0;
    if (present && !isEmpty && properties.get('TargetType').string() !== 'lambda') {
      resources.report(id, 'has Targets of its own, beside what services register; they are not modelled', 'ways-in');
    }
  }
}

/** A listener of a balancer that another file makes leads callers in whom nothing here names. */
function foreignBalancers(resources: Resources, balancers: readonly Balancer[]): void {
  const registered = resources
    .ofType('AWS::ECS::Service')
    .flatMap(({ properties }) => properties.get('LoadBalancers').items())
    .flatMap((balancer) => referredId(balancer.get('TargetGroupArn').value) ?? []);
  const listeners = resources.ofType(`${ELB}::Listener`);
  const own = new Set([...balancers, ...listeners].map(({ id }) => id));
  const ways = [
    ...listeners.map(({ id, properties }) => ({
      id,
      at: properties.get('LoadBalancerArn'),
      to: properties.get('DefaultActions'),
    })),
    ...resources
      .ofType(`${ELB}::ListenerRule`)
      .map(({ id, properties }) => ({ id, at: properties.get('ListenerArn'), to: properties.get('Actions') })),
  ];
  for (const { id, at, to } of ways) {
    if (!own.has(referredId(at.value) ?? '') && mentions(to.value, registered)) {
      resources.report(id, 'is of a balancer outside this file, so that who comes by it is not known', 'ways-in');
    }
  }
}
