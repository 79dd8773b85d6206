import type { Observation } from '../attack';
import type { Deployment } from '../deployment';
import type { ClientCertificate, HttpProbe, ProbeReport, ProbeTls } from '../probe';
import { goodPath, markers } from './good-call';
import type { IngressDoor } from './ingress-door';
import { invocationsOf } from './invocations';
import { whoRefused } from './refusal';
import { uniqueKey } from './planted';

/**
 * A request to the ingress. Everything that is left out is what a good caller would send, except for the token. A certificate is shown
 * where no connection does without.
 */
export interface IngressCall {
  /** Marks the call: key of the virtual object that it would change, or idempotency key where a service is called. @default - a fresh one */
  readonly key?: string;
  /** @default POST */
  readonly method?: string;
  /** @default - the handler that the good caller calls, with `key` */
  readonly path?: string;
  /** @default http/1.1 */
  readonly protocol?: HttpProbe['protocol'];
  /** A bearer token; empty for none. @default - none */
  readonly token?: string;
  /** A client certificate; `none` for none even where one is asked for. @default - the good one where no connection does without */
  readonly certificate?: ClientCertificate | 'none';
  /** The newest TLS to speak: the two versions ask for certificates at different times. @default - the newest there is */
  readonly maxVersion?: ProbeTls['maxVersion'];
  readonly headers?: HttpProbe['headers'];
  /** @default 1 */
  readonly body?: string;
  readonly bodyPadding?: number;
  readonly trailers?: HttpProbe['trailers'];
  /** @default - the deployment's own name */
  readonly authority?: string;
  /** @default 8000 */
  readonly timeoutMs?: number;
}

/** Path of a handler of the run's own service that adds to the counter of a key, whether or not callers may call it. */
export function counterPath(key: string): string {
  return `/Counter/${key}/add`;
}

/** Sends a call through a door. */
export async function send(
  deployment: Deployment,
  door: IngressDoor,
  call: IngressCall & { key: string },
): Promise<ProbeReport> {
  const authorization =
    call.token === undefined || call.token === '' ? [] : [['authorization', `Bearer ${call.token}`] as const];
  const place = deployment.place(door.from);
  const probe: HttpProbe = {
    kind: 'http',
    protocol: call.protocol ?? 'http/1.1',
    address: door.address,
    port: door.port,
    ...(door.tls && { tls: offered(door.tls, call) }),
    method: call.method ?? 'POST',
    path: call.path ?? goodPath(deployment, call.key),
    authority: call.authority ?? deployment.door.hostname,
    headers: [
      ...authorization,
      ['content-type', 'application/json'],
      ...(namesItself(call) ? [] : markers(deployment, call.key)),
      ...(call.headers ?? []),
    ],
    body: call.body ?? '1',
    ...(call.bodyPadding !== undefined && { bodyPadding: call.bodyPadding }),
    ...(call.trailers && { trailers: call.trailers }),
    timeoutMs: call.timeoutMs ?? 8_000,
  };
  const report = await place.probe(probe);
  if (probe.tls?.settleMs === undefined || !mayHideAlert(report)) return report;
  return await place.probe({ ...probe, tls: { ...probe.tls, settleMs: PATIENT_MS } });
}

/** How long to wait for what a busy machine has to say of a certificate. */
const PATIENT_MS = 1_000;

/** A request that is sent before the alert has come makes a reset of it. */
function mayHideAlert(report: ProbeReport): boolean {
  return report.outcome === 'failed' && report.by === 'reset';
}

function namesItself({ headers = [] }: IngressCall): boolean {
  return headers.some(([name]) => name === 'idempotency-key');
}

function offered(
  { clientCertificate: good, ...tls }: ProbeTls,
  { certificate = good, maxVersion }: IngressCall,
): ProbeTls {
  return {
    ...tls,
    ...(maxVersion && { maxVersion }),
    ...(certificate && certificate !== 'none' && { clientCertificate: certificate }),
  };
}

/**
 * Sends a call that wants its handler to run, and says whether it did: a success that the server itself signs with an invocation id
 * or has on record. Otherwise, who refused.
 */
export async function tryCall(deployment: Deployment, door: IngressDoor, call: IngressCall): Promise<Observation> {
  const key = call.key ?? uniqueKey();
  const report = await send(deployment, door, { ...call, key });
  if (report.outcome !== 'response' || report.status < 200 || report.status > 299) {
    return await whoRefused(deployment, door, { marker: key, report });
  }
  const id = report.headers['x-restate-id'] ?? (await invocationsOf(deployment.records, [key])).get(key);
  if (id === undefined) return { succeeded: false, observed: `answered ${report.status}, but no handler ran` };
  return { succeeded: true, observed: `answered ${report.status}, the handler ran` };
}
