import { mkdirSync, writeFileSync } from 'node:fs';
import { goodPath } from './attacks/good-call';
import { tryCall } from './attacks/ingress-call';
import { callersDoor } from './attacks/ingress-door';
import { boot } from './boot';
import type { BootedDeployment } from './booted-deployment';
import { CannotProveError } from './cannot-prove-error';
import { keptAdminDoor, openDoors } from './keep-doors';
import { keepService } from './keep-service';
import type { KeepTask } from './keep-task';
import { type KeepToken, keepToken } from './keep-token';
import type { KeptDeployment } from './kept-deployment';
import { serviceReplacement } from './runtime/boot-notes';
import type { SandboxContext } from './sandbox/inner-main';

/** On the sandbox's own tmpfs, which is gone with it. */
const FOLDER = '/run/portcullis-keep';
const LOOPBACK = '127.0.0.1';

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
  const adminDoor = keptAdminDoor(deployment, task);
  const kept: KeptDeployment = {
    subject: task.subject,
    url: `https://${deployment.door.hostname}${service.path ?? goodPath(deployment, 'hello')}`,
    ingress: { address: LOOPBACK, port: task.ports.ingress },
    ...writeFiles(deployment),
    ...shown,
    ...(adminDoor !== undefined && { adminDoor }),
    adminUrl: `http://${LOOPBACK}:${task.ports.admin}`,
    service,
    replaced: deployment.replaced.filter(
      (line) => task.service === undefined || line !== serviceReplacement(task.artifact),
    ),
    emulated: deployment.emulated,
  };
  context.emit({ kind: 'kept', kept });
  await new Promise<never>(() => setInterval(() => undefined, 3_600_000));
}

/** For every scope that opens anything. */
function credential({ credentials, bootstrap }: BootedDeployment): Partial<KeepToken> {
  const [issuer] = credentials.issuers;
  if (issuer === undefined || credentials.good().token === undefined) return {};
  const scopes = credentials.grants.flatMap((grant) => grant.scopes);
  return keepToken(issuer, scopes, bootstrap);
}

/** The one control of a run without attacks: what is printed must work. */
async function mustBeCallable(deployment: BootedDeployment, { token }: Partial<KeepToken>): Promise<void> {
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
