import type { BalancerSettings } from '../balancer-settings';
import type { Property } from '../property';
import type { Resource } from '../resource';
import { literal, type Text } from '../text';
import { toText, type Value } from '../value';
import type { Resources } from './resources';

const TYPE = 'AWS::ElasticLoadBalancingV2';

const UNDERSTOOD: readonly string[] = [
  'access_logs.s3.bucket',
  'access_logs.s3.enabled',
  'access_logs.s3.prefix',
  'deletion_protection.enabled',
  'dns_record.client_routing_policy',
  'idle_timeout.timeout_seconds',
  'ipv6.deny_all_igw_traffic',
  'load_balancing.cross_zone.enabled',
  'routing.http.desync_mitigation_mode',
  'routing.http.drop_invalid_header_fields.enabled',
  'routing.http2.enabled',
];

/** Reads what each load balancer does besides forwarding. */
export function readBalancerSettings(resources: Resources): readonly BalancerSettings[] {
  return resources.ofType(`${TYPE}::LoadBalancer`).map((balancer) => {
    const attributes = attributesOf(balancer.properties.get('LoadBalancerAttributes'));
    const isNetwork = balancer.properties.get('Type').string() === 'network';
    return {
      id: balancer.id,
      deletionProtected: flag(attributes, 'deletion_protection.enabled', false),
      accessLog: accessLog(attributes),
      // An application load balancer always does, unless a target group says otherwise.
      crossZone: flag(attributes, 'load_balancing.cross_zone.enabled', !isNetwork),
      ...(!isNetwork && {
        dropsInvalidHeaders: flag(attributes, 'routing.http.drop_invalid_header_fields.enabled', false),
      }),
      hidesCaller: hidingGroups(balancer, resources),
      certificates: certificatesOf(balancer, resources),
      unmodelled: [
        ...[...attributes.keys()].filter((key) => !UNDERSTOOD.includes(key)),
        ...givenTwice(balancer.properties.get('LoadBalancerAttributes')),
      ],
    };
  });
}

function attributesOf(list: Property): ReadonlyMap<string, Value> {
  return new Map(
    list
      .items()
      .map((item) => [item.get('Key').string() ?? 'a key that is not known', item.get('Value').value] as const),
  );
}

/** Which of the two counts is not written anywhere. */
function givenTwice(list: Property): readonly string[] {
  const keys = list.items().flatMap((item) => item.get('Key').string() ?? []);
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map((key) => `${key}, given twice`);
}

function flag(attributes: ReadonlyMap<string, Value>, name: string, absent: boolean): boolean | 'unknown' {
  if (!attributes.has(name)) return absent;
  const said = literal(toText(attributes.get(name)) ?? [{ logicalId: '?' }]);
  return said === 'true' ? true : said === 'false' ? false : 'unknown';
}

function accessLog(attributes: ReadonlyMap<string, Value>): BalancerSettings['accessLog'] {
  const enabled = flag(attributes, 'access_logs.s3.enabled', false);
  if (enabled !== true) return enabled === false ? 'off' : 'unknown';
  return toText(attributes.get('access_logs.s3.bucket')) ?? 'unknown';
}

/** Target groups that the balancer's listeners name and whose targets see the balancer's address in the place of the caller's. */
function hidingGroups({ id }: Resource, resources: Resources): readonly string[] {
  const listeners = resources.ofType(`${TYPE}::Listener`).filter(({ properties }) => refersTo(properties, id));
  return resources
    .ofType(`${TYPE}::TargetGroup`)
    .filter((group) => listeners.some(({ properties }) => forwardsTo(properties.get('DefaultActions'), group.id)))
    .filter(({ properties }) => hides(properties))
    .map((group) => group.id);
}

function certificatesOf({ id }: Resource, resources: Resources): readonly Text[] {
  return resources
    .ofType(`${TYPE}::Listener`)
    .filter(({ properties }) => refersTo(properties, id))
    .flatMap(({ properties }) => properties.get('Certificates').items())
    .flatMap((certificate) => {
      const arn = toText(certificate.get('CertificateArn').value);
      return arn === undefined ? [] : [arn];
    });
}

function refersTo(listener: Property, balancer: string): boolean {
  return (
    toText(listener.get('LoadBalancerArn').value)?.some(
      (part) => typeof part === 'object' && part.logicalId === balancer,
    ) === true
  );
}

function forwardsTo(actions: Property, group: string): boolean {
  return actions.items().some((action) => {
    const weighted = action.get('ForwardConfig').get('TargetGroups').items();
    const arns = [action.get('TargetGroupArn'), ...weighted.map((item) => item.get('TargetGroupArn'))];
    return arns.some(
      ({ value }) => toText(value)?.some((part) => typeof part === 'object' && part.logicalId === group) === true,
    );
  });
}

/** Of targets by address over TCP or TLS the default is to hide it; HTTP says it in a header. */
function hides(group: Property): boolean {
  const protocol = group.get('Protocol').string();
  if (protocol === 'HTTP' || protocol === 'HTTPS') return false;
  const attributes = attributesOf(group.get('TargetGroupAttributes'));
  return flag(attributes, 'preserve_client_ip.enabled', group.get('TargetType').string() !== 'ip') !== true;
}
