import type { Attack } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller } from '../good-call';
import { tryRoute, type ClosedRoute } from './closed-route';
import { send } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { plantedSecret, uniqueKey } from '../planted';
import { tryEach } from '../variants';

/** A workflow for other services only: asked for by its name, and for its result by its key. */
export const PRIVATE_SERVICE_ATTACKS: readonly Attack[] = [
  {
    id: 'private-service',
    claim: 'private-service-closed',
    from: 'caller',
    attempt: 'run a workflow that is for other services only, and read the result of one by its key',
    expected: 'refused by the server where it is called, by the proxy where its result is asked for',
    async run(deployment) {
      const door = callersDoor(deployment);
      const routes = privateRoutes(await runPrivately(deployment));
      return await tryEach(
        Object.entries(routes).map(([name, route]) => ({ name, run: () => tryRoute(deployment, door, route) })),
      );
    },
    control: {
      from: 'caller',
      attempt: 'have a public service run the same workflow',
      async run(deployment) {
        await runPrivately(deployment);
        return { succeeded: true, observed: 'the public service passed the result on' };
      },
    },
  },
];

interface PrivateResult {
  readonly key: string;
  readonly value: string;
}

/** Has the public service run the private workflow, so that there is a result to be read. */
async function runPrivately(deployment: Deployment): Promise<PrivateResult> {
  const made = { key: uniqueKey(), value: plantedSecret() };
  const report = await send(deployment, callersDoor(deployment), {
    key: made.key,
    ...goodCaller(deployment),
    body: JSON.stringify({ callPrivate: made }),
  });
  if (report.outcome !== 'response' || !report.body.includes(made.value)) {
    throw new Error('the public service could not have the private one run');
  }
  return made;
}

function privateRoutes({ key, value }: PrivateResult): Readonly<Record<string, ClosedRoute>> {
  const result = (path: string): ClosedRoute => ({ method: 'GET', path, marker: path, wanted: value });
  return {
    call: privateRun((own) => `/Private/${own}/run`),
    send: privateRun((own) => `/Private/${own}/run/send`),
    'call by the server route': privateRun((own) => `/restate/call/Private/${own}/run`),
    'send by the server route': privateRun((own) => `/restate/send/Private/${own}/run`),
    output: result(`/restate/workflow/Private/${key}/output`),
    attach: result(`/restate/workflow/Private/${key}/attach`),
    'output in capitals': result(`/RESTATE/workflow/Private/${key}/output`),
    'output by target': {
      path: '/restate/output',
      wanted: value,
      body: JSON.stringify({ target: 'workflow', workflowName: 'Private', workflowKey: key }),
    },
    'output by POST': { ...result(`/restate/workflow/Private/${key}/output`), method: 'POST' },
  };
}

function privateRun(path: (own: string) => string): ClosedRoute {
  const own = uniqueKey();
  return { path: path(own), marker: own, body: JSON.stringify('input') };
}
