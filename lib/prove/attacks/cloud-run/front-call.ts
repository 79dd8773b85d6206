import type { Attack, Attempt, Observation, PlaceName } from '../../attack';
import type { Deployment } from '../../deployment';
import type { CloudRunUnderTest } from '../../google-cloud/cloud-run-under-test';
import type { FrontRecord } from '../../google-cloud/front';
import { SERVERLESS } from '../../google-cloud/front-decision';
import { directInvokers } from '../../../artifact/iam/invokers';
import { withoutCloudRun } from '../../google-cloud/without-cloud-run';
import type { PlannedService } from '../../google-cloud/google-plan';
import type { HttpProbe } from '../../probe';
import { connectionOutcome } from '../doors/connection-refusal';
import { uniqueKey } from '../planted';
import { tryEach, type Variant } from '../variants';

/** A request to a service of Cloud Run. */
export interface FrontCall {
  readonly from: PlaceName;
  readonly service: PlannedService;
  /** For the front end alone. @default - none */
  readonly token?: string;
  readonly headers?: HttpProbe['headers'];
  /** @default h2 */
  readonly protocol?: HttpProbe['protocol'];
}

const TIMEOUT_MS = 4000;

/**
 * Calls a service of Cloud Run past the server, and asks the front end what it made of it. It succeeded if the container was asked,
 * whatever that answered: what it makes of a request that the server has not signed is for other claims.
 */
export async function callFront(deployment: Deployment, call: FrontCall): Promise<Observation> {
  const { record, failure } = await sendToFront(deployment, call);
  if (record === undefined) return failure;
  const { status, why, upstream } = record;
  if (upstream !== undefined) {
    const by = grantsBehind(deployment, call.service, why);
    const admitted = by.length === 0 ? '' : `, admitted by ${by.join(' and ')}`;
    return { succeeded: true, observed: `the container was asked, and answered ${status}${admitted}` };
  }
  const observed = `answered ${status} (${why})`;
  return isInDoubt(call.service, why)
    ? { succeeded: false, observed: `${observed}, but the file does not say exactly who may call` }
    : { succeeded: false, observed, refusedBy: `google: ${status} ${why}` };
}

/** The grants by which the front end let somebody in. */
function grantsBehind(deployment: Deployment, { service }: PlannedService, why: string): readonly string[] {
  const { emails } = cloudRunOf(deployment).plan;
  const { holders } = directInvokers(deployment.artifact, service);
  const behind = holders.filter(
    ({ principal }) => principal.kind === why || ('key' in principal && emails[principal.key] === why),
  );
  return [...new Set(behind.flatMap(({ by }) => by))];
}

/** The front end's own record of a call, or what came of the connection where it has none. */
export async function sendToFront(
  deployment: Deployment,
  call: FrontCall,
): Promise<{ readonly record?: FrontRecord; readonly failure: Observation }> {
  const cloudRun = cloudRunOf(deployment);
  const { service, from, token, headers = [], protocol = 'h2' } = call;
  const address = from === 'internet' ? cloudRun.publicAddress : cloudRun.address;
  const place = deployment.place(from);
  const path = `/discover?${uniqueKey()}`;
  const report = await place.probe({
    kind: 'http',
    protocol,
    address,
    port: cloudRun.port,
    tls: { servername: service.host },
    method: 'GET',
    path,
    authority: service.host,
    headers: [...(token === undefined ? [] : [[SERVERLESS, `Bearer ${token}`] as const]), ...headers],
    timeoutMs: TIMEOUT_MS,
  });
  const record = (await cloudRun.records()).find((each) => each.path === path);
  const failure = await (report.outcome === 'response'
    ? { succeeded: false, observed: `answered ${report.status}` }
    : connectionOutcome(deployment, { place, address, port: cloudRun.port, report }));
  return { ...(record && { record }), failure };
}

/** What the file leaves open is shut in the run, and no refusal: nor where a balancer that stands in no file may lead in. */
function isInDoubt({ service }: PlannedService, why: string): boolean {
  if (why === 'ingress') return service.ingress !== 'internal';
  return why !== 'host' && why !== 'path' && service.invokerCheck === 'unknown';
}

/** A token of the account in whose name the server calls, good for a service. */
export function goodToken(deployment: Deployment, { url }: PlannedService): string | undefined {
  const { plan, idToken } = cloudRunOf(deployment);
  return plan.caller === undefined ? undefined : idToken({ email: plan.caller, audience: url });
}

/** Tries the same on every service of the files. */
export function onEachService(
  deployment: Deployment,
  variants: (service: PlannedService) => readonly Variant[],
): Promise<Observation> {
  const { services } = cloudRunOf(deployment).plan;
  return tryEach(
    services.flatMap((service) =>
      variants(service).map((variant) => ({
        name: services.length === 1 ? variant.name : `${service.service.id} ${variant.name}`,
        run: () => variant.run(),
      })),
    ),
  );
}

/** With a good token of the server's own account the same call gets to the container. */
export function withGoodToken(from: PlaceName): Attempt {
  return {
    from,
    attempt: "the same call with a good token of the server's account",
    run: (deployment) => {
      const { registered } = cloudRunOf(deployment);
      const token = goodToken(deployment, registered);
      return callFront(deployment, { from, service: registered, ...(token !== undefined && { token }) });
    },
  };
}

export function cloudRunOf({ cloudRun }: Deployment): CloudRunUnderTest {
  if (cloudRun === undefined) throw new Error('the deployment has no service of Cloud Run');
  return cloudRun;
}

/** An attack on services of Cloud Run, where there are any. */
export function cloudRunAttack(attack: Omit<Attack, 'notApplicable'>): Attack {
  return { ...attack, notApplicable: ({ artifact }) => withoutCloudRun(artifact) };
}
