import { ARecord, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import type { NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';

/** The hosted zones that records of the doors are written into. */
export interface DnsZones {
  /** For the host names of `ingress`. @default - no record */
  readonly ingress?: IHostedZone;
  /** For the host names of `admin`. In a public zone the addresses of its load balancer are for everybody to read. @default - no record */
  readonly admin?: IHostedZone;
}

/** Properties of {@link DnsRecords}. */
export interface DnsRecordsProps {
  readonly zone: IHostedZone;
  /** The host names of the door: of no other name is there ever a record. */
  readonly hostnames: readonly string[];
  readonly loadBalancer: NetworkLoadBalancer;
}

/** An alias of the load balancer for each host name of its door. */
export class DnsRecords extends Construct {
  /** @throws UnsafeConfigurationError `DnsZoneForeign`, `ValueNotConcrete` */
  public constructor(scope: Construct, id: string, { zone, hostnames, loadBalancer }: DnsRecordsProps) {
    super(scope, id);
    const zoneName = concrete('zoneName', zone.zoneName).toLowerCase().replace(/\.$/, '');
    for (const hostname of hostnames) {
      if (hostname !== zoneName && !hostname.endsWith(`.${zoneName}`)) throw foreign(hostname, zoneName);
      const target = RecordTarget.fromAlias(new LoadBalancerTarget(loadBalancer));
      new ARecord(this, hostname, { zone, recordName: `${hostname}.`, target });
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
