import type { Observation } from '../../attack';
import type { Deployment, Place } from '../../deployment';
import type { ProbeReport } from '../../probe';

/** A connection that was tried. */
export interface TriedConnection {
  readonly place: Place;
  readonly address: string;
  readonly port: number;
  readonly report: ProbeReport;
}

/**
 * What came of a connection that should not have been made: it succeeded if anybody answered, or accepted it. Otherwise the firewall's
 * own record of exactly this connection names the group that refused it, and a TLS alert names itself.
 */
export async function connectionOutcome(deployment: Deployment, tried: TriedConnection): Promise<Observation> {
  const { report } = tried;
  if (report.outcome === 'response') return { succeeded: true, observed: `answered ${report.status}` };
  if (report.outcome === 'connected') return { succeeded: true, observed: 'the connection was accepted' };
  if (report.by === 'timeout' && report.detail.startsWith('no answer')) {
    return { succeeded: true, observed: 'the connection was accepted, and nothing was said' };
  }
  const observed = `no answer (${report.by})`;
  if (report.by === 'tls-alert') return { succeeded: false, observed, refusedBy: `tls: ${report.detail}` };
  const group = await deployment.firewallRefused({
    from: report.localAddress ?? ownAddress(tried.place, tried.address),
    ...(report.localPort === undefined ? {} : { fromPort: report.localPort }),
    to: tried.address,
    toPort: tried.port,
  });
  return group === undefined
    ? { succeeded: false, observed: `${observed}: ${report.detail}` }
    : { succeeded: false, observed, refusedBy: `firewall: ${group}` };
}

/** The address of a place in the family of another address. */
export function ownAddress(place: Place, peer: string): string {
  return peer.includes(':') ? place.address6 : place.address;
}
