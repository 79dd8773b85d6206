import type { Host } from '../artifact';
import type { Property } from '../property';
import { type Resource, referredId } from '../resource';
import type { Resources } from './resources';
import { isList } from '../value';

type InternetRoute = Host['internetRoute'];

/** What a route's target is called, from the worst. */
const TARGETS: readonly (readonly [string, InternetRoute])[] = [
  ['GatewayId', 'gateway'],
  ['EgressOnlyInternetGatewayId', 'nat'],
  ['NatGatewayId', 'nat'],
];

/** Of several subnets, or several routes, the one that lets most through counts. */
const WORST_FIRST: readonly InternetRoute[] = ['gateway', 'unknown', 'nat', 'none'];

/** How these subnets reach the internet. `none` only where every subnet and every route of its table stands in the file. */
export function internetRoute(subnets: Property, resources: Resources): InternetRoute {
  const listed = isList(subnets.value) ? subnets.items() : subnets.present ? [subnets] : [];
  const routes = listed.map((subnet) => routeOfSubnet(subnet, resources));
  return worst(routes.length === 0 ? ['unknown'] : routes);
}

/** Whether a subnet gives addresses of the internet to what starts in it. */
export function mapsPublicAddresses(subnets: Property, resources: Resources): boolean {
  return subnets
    .items()
    .some(
      (subnet) =>
        resources.referredBy(subnet, 'AWS::EC2::Subnet')?.properties.get('MapPublicIpOnLaunch').boolean() === true,
    );
}

function routeOfSubnet(property: Property, resources: Resources): InternetRoute {
  const subnet = resources.referredBy(property, 'AWS::EC2::Subnet');
  const tables = resources
    .ofType('AWS::EC2::SubnetRouteTableAssociation')
    .filter(({ properties }) => subnet !== undefined && referredId(properties.get('SubnetId').value) === subnet.id)
    .map(({ properties }) => resources.referredBy(properties.get('RouteTableId'), 'AWS::EC2::RouteTable'));
  const [table] = tables;
  if (subnet === undefined || tables.length !== 1 || table === undefined) {
    return 'unknown';
  }
  const routes = resources
    .ofType('AWS::EC2::Route')
    .filter(({ properties }) => referredId(properties.get('RouteTableId').value) === table.id);
  return worst(['none', ...routes.map(targetOf)]);
}

function targetOf(route: Resource): InternetRoute {
  return TARGETS.find(([name]) => route.properties.get(name).present)?.[1] ?? 'unknown';
}

function worst(routes: readonly InternetRoute[]): InternetRoute {
  return WORST_FIRST.find((route) => routes.includes(route)) ?? 'unknown';
}
