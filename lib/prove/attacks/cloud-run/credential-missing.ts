import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import type { FrontRecord } from '../../google-cloud/front';
import { SERVERLESS } from '../../google-cloud/front-decision';
import { goodCaller } from '../good-call';
import { send, tryCall } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { invocationsOf } from '../invocations';
import { uniqueKey } from '../planted';
import { serversCalls } from './audience';
import { cloudRunAttack, cloudRunOf } from './front-call';

/** Long enough for a first attempt at a token and a second. */
const SILENCE_MS = 8000;
const HEALING_MS = 45_000;
const POLL_MS = 500;

/** Neither the machine's metadata server nor Google's own services say anything, and the server has no token left. */
export const CREDENTIAL_ATTACKS: readonly Attack[] = [
  {
    ...cloudRunAttack({
      id: 'cloud-run-call-without-credentials',
      claim: 'credential-missing-fails-closed',
      from: 'caller',
      attempt: 'a good call while a restarted server can get no token',
      expected: 'no request leaves without a token, and the call completes when there is one again',
      run: callWithoutCredentials,
      control: {
        from: 'caller',
        attempt: 'the same call while it can get one',
        run: (deployment) => tryCall(deployment, callersDoor(deployment), goodCaller(deployment)),
      },
    }),
    exclusive: true,
  },
];

async function callWithoutCredentials(deployment: Deployment): Promise<Observation> {
  const { setCredentials } = cloudRunOf(deployment);
  await setCredentials('down');
  try {
    // tokens are cached in memory
    await deployment.replaceServer('SIGKILL');
    const before = (await serversCalls(deployment)).length;
    const key = uniqueKey();
    await send(deployment, callersDoor(deployment), { key, ...goodCaller(deployment), timeoutMs: SILENCE_MS });
    const left = (await serversCalls(deployment)).slice(before);
    const unauthenticated = left.find(({ shown }) => shown !== SERVERLESS);
    if (unauthenticated !== undefined)
      return { succeeded: true, observed: `left without a token: ${spell(unauthenticated)}` };
    if (left.length > 0)
      return { succeeded: false, observed: `left with a token from elsewhere: ${left.length} requests` };
    await setCredentials('up');
    const isDone = await completes(deployment, key);
    const observed = isDone
      ? 'nothing left; the call completed once there were tokens'
      : 'nothing left; the call did not complete afterwards';
    return { succeeded: false, observed, ...(isDone && { refusedBy: 'restate: holds the call back without a token' }) };
  } finally {
    await setCredentials('up');
  }
}

async function completes(deployment: Deployment, key: string): Promise<boolean> {
  for (const until = performance.now() + HEALING_MS; performance.now() < until; await sleep(POLL_MS)) {
    if ((await statusOf(deployment, key)) === 'completed') return true;
  }
  return false;
}

/** A server that has just started may have no answer yet. */
async function statusOf({ records }: Deployment, key: string): Promise<string | undefined> {
  try {
    const id = (await invocationsOf(records, [key])).get(key);
    const query = `SELECT status FROM sys_invocation WHERE id = '${id}'`;
    const answer = await records.admin('/query', { json: { query } });
    return (JSON.parse(answer.body) as { readonly rows: readonly { readonly status: string }[] }).rows[0]?.status;
  } catch {
    return undefined;
  }
}

function spell({ path, shown, status }: FrontRecord): string {
  return `${path} with ${shown}, answered ${status}`;
}
