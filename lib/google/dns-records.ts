import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';

/** A zone of Cloud DNS. */
export interface DnsZone {
  /** Its name as a resource: `example-zone`. */
  readonly name: string;
  /** What all names in it end with: `example.com`. */
  readonly dnsName: string;
  /** The project of the zone. @default - that of the server */
  readonly project?: string;
}

/** The zones that records of the doors are written into. */
export interface DnsZones {
  /** For the host names of `ingress`. @default - no record */
  readonly ingress?: DnsZone;
  /** For the host names of `admin`. In a public zone its address is for everybody to read. @default - no record */
  readonly admin?: DnsZone;
}

/** Properties of {@link DnsRecords}. */
export interface DnsRecordsProps {
  /** The project of the server. */
  readonly project: string;
  readonly zone: DnsZone;
  /** The host names of the door: of no other name is there ever a record. */
  readonly hostnames: readonly string[];
  /** IPv4 address of the front. */
  readonly address: string;
}

const ZONE: Readonly<Record<keyof DnsZone, true>> = { name: true, dnsName: true, project: true };
const SECONDS = 300;

/** The address of a front for each host name of its door. */
export class DnsRecords extends Construct {
  /** @throws UnsafeConfigurationError `DnsZoneForeign`, `OptionUnknown`, `ValueNotConcrete` */
  public constructor(scope: Construct, id: string, { project, zone, hostnames, address }: DnsRecordsProps) {
    super(scope, id);
    refuseUnknownOptions('a DNS zone', zone, Object.keys(ZONE));
    const zoneName = concrete('dnsName', zone.dnsName).toLowerCase().replace(/\.$/, '');
    for (const hostname of hostnames) {
      if (hostname !== zoneName && !hostname.endsWith(`.${zoneName}`)) throw foreign(hostname, zoneName);
      new DnsRecordSet(this, hostname, {
        project: zone.project ?? project,
        managedZone: zone.name,
        name: `${hostname}.`,
        type: 'A',
        ttl: SECONDS,
        rrdatas: [address],
      });
    }
  }
}

function foreign(hostname: string, zoneName: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'DnsZoneForeign',
    given: `the host name ${quote(hostname)} with the zone ${quote(zoneName)}`,
    because: 'the record would have another name, which neither the certificate nor the proxy knows',
    write: 'give the zone of all of the host names, or leave it out and write the records yourself',
  });
}
