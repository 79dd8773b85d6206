import type { Balancer, BalancerListener, BalancerTarget } from '../artifact';
import { groupId } from './group-id';
import type { Property } from '../property';
import { protocolOf } from './protocol';
import { type Resource, referredId } from '../resource';
import type { Resources } from './resources';
import { readTarget, type Target } from './target-group';

/** Actions that refuse who shows nothing. */
const ASKING = ['authenticate-oidc', 'authenticate-cognito', 'jwt-validation'];
const TYPE = 'AWS::ElasticLoadBalancingV2';

/** Reads the load balancers, each with its listeners and where these forward. */
export function readBalancers(resources: Resources, targets: readonly Target[]): readonly Balancer[] {
  return resources.ofType(`${TYPE}::LoadBalancer`).map((balancer) => {
    const { id, properties } = balancer;
    const type = properties.get('Type').string() ?? 'application';
    const groups = properties.get('SecurityGroups');
    const ids = groups.items().flatMap((group) => groupId(group) ?? []);
    return {
      id,
      type: type === 'network' || type === 'application' ? type : 'unknown',
      scheme: properties.get('Scheme').string() === 'internal' ? 'internal' : 'internet-facing',
      ...(groups.present && { groups: ids }),
      listeners: listenersOf(balancer, resources, targets),
    };
  });
}

function listenersOf(balancer: Resource, resources: Resources, targets: readonly Target[]): BalancerListener[] {
  return resources
    .ofType(`${TYPE}::Listener`)
    .filter(({ properties }) => referredId(properties.get('LoadBalancerArn').value) === balancer.id)
    .map(({ id, properties }) => {
      const sslPolicy = properties.get('SslPolicy').string();
      const [alpnPolicy] = properties.get('AlpnPolicy').strings();
      const rules = resources
        .ofType(`${TYPE}::ListenerRule`)
        .filter((rule) => referredId(rule.properties.get('ListenerArn').value) === id)
        .map((rule) => rule.properties.get('Actions'));
      const actions = [properties.get('DefaultActions'), ...rules].flatMap((list) => list.items());
      return {
        id,
        port: properties.get('Port').integer() ?? 0,
        protocol: protocolOf(properties.get('Protocol')),
        ...(sslPolicy !== undefined && { sslPolicy }),
        ...(alpnPolicy !== undefined && { alpnPolicy }),
        ...(asks([properties.get('DefaultActions'), ...rules]) && { asks: true as const }),
        targets: actions.flatMap((action) => forwards(action, resources, targets)),
      };
    });
}

/** Whether nobody is led on by any of these lists of actions who was not asked before. */
function asks(lists: readonly Property[]): boolean {
  const leading = lists.map((list) => list.items()).filter((actions) => actions.some(leads));
  return leading.length > 0 && leading.every((actions) => actions.some(refuses));
}

function leads(action: Property): boolean {
  const type = action.get('Type').string();
  return type === undefined || type === 'forward';
}

function refuses(action: Property): boolean {
  const type = action.get('Type').string() ?? '';
  const settings = action.get(type === 'authenticate-oidc' ? 'AuthenticateOidcConfig' : 'AuthenticateCognitoConfig');
  return ASKING.includes(type) && settings.get('OnUnauthenticatedRequest').string() !== 'allow';
}

function forwards(action: Property, resources: Resources, targets: readonly Target[]): BalancerTarget[] {
  const weighted = action.get('ForwardConfig').get('TargetGroups').items();
  const arns = [action.get('TargetGroupArn'), ...weighted.map((group) => group.get('TargetGroupArn'))].filter(
    ({ present }) => present,
  );
  const groups = new Map(
    arns.flatMap((arn) => {
      const group = resources.referredBy(arn, `${TYPE}::TargetGroup`);
      if (group === undefined) {
        arn.unreadable('is a target group outside this file');
      }
      return group === undefined ? [] : [[group.id, group] as const];
    }),
  );
  return [...groups.values()].flatMap((group) =>
    targets.filter((target) => target.group === group.id).map((target) => readTarget(group, target)),
  );
}
