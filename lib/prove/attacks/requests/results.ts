import type { Attack } from '../../attack';
import { type Grant, pathOf } from '../../credentials/grants';
import type { Deployment } from '../../deployment';
import { tryRoute, type ClosedRoute } from './closed-route';
import { goodCaller } from '../good-call';
import { send } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { plantedSecret, uniqueKey } from '../planted';
import { tryEach } from '../variants';

/** A call whose result somebody else would like to have. */
export interface FinishedCall {
  readonly invocation: string;
  readonly idempotencyKey: string;
  readonly result: string;
}

/** Makes a call with a good token and an idempotency key, and returns what leads to its result. */
export async function finishCall(deployment: Deployment): Promise<FinishedCall> {
  const [idempotencyKey, result] = [uniqueKey(), plantedSecret()];
  const report = await send(deployment, callersDoor(deployment), {
    key: idempotencyKey,
    ...goodCaller(deployment),
    headers: [['idempotency-key', idempotencyKey]],
    body: JSON.stringify(result),
  });
  const invocation = report.outcome === 'response' ? report.headers['x-restate-id'] : undefined;
  if (invocation === undefined || report.outcome !== 'response' || !report.body.includes(result)) {
    throw new Error('no call could be finished whose result could be asked for');
  }
  return { invocation, idempotencyKey, result };
}

/** Results of calls, and what ends or answers them, asked of the server's own routes by somebody with a good token. */
export const RESULT_ATTACKS: readonly Attack[] = [
  {
    id: 'result-of-another-call',
    claim: 'results-closed',
    from: 'caller',
    attempt: "ask the server's own routes for the result of a finished call, and to answer or end calls",
    expected: '403 or 404 from the proxy',
    async run(deployment) {
      const routes = resultRoutes(deployment.credentials.target, await finishCall(deployment));
      const door = callersDoor(deployment);
      return await tryEach(
        Object.entries(routes).map(([name, route]) => ({ name, run: () => tryRoute(deployment, door, route) })),
      );
    },
    control: {
      from: 'caller',
      attempt: 'make the same call with a good token and read its own result',
      async run(deployment) {
        await finishCall(deployment);
        return { succeeded: true, observed: 'the call was answered with its result' };
      },
    },
  },
];

function resultRoutes(
  { kind, service, handler }: Grant,
  { invocation, idempotencyKey, result }: FinishedCall,
): Readonly<Record<string, ClosedRoute>> {
  // the call was marked by the same text as key of the object
  const key = kind === 'object' ? { key: idempotencyKey } : {};
  const get = (path: string, marker = invocation): ClosedRoute => ({ method: 'GET', path, marker, wanted: result });
  const byKey = `/restate/invocation${pathOf({ kind, service, handler }, idempotencyKey)}/${idempotencyKey}`;
  const byTarget = { target: 'idempotentInvocation', service, handler, ...key, idempotencyKey };
  const post = (path: string, body: unknown = byTarget): ClosedRoute => ({
    path,
    wanted: result,
    body: JSON.stringify(body),
  });
  const awakeable = 'prom_1NMyOAvDK2CcBjUH4Rmb7eGBp0DNNDnmsAAAAAQ';
  return {
    'attach by invocation': get(`/restate/invocation/${invocation}/attach`),
    'output by invocation': get(`/restate/invocation/${invocation}/output`),
    'attach, short form': get(`/restate/attach/${invocation}`),
    'output, short form': get(`/restate/output/${invocation}`),
    'attach by idempotency key': get(`${byKey}/attach`, idempotencyKey),
    'output by idempotency key': get(`${byKey}/output`, idempotencyKey),
    'output by target': post('/restate/output'),
    'attach by target': post('/restate/attach'),
    'output by target id': post('/restate/output', { target: 'invocation', invocationId: invocation }),
    lookup: post('/restate/lookup'),
    'attach by POST': { ...get(`/restate/invocation/${invocation}/attach`), method: 'POST' },
    'output by POST': { ...get(`/restate/invocation/${invocation}/output`), method: 'POST' },
    'resolve an awakeable': { path: `/restate/awakeables/${awakeable}/resolve`, marker: `${awakeable}/resolve` },
    'reject an awakeable': { path: `/restate/awakeables/${awakeable}/reject`, marker: `${awakeable}/reject` },
    cancel: { method: 'DELETE', path: `/restate/invocation/${invocation}`, marker: invocation },
    'cancel by POST': { path: `/restate/invocation/${invocation}/cancel`, marker: invocation },
  };
}
