import { ComputeRoute } from '@cdktf/provider-google/lib/compute-route';
import { DnsManagedZone } from '@cdktf/provider-google/lib/dns-managed-zone';
import { DnsPolicy } from '@cdktf/provider-google/lib/dns-policy';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { resourceName } from './resource-name';

/** The addresses of `restricted.googleapis.com`: services that VPC Service Controls knows, and no others. */
export const PRIVATE_ACCESS_RANGE = '199.36.153.4/30';
const ADDRESSES = ['199.36.153.4', '199.36.153.5', '199.36.153.6', '199.36.153.7'];

/** Each domain, and the name in it that has the addresses: of `googleapis.com` the domain itself stays as it is. */
const DOMAINS = [
  { id: 'Googleapis', domain: 'googleapis.com.', at: 'restricted.googleapis.com.' },
  { id: 'PkgDev', domain: 'pkg.dev.', at: 'pkg.dev.' },
  { id: 'RunApp', domain: 'run.app.', at: 'run.app.' },
] as const;

/** Not 0, which no other route could stand behind; before the default route, which has 1000. */
const ROUTE_PRIORITY = 900;
const SECONDS = 300;

/** Properties of {@link PrivateAccess}. */
export interface PrivateAccessProps {
  readonly networkId: string;
}

/**
 * Private Google access: APIs, repositories of images and Cloud Run answer at four addresses, to which one route leads. Nothing else of the
 * internet has a route. The next hop is the internet gateway by name; packets stay in Google's network.
 *
 * Queries of names are logged: the resolver at 169.254.169.254 answers whatever the firewall says.
 *
 * @see https://cloud.google.com/vpc/docs/configure-private-google-access
 * @see https://cloud.google.com/run/docs/securing/private-networking
 */
export class PrivateAccess extends Construct {
  public readonly route: ComputeRoute;
  public readonly zones: readonly DnsManagedZone[];
  public readonly dnsPolicy: DnsPolicy;

  public constructor(scope: Construct, id: string, { networkId }: PrivateAccessProps) {
    super(scope, id);
    this.route = new ComputeRoute(this, 'Route', {
      name: resourceName(this),
      network: networkId,
      destRange: PRIVATE_ACCESS_RANGE,
      nextHopGateway: 'default-internet-gateway',
      priority: ROUTE_PRIORITY,
    });
    this.zones = DOMAINS.map(({ id: zoneId, domain, at }) => {
      const scopeOfZone = new Construct(this, zoneId);
      const zone = new DnsManagedZone(scopeOfZone, 'Zone', {
        name: resourceName(scopeOfZone),
        dnsName: domain,
        visibility: 'private',
        privateVisibilityConfig: { networks: [{ networkUrl: networkId }] },
      });
      const record = { managedZone: zone.name, ttl: SECONDS };
      new DnsRecordSet(scopeOfZone, 'Addresses', { ...record, name: at, type: 'A', rrdatas: ADDRESSES });
      new DnsRecordSet(scopeOfZone, 'Names', { ...record, name: `*.${domain}`, type: 'CNAME', rrdatas: [at] });
      return zone;
    });
    this.dnsPolicy = new DnsPolicy(this, 'DnsPolicy', {
      name: resourceName(this),
      enableLogging: true,
      networks: [{ networkUrl: networkId }],
    });
  }
}
