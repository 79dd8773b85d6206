import type { Construct } from 'constructs';
import { UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';
import type { SecurityModel } from '../core/security-model';
import type { AdminBalancer } from './admin-balancer';
import type { Balancer } from './balancer';
import { DnsRecords, type DnsZones } from './dns-records';

/** Properties of {@link writeDnsRecords}. */
export interface DnsProps {
  readonly zones: DnsZones | undefined;
  readonly model: SecurityModel<unknown>;
  readonly balancer: Balancer;
  readonly adminBalancer: AdminBalancer | undefined;
}

const ZONES: Readonly<Record<keyof DnsZones, true>> = { ingress: true, admin: true };

/**
 * The records of both doors, where zones are given.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`, `DnsZoneUnused`, and what `DnsRecords` throws
 */
export function writeDnsRecords(scope: Construct, { zones = {}, model, balancer, adminBalancer }: DnsProps): void {
  refuseUnknownOptions('dns', zones, Object.keys(ZONES));
  const { ingress, admin } = model;
  if (zones.ingress !== undefined) {
    const { loadBalancer } = balancer;
    new DnsRecords(scope, 'IngressDns', { zone: zones.ingress, hostnames: ingress.hostnames, loadBalancer });
  }
  if (zones.admin === undefined) return;
  if (admin.kind === 'nobody' || adminBalancer === undefined) throw unused();
  const { loadBalancer } = adminBalancer;
  new DnsRecords(scope, 'AdminDns', { zone: zones.admin, hostnames: admin.hostnames, loadBalancer });
}

function unused(): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'DnsZoneUnused',
    given: 'dns.admin without an admin door',
    because: 'there is no load balancer that a record could name',
    write: 'leave it out, or name who may connect with admin: AdminAccess.fromPeers',
  });
}
