import { mkdirSync, writeFileSync } from 'node:fs';
import { goodPath } from './attacks/good-call';
import { tryCall } from './attacks/ingress-call';
import { callersDoor } from './attacks/ingress-door';
import { boot } from './boot';
import type { BootedDeployment } from './booted-deployment';
import { CannotProveError } from './cannot-prove-error';
import { KEEP_LISTENERS, type KeepTask } from './keep-task';
import { keepService } from './keep-service';
import type { KeptDeployment } from './kept-deployment';
import { forward } from './network/forwarder';
import { enterNamespace } from './network/links';
import type { PassTarget } from './network/pass-bytes';
import { adminAddress } from './runtime/admin-api';
import type { SandboxContext } from './sandbox/inner-main';

/** On the sandbox's own tmpfs, which is gone with it. */
const FOLDER = '/run/portcullis-keep';
const LOOPBACK = '127.0.0.1';
const TOKEN_SECONDS = 8 * 3_600;
/** What the proxy may find between its clock and the token's. */
const MARGIN_SECONDS = 60;

/** The half of `keep` that runs in the sandbox: boots a deployment, opens it to this machine, and stays until the sandbox ends. */
export async function sandboxed(input: unknown, context: SandboxContext): Promise<void> {
  const task = input as KeepTask;
  const host = task.artifact.hosts.find(({ id }) => id === task.host);
  if (host === undefined) throw new Error(`the artifact has no host ${task.host}`);
  context.emit({ kind: 'step', text: 'booting the servers' });
  const { toolchain } = task;
  const deployment = await boot(task.artifact, host, { toolchain, allUsers: context.allUsers, slow: false });
  const shown = credential(deployment);
  context.emit({ kind: 'step', text: 'calling a handler as a good caller does' });
  await mustBeCallable(deployment, shown);
  await openDoors(deployment, context);
  const service = await keepService(deployment, context, task.service);
  const kept: KeptDeployment = {
    subject: task.subject,
    url: `https://${deployment.door.hostname}${service.path ?? goodPath(deployment, 'hello')}`,
    ingress: { address: LOOPBACK, port: task.ports.ingress },
    ...writeFiles(deployment),
    ...shown,
    adminUrl: `http://${LOOPBACK}:${task.ports.admin}`,
    service,
    replaced: deployment.replaced,
    emulated: deployment.emulated,
  };
  context.emit({ kind: 'kept', kept });
  await new Promise<never>(() => setInterval(() => undefined, 3_600_000));
}

/** A token that lives as long as the proxy admits and a working day needs, for every scope that opens anything. */
function credential({ credentials, bootstrap }: BootedDeployment): Pick<KeptDeployment, 'token' | 'tokenExpires'> {
  const [issuer] = credentials.issuers;
  if (issuer === undefined || credentials.good().token === undefined) return {};
  const admitted = [...JSON.stringify(bootstrap).matchAll(/"max_lifetime":"(\d+)s"/g)].map(([, text]) => Number(text));
  const lifetimeSeconds = Math.min(
    TOKEN_SECONDS,
    ...admitted.map((seconds) => Math.max(MARGIN_SECONDS, seconds - MARGIN_SECONDS)),
  );
  const exp = Math.floor(Date.now() / 1_000) + lifetimeSeconds;
  const scopes = [...new Set(credentials.grants.flatMap((grant) => grant.scopes))];
  const scope = scopes.length === 0 ? {} : { scope: scopes.join(' ') };
  return { token: issuer.token({ claims: { exp, ...scope } }), tokenExpires: new Date(exp * 1_000).toISOString() };
}

/** The one control of a run without attacks: what is printed must work. */
async function mustBeCallable(deployment: BootedDeployment, { token }: Pick<KeptDeployment, 'token'>): Promise<void> {
  const { certificate } = deployment.credentials.good();
  const seen = await tryCall(deployment, callersDoor(deployment), {
    ...(token !== undefined && { token }),
    ...(certificate !== undefined && { certificate }),
  });
  if (seen.succeeded) return;
  throw new CannotProveError(
    'KeptNotCallable',
    `a good caller is refused: ${seen.observed}`,
    'run the proof without --keep',
  );
}

async function openDoors(deployment: BootedDeployment, { listeners }: SandboxContext): Promise<void> {
  const { [KEEP_LISTENERS.ingress]: ingress, [KEEP_LISTENERS.admin]: admin } = listeners;
  if (ingress === undefined || admin === undefined) throw new Error('a door of the machine was not passed on');
  const { address, port } = deployment.door;
  await forward(ingress, enterNamespace('caller'), { address, port });
  await forward(admin, enterNamespace('task'), await adminTarget(deployment));
}

async function adminTarget({ records, restate }: BootedDeployment): Promise<PassTarget> {
  const where = adminAddress(await records.dumpConfig());
  return where.kind === 'unix' ? { path: `/proc/${restate.pid()}/root${where.path}` } : where;
}

function writeFiles({ door, credentials }: BootedDeployment): Pick<KeptDeployment, 'caFile' | 'clientCertificate'> {
  mkdirSync(FOLDER, { mode: 0o700 });
  const write = (name: string, text: string): string => {
    writeFileSync(`${FOLDER}/${name}`, text, { mode: 0o600 });
    return `${FOLDER}/${name}`;
  };
  const caFile = write('ca.pem', door.ca);
  const { clients } = credentials;
  const certificate = credentials.good().certificate ?? (clients?.required === true ? clients.good : undefined);
  if (certificate === undefined) return { caFile };
  const certificateFile = write('client.pem', certificate.certificate);
  return { caFile, clientCertificate: { certificateFile, keyFile: write('client.key', certificate.privateKey) } };
}
