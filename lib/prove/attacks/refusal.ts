import type { Observation } from '../attack';
import type { Deployment } from '../deployment';
import type { ProbeReport } from '../probe';
import type { IngressDoor } from './ingress-door';
import { awaitProxyLog, logsClientPorts, type LoggedRequest, type WantedRequest } from './proxy-log';

/** A request that did not get what it was after. */
export interface RefusedProbe {
  /** A text that stands in the path of this request and of no other. Absent: only its connection tells it from others. */
  readonly marker?: string;
  readonly report: ProbeReport;
  /** The refusal that is meant, where a connection may have seen several. @default - the first that was logged */
  readonly status?: number;
}

/** Who refused a request at the ingress: asked of the proxy's log, the TLS alert or the firewall. Names nobody when none of them knows. */
export async function whoRefused(deployment: Deployment, door: IngressDoor, probe: RefusedProbe): Promise<Observation> {
  const { report } = probe;
  if (report.outcome === 'failed' && CONNECTIONLESS.includes(report.by))
    return await withoutConnection(deployment, door, report);
  const logged = await logOf(deployment, door, probe);
  const seen = answer(report, logged?.status);
  if (logged?.details === undefined) return { succeeded: false, observed: `${seen}, which nobody logged` };
  if (CALLER_LEFT.test(logged.details)) return { succeeded: false, observed: `${seen}: the caller gave up` };
  const byServer = logged.details === 'via_upstream';
  const refusedBy = byServer ? `restate: ${logged.status}` : `envoy: ${logged.details}`;
  return { succeeded: false, observed: byServer ? `${seen} by the server` : seen, refusedBy };
}

/** What Envoy logs when it was our own probe that ended the connection: nobody has refused anything. */
const CALLER_LEFT = /^downstream_remote_disconnect|^http2\.remote_(?:reset|refuse)/;

/** Outcomes of which no proxy can know, because it has seen no request. */
const CONNECTIONLESS: readonly string[] = ['refused', 'unreachable', 'tls-alert'];

function answer(report: ProbeReport, loggedStatus: number | undefined): string {
  if (report.outcome === 'failed') return `${report.by}, ${report.detail}`;
  const status = report.outcome === 'response' ? report.status : loggedStatus;
  return status === undefined ? 'the connection ended without an answer' : `answered ${status}`;
}

/** What the proxy logged about a probe that was refused, waiting for it to be written out. */
async function logOf(
  deployment: Deployment,
  door: IngressDoor,
  probe: RefusedProbe,
): Promise<LoggedRequest | undefined> {
  const { report } = probe;
  const { bootstrap } = deployment;
  const meant = report.outcome === 'response' ? report.status : probe.status;
  const wanted = wantedRequest(door, probe, logsClientPorts(bootstrap));
  if (wanted === undefined) return undefined;
  // Bytes may hold several requests: the one that was refused is meant.
  const refused = ({ status = 0 }: LoggedRequest): boolean =>
    meant === undefined ? status === 0 || status >= 300 : status === meant;
  return await awaitProxyLog({ bootstrap, log: () => door.log() }, wanted, refused);
}

/** A connection is told from others more exactly than a path, but only where the proxy sees it and logs its port. */
function wantedRequest(
  door: IngressDoor,
  { marker, report }: RefusedProbe,
  portsLogged: boolean,
): WantedRequest | undefined {
  const { localAddress, localPort } = report;
  if (door.direct && portsLogged && localAddress !== undefined && localPort !== undefined) {
    return { clientAddress: localAddress, clientPort: localPort };
  }
  return marker === undefined ? undefined : { marker };
}

async function withoutConnection(
  deployment: Deployment,
  door: IngressDoor,
  report: ProbeReport & { readonly outcome: 'failed' },
): Promise<Observation> {
  const observed = `no answer: ${report.by}, ${report.detail}`;
  if (report.by === 'tls-alert') return { succeeded: false, observed, refusedBy: `tls: ${report.detail}` };
  const { localAddress: from, localPort: fromPort } = report;
  if (from === undefined) return { succeeded: false, observed };
  const flow = { from, to: door.address, toPort: door.port };
  const group = await deployment.firewallRefused(fromPort === undefined ? flow : { ...flow, fromPort });
  return group === undefined
    ? { succeeded: false, observed }
    : { succeeded: false, observed, refusedBy: `firewall: ${group}` };
}
