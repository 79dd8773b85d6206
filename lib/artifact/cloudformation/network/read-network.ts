import type { Artifact, Host } from '../../artifact';
import type { CloudNetwork, PublicAddress, TargetGroup } from '../../network';
import type { Property } from '../../property';
import type { Resources } from '../resources';
import { readAcls } from './acls';
import { readInterfaces } from './interfaces';
import { mentioned } from './mentioned';
import { quiet } from './quiet';
import { readRouteTables, readSubnets } from './subnets';

/** What was read before, and which service runs which host. */
interface Found {
  readonly hosts: readonly { readonly host: Host; readonly service?: string }[];
  readonly balancers: Artifact['balancers'];
}

/** What takes an address of the internet for something of the file. */
const ADDRESSES = ['AWS::EC2::EIP', 'AWS::EC2::EIPAssociation', 'AWS::GlobalAccelerator::EndpointGroup'];

/** Reads what else a template says about its network. */
export function readNetwork(resources: Resources, found: Found): CloudNetwork {
  return {
    subnets: readSubnets(resources),
    routeTables: readRouteTables(resources),
    acls: readAcls(resources),
    interfaces: readInterfaces(resources, found),
    targetGroups: readTargetGroups(resources),
    publicAddresses: resources.declared
      .filter(({ type }) => ADDRESSES.includes(type))
      .map(({ id, properties }): PublicAddress => ({
        id,
        leadsTo: [...new Set(mentioned(properties).map((each) => each.id))],
      })),
  };
}

/** Clients' addresses are kept by default for instances and for UDP, and for addresses only where it is said. */
function readTargetGroups(resources: Resources): readonly TargetGroup[] {
  return resources.ofType('AWS::ElasticLoadBalancingV2::TargetGroup').map((resource) => {
    const properties = quiet(resource);
    const type = properties.get('TargetType');
    const targetType = (['instance', 'ip', 'lambda', 'alb'] as const).find(
      (each) => each === (type.string() ?? 'instance'),
    );
    const protocol = properties.get('Protocol').string();
    const attributes = properties.get('TargetGroupAttributes').items();
    const keys = attributes.map((each) => each.get('Key').string());
    const valuesOf = (key: string): readonly Property[] =>
      attributes.filter((_each, index) => keys[index] === key).map((each) => each.get('Value'));
    const [said] = valuesOf('preserve_client_ip.enabled');
    const [drains, ...again] = valuesOf('deregistration_delay.timeout_seconds');
    const byDefault = targetType !== 'ip' || (protocol !== 'TCP' && protocol !== 'TLS');
    return {
      id: resource.id,
      targetType: targetType ?? 'unknown',
      preservesClientAddress: keys.includes(undefined)
        ? 'unknown'
        : said === undefined
          ? byDefault
          : (said.boolean() ?? 'unknown'),
      ...(keys.includes(undefined) || again.length > 0
        ? { drainsSeconds: 'unknown' }
        : drains !== undefined && { drainsSeconds: drains.integer() ?? 'unknown' }),
    };
  });
}
