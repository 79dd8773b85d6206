import ipaddr from 'ipaddr.js';
import type { FirewallFlow, FirewallRule } from '../firewall-rule';
import type { Property } from '../property';
import type { Resource } from '../resource';
import type { Resources } from './resources';

/** What a rule that names nobody speaks of: Google takes every address of IPv4. */
const EVERYWHERE = ['0.0.0.0/0'];

const PROTOCOLS: ReadonlyMap<string, FirewallFlow['protocol']> = new Map([
  ['all', 'all'],
  ['tcp', 'tcp'],
  ['6', 'tcp'],
  ['udp', 'udp'],
  ['17', 'udp'],
  ['icmp', 'icmp'],
  ['1', 'icmp'],
]);

/**
 * Reads the firewall rules of VPC networks, with Google's defaults. One that is not read whole is left out and reported.
 *
 * @param tags network tags that machines carry; one that Cloud Run alone carries names no source to Google
 */
export function readFirewall(resources: Resources, tags: readonly string[]): readonly FirewallRule[] {
  const ofCloudRun = cloudRunTags(resources).filter((tag) => !tags.includes(tag));
  return resources.ofType('google_compute_firewall').flatMap((resource) => {
    const rule = readRule(resource, resources);
    if (rule === undefined) {
      return [];
    }
    if (resources.isReported(rule.id)) {
      const concerns = rule.direction === 'in' ? 'ways-in' : 'template';
      resources.report(rule.id, 'is not read whole, so that what it lets through is not known', concerns);
      return [];
    }
    return heeded(rule, ofCloudRun, resources);
  });
}

/** `undefined`: it is switched off. */
function readRule({ id, properties }: Resource, resources: Resources): FirewallRule | undefined {
  if (properties.get('disabled').boolean() === true) {
    return undefined;
  }
  const direction = directionOf(properties.get('direction'));
  const [allow, deny] = [properties.blocks('allow'), properties.blocks('deny')];
  if (allow.length > 0 === deny.length > 0) {
    resources.report(id, 'must have either allow or deny');
  }
  const network = properties.get('network');
  if (!network.present) {
    network.unreadable('is not given');
  }
  const own = direction === 'in' ? 'source_ranges' : 'destination_ranges';
  const other = direction === 'in' ? 'destination_ranges' : 'source_ranges';
  if (properties.get(other).items().length > 0) {
    properties.get(other).unreadable(`narrows the rule further, which is not modelled`);
  }
  const ranges = properties.get(own).items().flatMap(rangeOf);
  const sourceTags = properties.get('source_tags').strings();
  const sourceAccounts = accounts(properties.get('source_service_accounts'), resources);
  const isOpen = ranges.length === 0 && (direction === 'out' || sourceTags.length + sourceAccounts.length === 0);
  return {
    id,
    network: resources.network(network, properties) ?? [],
    direction,
    priority: properties.get('priority').integer() ?? 1000,
    action: deny.length > 0 ? 'deny' : 'allow',
    flows: [...allow, ...deny].map(readFlow),
    ranges: isOpen ? EVERYWHERE : ranges,
    sourceTags,
    sourceAccounts,
    targetTags: properties.get('target_tags').strings(),
    targetAccounts: accounts(properties.get('target_service_accounts'), resources),
  };
}

function directionOf(property: Property): FirewallRule['direction'] {
  const direction = property.string() ?? 'INGRESS';
  if (direction !== 'INGRESS' && direction !== 'EGRESS') {
    property.unreadable('is neither INGRESS nor EGRESS');
  }
  return direction === 'EGRESS' ? 'out' : 'in';
}

/** A range, or one address, which is a range of itself. */
function rangeOf(item: Property): readonly string[] {
  const text = item.string() ?? '';
  // one address is tried last: what is none costs ipaddr.js an exception
  const range =
    !text.includes('/') && ipaddr.isValid(text) ? `${text}/${ipaddr.parse(text).kind() === 'ipv4' ? 32 : 128}` : text;
  if (!ipaddr.isValidCIDR(range)) {
    item.unreadable('is no range of addresses');
    return [];
  }
  return [range];
}

function accounts(list: Property, resources: Resources): FirewallRule['targetAccounts'] {
  return list.items().flatMap((item) => {
    const account = resources.account(item);
    return account === undefined ? [] : [account];
  });
}

function readFlow(flow: Property): FirewallFlow {
  const protocol = flow.get('protocol').string()?.toLowerCase();
  if (protocol === undefined) {
    flow.unreadable('names no protocol');
  }
  return {
    protocol: PROTOCOLS.get(protocol ?? '') ?? 'other',
    ports: flow
      .get('ports')
      .items()
      .map((item) => {
        const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(item.string() ?? '');
        const [from, to] = [Number(range?.[1]), Number(range?.[2] ?? range?.[1])];
        if (range === null || from > to || to > 65_535) {
          item.unreadable('is no port and no range of ports');
        }
        return { from, to };
      }),
  };
}

/** Tags of services of Cloud Run, which Google heeds for what they send to, and ignores as the source of what a machine receives. */
function cloudRunTags(resources: Resources): readonly string[] {
  return resources.like(/^google_cloud_run_v2_(?:service|job|worker_pool)$/).flatMap(({ properties }) =>
    properties
      .block('template')
      .block('vpc_access')
      .blocks('network_interfaces')
      .flatMap((network) => network.get('tags').strings()),
  );
}

function heeded(rule: FirewallRule, ignored: readonly string[], resources: Resources): readonly FirewallRule[] {
  const wrong = rule.direction === 'in' ? rule.sourceTags.filter((tag) => ignored.includes(tag)) : [];
  if (wrong.length === 0) {
    return [rule];
  }
  resources.report(
    rule.id,
    `names the source tag ${wrong.join(', ')}, which a service of Cloud Run alone carries: Google ignores it as a source`,
    'ways-in',
  );
  const sourceTags = rule.sourceTags.filter((tag) => !wrong.includes(tag));
  const namesNobody = sourceTags.length + rule.ranges.length + rule.sourceAccounts.length === 0;
  return namesNobody ? [] : [{ ...rule, sourceTags }];
}
