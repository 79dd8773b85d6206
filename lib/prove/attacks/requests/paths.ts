import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller, goodPath } from '../good-call';
import { tryRoute } from './closed-route';
import { send, tryCall } from '../ingress-call';
import { proxysDoor, STRAIGHT } from '../ingress-door';
import { invocationsOf } from '../invocations';
import { uniqueKey } from '../planted';
import { whoRefused } from '../refusal';
import { finishCall, type FinishedCall } from './results';
import { tryEach, type Variant } from '../variants';

/** Spellings of paths that mean one thing to the proxy, which decides, and another to the server, which acts. */
export const PATH_ATTACKS: readonly Attack[] = [
  {
    id: 'path-spelled-otherwise',
    claim: 'path-canonical',
    ...STRAIGHT,
    attempt:
      'reach a closed route, and the handler of another path, by encoded, doubled, dotted and re-cased spellings',
    expected: 'refused by the proxy, or by the server as a path of nothing',
    async run(deployment) {
      const finished = await finishCall(deployment);
      return await tryEach([...closedRoutes(deployment, finished), ...handlers(deployment)]);
    },
    control: {
      ...STRAIGHT,
      attempt: 'call the handler by its plain path',
      run: (deployment) => tryCall(deployment, proxysDoor(deployment), goodCaller(deployment)),
    },
  },
];

function closedRoutes(deployment: Deployment, { invocation, result }: FinishedCall): readonly Variant[] {
  const rest = `invocation/${invocation}/output`;
  const spellings = [
    `/%72estate/${rest}`,
    `/%2572estate/${rest}`,
    `/%%37restate/${rest}`,
    `//restate/${rest}`,
    `/./restate/${rest}`,
    `/Greeter/../restate/${rest}`,
    `/Greeter/%2e%2e/restate/${rest}`,
    `/Greeter/..;/restate/${rest}`,
    `/Greeter/..%2frestate/${rest}`,
    `/Greeter/..%5crestate/${rest}`,
    `\\restate/${rest}`,
    `/restate\\${rest}`,
    `/restate%2f${rest}`,
    `/restate;a/${rest}`,
    `/RESTATE/${rest}`,
    `/Restate/${rest}`,
    `/restate/${rest}/`,
    `/restate/${rest}/send`,
    `/..%c0%af/restate/${rest}`,
  ];
  const door = proxysDoor(deployment);
  return spellings.flatMap((path) =>
    ['GET', 'POST'].map((method) => ({
      name: `${method} ${path.replace(invocation, '<id>')}`,
      run: () => tryRoute(deployment, door, { method, path, marker: invocation, wanted: result }),
    })),
  );
}

/** Escapes that belong to the key or to nothing: whoever decodes them before the server does turns the key into another handler. */
function handlers(deployment: Deployment): readonly Variant[] {
  const { handler } = deployment.credentials.target;
  const spellings = [
    `%2F${handler}`,
    `%2F${handler}/send`,
    `%2f${handler}`,
    `%5C${handler}`,
    `%252F${handler}`,
    `/${handler.toUpperCase()}`,
    `/${handler}%00`,
    `/${handler}%2Fsend`,
    `/${handler};x`,
    `%00/${handler}`,
  ];
  return spellings.map((spelling) => ({
    name: `${goodPath(deployment, '<key>').slice(0, -handler.length - 1)}${spelling}`,
    run: () => reachHandler(deployment, spelling),
  }));
}

async function reachHandler(deployment: Deployment, spelling: string): Promise<Observation> {
  const key = uniqueKey();
  const door = proxysDoor(deployment);
  const { handler } = deployment.credentials.target;
  const path = goodPath(deployment, key).slice(0, -handler.length - 1) + spelling;
  const report = await send(deployment, door, { key, path, ...goodCaller(deployment) });
  const ran = (await invocationsOf(deployment.records, [key])).has(key);
  if (ran) return { succeeded: true, observed: 'the handler of the plain path ran' };
  if (report.outcome === 'response' && report.status < 300) {
    return {
      succeeded: false,
      observed: `answered ${report.status} for a key of that spelling`,
      refusedBy: 'restate: another key',
    };
  }
  return await whoRefused(deployment, door, { report });
}
