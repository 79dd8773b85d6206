import type { AdminDoor } from '../../admin-door/admin-door';
import { leadsToAdmin } from '../../admin-door/operators-port';
import { everyScope } from '../../admin-door/role-rights';
import type { Observation } from '../../attack';
import type { Deployment, Issuer, TokenOverrides } from '../../deployment';
import type { HttpProbe, ProbeReport } from '../../probe';
import { type IngressDoor, listenerPort } from '../ingress-door';
import { listenerSpeaksTls } from '../proxy-listener';
import { whoRefused } from '../refusal';

/**
 * Why attacks on the operators' door do not apply, else `undefined`: also where callers' listener leads to the admin API, so that nothing
 * of the kind is passed over in silence.
 */
export function hasNoAdminDoor({ adminDoor, host }: Deployment): string | undefined {
  const none = adminDoor === undefined && !leadsToAdmin(host);
  return none ? 'no admin door: the proxy has no route to the admin API' : undefined;
}

/** The operators' door; for attacks that apply where there is one. @throws Error where callers and operators have one in common */
export function adminDoorOf({ adminDoor }: Deployment): AdminDoor {
  if (adminDoor === undefined) throw new Error('no listener of the proxy leads to the admin API alone');
  return adminDoor;
}

/** As operators come: from an address that the deployment's groups admit, through their balancer. */
export function operatorsDoor(deployment: Deployment): IngressDoor {
  const { address, port, hostname, balanced } = adminDoorOf(deployment);
  return {
    from: 'operator',
    address,
    port,
    tls: { servername: hostname },
    direct: !balanced,
    log: proxyLog(deployment),
  };
}

/** Straight at the proxy's listener, from the balancer's own address, so that the log can be asked about each connection. */
export function adminListener(deployment: Deployment): IngressDoor {
  const { taskPort: port, hostname, balanced } = adminDoorOf(deployment);
  const tls = listenerSpeaksTls(deployment.bootstrap, listenerPort(deployment, port)) && {
    tls: { servername: hostname },
  };
  const from = balanced ? 'admin-balancer' : 'operator';
  return { from, address: deployment.taskAddress, port, ...tls, direct: true, log: proxyLog(deployment) };
}

function proxyLog({ proxy }: Deployment): () => string {
  return () => proxy.log();
}

/** A request to the admin API by way of the proxy. */
export interface AdminCall {
  /** @default GET */
  readonly method?: string;
  readonly path: string;
  /** A bearer token; empty for none. @default - none */
  readonly token?: string;
  readonly headers?: HttpProbe['headers'];
  /** JSON. */
  readonly body?: string;
  /** @default http/1.1 */
  readonly protocol?: HttpProbe['protocol'];
}

/** Calls by what is tried with each. */
export type AdminCalls = Readonly<Record<string, AdminCall>>;

/** A good token of an operator. @param scopes all that open anything, unless said otherwise */
export function operatorsToken(
  deployment: Deployment,
  scopes: readonly string[] = everyScope(adminDoorOf(deployment)),
  overrides: TokenOverrides = {},
  issuer: Issuer | undefined = adminDoorOf(deployment).issuers[0],
): string {
  const scope = scopes.length === 0 ? undefined : scopes.join(' ');
  return issuer?.token({ ...overrides, claims: { scope, ...overrides.claims } }) ?? '';
}

export async function askAdmin(deployment: Deployment, door: IngressDoor, call: AdminCall): Promise<ProbeReport> {
  const { token = '', headers = [], body } = call;
  return await deployment.place(door.from).probe({
    kind: 'http',
    protocol: call.protocol ?? 'http/1.1',
    address: door.address,
    port: door.port,
    ...(door.tls && { tls: door.tls }),
    method: call.method ?? 'GET',
    path: call.path,
    authority: adminDoorOf(deployment).hostname,
    headers: [
      ...(token === '' ? [] : [['authorization', `Bearer ${token}`] as const]),
      ...(body === undefined ? [] : [['content-type', 'application/json'] as const]),
      ...headers,
    ],
    ...(body !== undefined && { body }),
    timeoutMs: 8_000,
  });
}

/** Sends a call that must not even be asked of the server, and says whether it was. Otherwise, who refused it. */
export async function tryAdmin(deployment: Deployment, door: IngressDoor, call: AdminCall): Promise<Observation> {
  const report = await askAdmin(deployment, door, call);
  if (report.outcome === 'response' && report.status < 300)
    return { succeeded: true, observed: `answered ${report.status}` };
  const seen = await whoRefused(deployment, door, { report, marker: call.path });
  if (seen.refusedBy?.startsWith('restate:') !== true) return seen;
  return { succeeded: true, observed: `${seen.observed}, so the proxy let it through` };
}
