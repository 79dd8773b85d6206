import type { Construct } from 'constructs';
import { UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';
import type { SecurityModel } from '../core/security-model';
import { DnsRecords, type DnsZones } from './dns-records';

/** Properties of {@link writeDnsRecords}. */
export interface DnsProps {
  /** The project of the server. */
  readonly project: string;
  readonly zones: DnsZones | undefined;
  readonly model: SecurityModel<unknown>;
  /** Address of the callers' front. */
  readonly ingressAddress: string;
  /** Address of the operators' front. Absent: there is none, or operators come through tunnels alone. */
  readonly adminAddress: string | undefined;
}

const ZONES: Readonly<Record<keyof DnsZones, true>> = { ingress: true, admin: true };

/**
 * The records of both doors, where zones are given.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`, `DnsZoneUnused`, and what `DnsRecords` throws
 */
export function writeDnsRecords(scope: Construct, props: DnsProps): void {
  const { project, zones = {}, model, ingressAddress, adminAddress } = props;
  refuseUnknownOptions('dns', zones, Object.keys(ZONES));
  const { ingress, admin } = model;
  if (zones.ingress !== undefined) {
    const { hostnames } = ingress;
    new DnsRecords(scope, 'IngressDns', { project, zone: zones.ingress, hostnames, address: ingressAddress });
  }
  if (zones.admin === undefined) return;
  if (admin.kind === 'nobody' || adminAddress === undefined) throw unused();
  const { hostnames } = admin;
  new DnsRecords(scope, 'AdminDns', { project, zone: zones.admin, hostnames, address: adminAddress });
}

function unused(): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'DnsZoneUnused',
    given: 'dns.admin without an address that operators connect to',
    because: 'there is no load balancer that a record could name; a tunnel needs none',
    write: 'leave it out, or name who may connect with admin: AdminAccess.fromPeers',
  });
}
