import type { Route, RouteTable, Stated, Subnet } from '../../network';
import type { Property } from '../../property';
import { referredId } from '../../resource';
import { literal } from '../../text';
import type { Resources } from '../resources';
import { quiet } from './quiet';

/** The targets of a route by their names, and what each is. */
const TARGETS: readonly (readonly [string, Route['target']])[] = [
  ['GatewayId', 'internet'],
  ['EgressOnlyInternetGatewayId', 'out'],
  ['NatGatewayId', 'out'],
  ['VpcPeeringConnectionId', 'network'],
  ['TransitGatewayId', 'network'],
  ['LocalGatewayId', 'network'],
  ['CarrierGatewayId', 'internet'],
  ['CoreNetworkArn', 'network'],
];

/** Reads where subnets are, and which table and list each has. */
export function readSubnets(resources: Resources): readonly Subnet[] {
  const tables = associations(resources, 'AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId');
  const lists = associations(resources, 'AWS::EC2::SubnetNetworkAclAssociation', 'NetworkAclId');
  const more = resources.ofType('AWS::EC2::SubnetCidrBlock').map(quiet);
  return resources.ofType('AWS::EC2::Subnet').map((resource) => {
    const { id } = resource;
    const properties = quiet(resource);
    const blocks = [
      properties.get('CidrBlock'),
      properties.get('Ipv6CidrBlock'),
      ...more.filter((each) => referredId(each.get('SubnetId').value) === id).map((each) => each.get('Ipv6CidrBlock')),
    ];
    return {
      id,
      vpc: referredId(properties.get('VpcId').value) ?? 'unknown',
      cidrs: [
        ...blocks.filter(({ present }) => present).map(stated),
        ...['Ipv4IpamPoolId', 'Ipv6IpamPoolId'].filter((name) => properties.get(name).present).map(() => 'unknown'),
      ],
      mapsPublicAddresses: flag(properties.get('MapPublicIpOnLaunch')),
      assignsIpv6: flag(properties.get('AssignIpv6AddressOnCreation')),
      routeTable: one(tables.get(id)) ?? 'unknown',
      acl: lists.has(id) || lists.has('unknown') ? (one(lists.get(id)) ?? 'unknown') : 'default',
    };
  });
}

/** Reads the routes of each table of the file. One whose table is not known may be of any. */
export function readRouteTables(resources: Resources): readonly RouteTable[] {
  const routes = resources.ofType('AWS::EC2::Route').map((resource) => {
    const properties = quiet(resource);
    const [name, target = 'unknown'] = TARGETS.find(([each]) => properties.get(each).present) ?? [];
    const named = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock']
      .map((each) => properties.get(each))
      .find(({ present }) => present);
    const route: Route = {
      id: resource.id,
      destination: named === undefined ? 'unknown' : stated(named),
      target: name === 'GatewayId' ? gateway(properties.get(name), resources) : target,
    };
    return { table: referredId(properties.get('RouteTableId').value), route };
  });
  return resources.ofType('AWS::EC2::RouteTable').map(({ id }) => ({
    id,
    routes: routes.filter(({ table }) => table === id || table === undefined).map(({ route }) => route),
  }));
}

/** A gateway of a VPN leads to another network. */
function gateway(property: Property, resources: Resources): Route['target'] {
  return resources.referredBy(property, 'AWS::EC2::VPNGateway') === undefined ? 'internet' : 'network';
}

/** By subnet, what it is joined to; what is joined to a subnet that is not known, below `unknown`. */
function associations(
  resources: Resources,
  type: string,
  name: string,
): ReadonlyMap<string, readonly Stated<string>[]> {
  const found = new Map<string, Stated<string>[]>();
  for (const properties of resources.ofType(type).map(quiet)) {
    const subnet = referredId(properties.get('SubnetId').value) ?? 'unknown';
    const joined = referredId(properties.get(name).value) ?? 'unknown';
    found.set(subnet, [...(found.get(subnet) ?? []), joined]);
  }
  return found;
}

/** Off unless it is said. */
function flag(property: Property): Stated<boolean> {
  return property.present ? (property.boolean() ?? 'unknown') : false;
}

function one(found: readonly string[] | undefined): string | undefined {
  return found?.length === 1 ? found[0] : undefined;
}

function stated(property: Property): Stated<string> {
  const text = property.text();
  return (text === undefined ? undefined : literal(text)?.trim()) ?? 'unknown';
}
