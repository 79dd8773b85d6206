import type { BootedDeployment } from './booted-deployment';
import { KEEP_LISTENERS, type KeepTask } from './keep-task';
import type { KeptService } from './kept-deployment';
import { listenIn } from './network/forwarder';
import { enterNamespace } from './network/links';
import type { SandboxContext } from './sandbox/inner-main';
import type { Registered } from './runtime/register-service';
import { registrationOf } from './service/registration';

const REGISTRATION_MS = 15_000;
const ANSWER_CHARACTERS = 300;

/**
 * What answers behind the server of a kept deployment: the run's own service, or in its place one of the developer's on this machine. It
 * then stands where the run's own stood: on the one port on which the file's groups let the server call one, or behind the front end of Cloud Run.
 */
export async function keepService(
  deployment: BootedDeployment,
  { give }: Pick<SandboxContext, 'give'>,
  own: KeepTask['service'],
): Promise<KeptService> {
  const { service, standIn, records, restate } = deployment;
  const place = service.uri;
  const identityKey = /\bpublickeyv1_\w+/.exec(restate.log())?.[0];
  const signed = identityKey === undefined ? {} : { identityKey };
  if (own === undefined) {
    const { body } = await records.admin('/services');
    return { uri: place, names: servicesIn(body).map(({ name }) => name), ...signed };
  }
  await standIn.stop();
  await give(KEEP_LISTENERS.service, await listenIn(enterNamespace(standIn.seat), standIn.port));
  const uri = `${place}${own.path}`;
  return { uri, own: own.url, ...(await register(deployment, { ...registrationOf(service), uri })), ...signed };
}

/** By force: it takes the place of the run's service, which the server knows under the same address. */
async function register(
  { records }: BootedDeployment,
  what: Registered,
): Promise<Pick<KeptService, 'names' | 'refused' | 'path'>> {
  const { status, body } = await records
    .admin('/deployments', { json: { ...what, force: true }, timeoutMs: REGISTRATION_MS })
    .catch((error: Error) => ({ status: 0, body: error.message }));
  if (status !== 200 && status !== 201) return { names: [], refused: `${status} ${body}`.slice(0, ANSWER_CHARACTERS) };
  const services = servicesIn(body);
  const [path] = services.flatMap(pathsOf);
  return { names: services.map(({ name }) => name), ...(path !== undefined && { path }) };
}

/** A service as the admin API describes it. */
interface FoundService {
  readonly name: string;
  readonly ty: string;
  readonly handlers: readonly { readonly name: string }[];
}

function servicesIn(body: string): readonly FoundService[] {
  return (JSON.parse(body) as { readonly services: readonly FoundService[] }).services;
}

/** Virtual objects and workflows are called by a key. */
function pathsOf({ name, ty, handlers }: FoundService): readonly string[] {
  return handlers.map((handler) => `/${name}${ty === 'Service' ? '' : '/hello'}/${handler.name}`);
}
