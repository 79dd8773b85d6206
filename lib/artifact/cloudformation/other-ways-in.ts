import type { Balancer } from '../artifact';
import { mentions } from '../mention';
import type { Resources } from './resources';
import { referredId } from '../resource';
import type { Target } from './target-group';
import { isList } from '../value';

const ELB = 'AWS::ElasticLoadBalancingV2';

/** Reports what may lead callers to a task, or past its balancer, and is not modelled: the run attacks by none of it. */
export function reportOtherWaysIn(
  resources: Resources,
  balancers: readonly Balancer[],
  targets: readonly Target[],
): void {
  endpointServices(resources, balancers);
  staticTargets(resources, targets);
  foreignBalancers(resources, balancers);
  accelerators(resources, balancers);
  foreignTargets(resources);
  privateLinks(resources);
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

/** What stands before a balancer in the cloud's own network has addresses of the internet. */
function accelerators(resources: Resources, balancers: readonly Balancer[]): void {
  const ids = balancers.map(({ id }) => id);
  for (const { id, properties } of resources.ofType('AWS::GlobalAccelerator::EndpointGroup')) {
    if (mentions(properties.get('EndpointConfigurations').value, ids)) {
      resources.report(
        id,
        'is of an accelerator, by which the internet may reach its endpoints; it is not modelled',
        'ways-in',
      );
    }
  }
}

/** Whatever forwards to a target group that another file makes. */
function foreignTargets(resources: Resources): void {
  for (const { id, properties } of resources.ofType('AWS::ECS::Service')) {
    const foreign = properties
      .get('LoadBalancers')
      .items()
      .map((balancer) => balancer.get('TargetGroupArn'))
      .filter(({ present, value }) => present && referredId(value) === undefined);
    if (foreign.length > 0) {
      resources.report(
        id,
        'registers its tasks in a target group outside this file, and who comes by it is not known',
        'ways-in',
      );
    }
  }
}

/** By an endpoint service others come without being asked by the groups. */
function privateLinks(resources: Resources): void {
  for (const { id, properties } of resources.ofType(`${ELB}::LoadBalancer`)) {
    const asked = properties.get('EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic');
    if (asked.present && asked.string() !== 'on') {
      resources.report(id, 'does not ask its groups about those who come by private links', 'ways-in');
    }
  }
}

/**
 * An address that no service registers may be that of a task, or of another balancer before it. A function's is neither, and a machine that
 * runs a server by itself is known.
 */
function staticTargets(resources: Resources, targets: readonly Target[]): void {
  for (const { id, properties } of resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup')) {
    const { present, value } = properties.get('Targets');
    const count = isList(value) ? value.length : undefined;
    const known = targets.filter(({ group, isStatic }) => group === id && isStatic === true).length;
    if (present && count !== known && properties.get('TargetType').string() !== 'lambda') {
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
