import type { Observation } from '../../attack';
import type { Deployment, Place } from '../../deployment';
import type { ProbeReport } from '../../probe';
import { admittedBy } from './admitting-rule';

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
  if (report.outcome !== 'failed' || fellSilent(report)) {
    return { succeeded: true, observed: `${acceptance(report)}${admittedBy(deployment, tried)}` };
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

/** Whether a connection was made, and nothing came on it. */
function fellSilent({ by, detail }: Extract<ProbeReport, { readonly outcome: 'failed' }>): boolean {
  return by === 'timeout' && detail.startsWith('no answer');
}

function acceptance(report: ProbeReport): string {
  if (report.outcome === 'response') return `answered ${report.status}`;
  return report.outcome === 'connected'
    ? 'the connection was accepted'
    : 'the connection was accepted, and nothing was said';
}

/** The address of a place in the family of another address. */
export function ownAddress(place: Place, peer: string): string {
  return peer.includes(':') ? place.address6 : place.address;
}
