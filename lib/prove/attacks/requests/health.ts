import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller } from '../good-call';
import { tryRoute } from './closed-route';
import { tryCall } from '../ingress-call';
import { listenerPort, proxysDoor, STRAIGHT } from '../ingress-door';
import { listenerOn } from '../proxy-listener';
import { tryEach } from '../variants';

/** A proxy that was up before its server is told of it by its own check alone, which ours repeats every five seconds. */
const HEALTHY_WITHIN_MS = 8_000;
const POLL_MS = 250;

/** What a health answer tells: by the balancer's own way, and by the callers'. */
export const HEALTH_ATTACKS: readonly Attack[] = [
  {
    id: 'services-from-balancer-health',
    claim: 'health-names-nothing',
    from: 'balancer',
    attempt: 'read the names of services from what answers the balancer',
    expected: 'an answer that names nothing',
    async run(deployment) {
      const names = await serviceNames(deployment);
      const paths = new Set([healthCheck(deployment)?.path ?? '/', '/restate/health', '//restate/health', '/']);
      return await tryEach([...paths].map((path) => ({ name: path, run: () => askHealth(deployment, path, names) })));
    },
    control: {
      from: 'balancer',
      attempt: 'ask for health as the balancer does',
      async run(deployment) {
        const status = await statusInTime(deployment, healthCheck(deployment)?.path ?? '/');
        return { succeeded: status === 200, observed: `answered ${status ?? 'nothing'}` };
      },
    },
    notApplicable: (deployment) =>
      healthCheck(deployment) === undefined ? 'no balancer asks for health over plain HTTP' : undefined,
  },
  {
    id: 'services-from-server-health',
    claim: 'health-names-nothing',
    ...STRAIGHT,
    attempt: "ask for the server's own health at the ingress, with a token and without",
    expected: '401, 403 or 404 from the proxy',
    async run(deployment) {
      const door = proxysDoor(deployment);
      const wanted = (await serviceNames(deployment))[0] ?? 'Greeter';
      const paths = ['/restate/health', '//restate/health', '/Restate/health', '/restate/health/', '/health'];
      return await tryEach(
        paths.flatMap((path) => [
          { name: path, run: () => tryRoute(deployment, door, { method: 'GET', path, wanted }) },
          {
            name: `${path} unasked`,
            run: () => tryRoute(deployment, door, { method: 'GET', path, wanted, token: '', certificate: 'none' }),
          },
        ]),
      );
    },
    control: {
      ...STRAIGHT,
      attempt: 'reach the server by a good call',
      run: (deployment) => tryCall(deployment, proxysDoor(deployment), goodCaller(deployment)),
    },
  },
];

async function askHealth(deployment: Deployment, path: string, names: readonly string[]): Promise<Observation> {
  const { status, text } = await healthAnswer(deployment, path);
  const named = names.filter((name) => text.includes(name));
  if (named.length > 0) return { succeeded: true, observed: `answered ${status}, naming ${named.join(', ')}` };
  if (status === undefined) return { succeeded: false, observed: 'no answer' };
  const observed = `answered ${status} without a name`;
  const { port = 0 } = healthCheck(deployment) ?? {};
  return listenerOn(deployment.bootstrap, listenerPort(deployment, port)) !== undefined
    ? { succeeded: false, observed, refusedBy: `envoy: its health listener answers ${status} and names nothing` }
    : { succeeded: false, observed };
}

/** What a balancer is answered, which asks again and again. */
async function statusInTime(deployment: Deployment, path: string): Promise<number | undefined> {
  const deadline = performance.now() + HEALTHY_WITHIN_MS;
  for (;;) {
    const { status } = await healthAnswer(deployment, path);
    if (status === 200 || performance.now() > deadline) return status;
    await sleep(POLL_MS);
  }
}

async function healthAnswer(deployment: Deployment, path: string): Promise<{ status?: number; text: string }> {
  const report = await deployment.place('balancer').probe({
    kind: 'http',
    protocol: 'http/1.1',
    address: deployment.taskAddress,
    port: healthCheck(deployment)?.port ?? 0,
    method: 'GET',
    path,
    authority: deployment.door.hostname,
    headers: [],
    timeoutMs: 5_000,
  });
  if (report.outcome !== 'response') return { text: '' };
  return { status: report.status, text: report.body + JSON.stringify(report.headers) };
}

function healthCheck(deployment: Deployment): { readonly port: number; readonly path?: string } | undefined {
  return deployment.artifact.balancers
    .flatMap((balancer) => balancer.listeners)
    .flatMap((listener) => listener.targets)
    .filter((target) => target.host === deployment.host.id)
    .map((target) => target.healthCheck)
    .find((check) => check.protocol === 'HTTP');
}

/** As the server itself has them registered. */
async function serviceNames(deployment: Deployment): Promise<readonly string[]> {
  const answer = await deployment.records.admin('/services', { timeoutMs: 8_000 });
  return (JSON.parse(answer.body) as { services: { name: string }[] }).services.map(({ name }) => name);
}
