import type { AclEntry, NetworkAcl, Stated } from '../../network';
import type { Property } from '../../property';
import { referredId, type Resource } from '../../resource';
import type { Resources } from '../resources';
import { quiet } from './quiet';

const PROTOCOLS: ReadonlyMap<string, AclEntry['protocol']> = new Map<string, AclEntry['protocol']>([
  ['-1', 'all'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmp'],
]);

const ACTIONS = ['allow', 'deny'] as const;

/** Reads the network access lists of the file, each with its entries. An entry whose list is not known may be of any. */
export function readAcls(resources: Resources): readonly NetworkAcl[] {
  const entries = resources.ofType('AWS::EC2::NetworkAclEntry').map((resource) => ({
    acl: referredId(quiet(resource).get('NetworkAclId').value),
    entry: readEntry(resource),
  }));
  return resources.ofType('AWS::EC2::NetworkAcl').map(({ id }) => ({
    id,
    entries: entries.filter(({ acl }) => acl === id || acl === undefined).map(({ entry }) => entry),
  }));
}

function readEntry(resource: Resource): AclEntry {
  const properties = quiet(resource);
  const protocol = properties.get('Protocol').string();
  const read: AclEntry['protocol'] = protocol === undefined ? 'unknown' : (PROTOCOLS.get(protocol) ?? 'other');
  const cidr = ['CidrBlock', 'Ipv6CidrBlock'].map((name) => properties.get(name)).find(({ present }) => present);
  const ranged = read === 'tcp' || read === 'udp';
  return {
    id: resource.id,
    direction: directionOf(properties.get('Egress')),
    number: properties.get('RuleNumber').integer() ?? 'unknown',
    action: ACTIONS.find((action) => action === properties.get('RuleAction').string()?.toLowerCase()) ?? 'unknown',
    protocol: read,
    fromPort: ranged ? portOf(properties, 'From') : 0,
    toPort: ranged ? portOf(properties, 'To') : 65_535,
    cidr: cidr?.string() ?? 'unknown',
  };
}

/** In, unless it is said. */
function directionOf(egress: Property): AclEntry['direction'] {
  const isOut = egress.present ? egress.boolean() : false;
  return isOut === undefined ? 'unknown' : isOut ? 'out' : 'in';
}

function portOf(entry: Property, end: 'From' | 'To'): Stated<number> {
  const port = entry.get('PortRange').get(end).integer();
  return port === -1 ? (end === 'From' ? 0 : 65_535) : (port ?? 'unknown');
}
