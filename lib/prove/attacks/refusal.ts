import type { Observation } from '../attack';
import type { Deployment } from '../deployment';
import type { ProbeReport } from '../probe';
import type { IngressDoor } from './ingress-door';
import { awaitProxyLog, type LoggedRequest, type WantedRequest } from './proxy-log';

/** A request that did not get what it was after. */
export interface RefusedProbe {
  /** A text that stands in the path of this request and of no other. Absent: only its connection tells it from others. */
  readonly marker?: string;
  readonly report: ProbeReport;
}

/** Who refused a request at the ingress: asked of the proxy's log, the TLS alert or the firewall. Names nobody when none of them knows. */
export async function whoRefused(deployment: Deployment, door: IngressDoor, probe: RefusedProbe): Promise<Observation> {
  const { report } = probe;
  if (report.outcome === 'failed') return await withoutAnswer(deployment, door, report);
  const logged = await logOf(deployment, door, probe);
  const status = report.outcome === 'response' ? report.status : logged?.status;
  const seen = status === undefined ? 'the connection ended without an answer' : `answered ${status}`;
  if (logged?.details === undefined) return { succeeded: false, observed: `${seen}, which nobody logged` };
  const by = logged.details === 'via_upstream' ? `restate: ${logged.status ?? status}` : `envoy: ${logged.details}`;
  return {
    succeeded: false,
    observed: logged.details === 'via_upstream' ? `${seen} by the server` : seen,
    refusedBy: by,
  };
}

/** What the proxy logged about a probe, waiting for it to be written out. */
export async function logOf(
  deployment: Deployment,
  door: IngressDoor,
  probe: RefusedProbe,
): Promise<LoggedRequest | undefined> {
  const wanted = wantedRequest(door, probe);
  if (wanted === undefined) return undefined;
  const source = { bootstrap: deployment.bootstrap, log: () => door.log() };
  return (await awaitProxyLog(source, wanted))[0];
}

function wantedRequest(door: IngressDoor, { marker, report }: RefusedProbe): WantedRequest | undefined {
  if (marker !== undefined) return { marker };
  const { localAddress, localPort } = report;
  if (!door.direct || localAddress === undefined || localPort === undefined) return undefined;
  return { clientAddress: localAddress, clientPort: localPort };
}

async function withoutAnswer(
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
