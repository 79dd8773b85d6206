import { setTimeout as sleep } from 'node:timers/promises';
import { RESTATE_PORTS } from '../../../restate/listeners';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { counterPath } from '../ingress-call';
import { uniqueKey } from '../planted';
import { doorPort } from './server-dump';

/** A call at the server's own ingress, which does not depend on what the proxy lets through. */
interface LocalCall {
  readonly path: string;
  readonly body: unknown;
  /** Makes the call safe to repeat. @default - none */
  readonly idempotencyKey?: string;
}

const ANSWER_MS = 6000;
const ANSWERED_WITHIN_MS = 45_000;
const PAUSE_MS = 60;
/** Callers at once, and calls of each, one after another. */
const LOAD = { callers: 4, calls: 15 };
/** How long the load has been on when the server is killed, in milliseconds. */
const KILL_AFTER_MS = 120;
/** How long the call takes that a deployment meets under way, in milliseconds. */
const LONG_CALL_MS = 3000;

/** What a server answers that does not know the service. */
const FORGOTTEN = 'that it does not know the service';

/** What is left of work when its server ends. Each ends the server, so each runs by itself. */
export const CONTINUITY_ATTACKS: readonly Attack[] = [
  {
    id: 'server-lost-with-its-machine',
    claim: 'node-replaced-with-its-disk',
    from: 'task',
    exclusive: true,
    attempt: 'kill -9 of the server after a write, and a task with the same disk in its place',
    expected: 'the value that was written',
    run: known((deployment) => writeAndRead(deployment, () => deployment.replaceServer('SIGKILL'))),
    control: {
      from: 'task',
      attempt: 'the same write and read without a replacement',
      run: async (deployment) => {
        const seen = await writeAndRead(deployment, () => Promise.resolve());
        return { succeeded: !seen.succeeded, observed: seen.observed };
      },
    },
  },
  {
    id: 'server-killed-under-load',
    claim: 'no-acknowledged-loss',
    from: 'task',
    exclusive: true,
    attempt: `kill -9 of the server while ${LOAD.callers} callers write, each repeating a call until it is acknowledged`,
    expected: 'every acknowledged call counted once',
    run: known((deployment) => countUnderLoad(deployment, () => deployment.replaceServer('SIGKILL'))),
    control: {
      from: 'task',
      attempt: 'the same load without a kill',
      run: async (deployment) => {
        const seen = await countUnderLoad(deployment, () => Promise.resolve());
        return { succeeded: !seen.succeeded, observed: seen.observed };
      },
    },
  },
  {
    id: 'disk-restored-from-snapshot',
    claim: 'snapshot-restores',
    from: 'task',
    exclusive: true,
    attempt: `loss of the disk, and a task on a snapshot that was taken of it while ${LOAD.callers} callers wrote`,
    expected: 'what was acknowledged before the snapshot is there, and calls that are repeated count once',
    notApplicable: ({ artifact }) =>
      artifact.diskSnapshots === undefined ? 'no snapshots of disks are taken' : undefined,
    run: known(countAfterRestore),
    control: {
      from: 'task',
      attempt: 'the same load, and a snapshot that is not used',
      run: async (deployment) => {
        const { counts } = await loadWithSnapshot(deployment);
        const read = await counts();
        const succeeded = read.every((count) => count === String(LOAD.calls));
        return { succeeded, observed: `counted ${read.join(', ')}` };
      },
    },
  },
  {
    id: 'call-under-way-at-deployment',
    claim: 'deploy-drains',
    from: 'task',
    exclusive: true,
    attempt: `a deployment while a call of ${LONG_CALL_MS} ms is under way`,
    expected: 'the server ends within its stop time, and the call has its result after',
    run: known(callAcrossDeployment),
    control: {
      from: 'task',
      attempt: 'such a call without a deployment',
      run: async (deployment) => {
        const answer = await answered(deployment, { path: '/Greeter/wait', body: 100 });
        return { succeeded: answer === '"waited"', observed: `answered ${answer}` };
      },
    },
  },
];

/** A server that never knew the service has nothing to lose, and shows nothing of what it would keep. */
function known(run: Attack['run']): Attack['run'] {
  return async (deployment) => {
    const path = counterPath(uniqueKey()).replace(/add$/, 'get');
    const answer = await answered(deployment, { path, body: null });
    if (answer === FORGOTTEN) throw new Error('the server does not know the service before it ends');
    return run(deployment);
  };
}

async function writeAndRead(deployment: Deployment, between: () => Promise<unknown>): Promise<Observation> {
  const path = counterPath(uniqueKey());
  await answered(deployment, { path, body: 3 });
  await between();
  const read = await answered(deployment, { path: path.replace(/add$/, 'get'), body: null });
  const observed = `wrote 3, read ${read}`;
  return read === '3'
    ? { succeeded: false, observed, refusedBy: 'restate: kept on its disk' }
    : { succeeded: true, observed };
}

async function countUnderLoad(deployment: Deployment, during: () => Promise<unknown>): Promise<Observation> {
  const paths = Array.from({ length: LOAD.callers }, () => counterPath(uniqueKey()));
  const callers = paths.map(async (path) => {
    for (let call = 0; call < LOAD.calls; call += 1) {
      if ((await answered(deployment, { path, body: 1, idempotencyKey: `${path}-${call}` })) === FORGOTTEN) return;
    }
  });
  await Promise.all([...callers, sleep(KILL_AFTER_MS).then(during)]);
  const counts = await Promise.all(
    paths.map((path) => answered(deployment, { path: path.replace(/add$/, 'get'), body: null })),
  );
  const observed = `${LOAD.calls} calls acknowledged to each caller, counted ${counts.join(', ')}`;
  return counts.every((count) => count === String(LOAD.calls))
    ? { succeeded: false, observed, refusedBy: 'restate: each once in its journal' }
    : { succeeded: true, observed };
}

/** What callers did while a snapshot was taken. */
interface LoadWithSnapshot {
  /** Calls of each caller that were acknowledged when the snapshot began. */
  readonly acknowledged: readonly number[];
  /** Calls of each caller that had been sent when it was done. */
  readonly sent: readonly number[];
  readonly restore: () => Promise<void>;
  /** The count of each caller, as the server has it. */
  readonly counts: () => Promise<readonly string[]>;
  /** Sends all calls once more, each under the key that it had. */
  readonly repeat: () => Promise<void>;
}

async function loadWithSnapshot(deployment: Deployment): Promise<LoadWithSnapshot> {
  const callers = Array.from({ length: LOAD.callers }, () => ({
    path: counterPath(uniqueKey()),
    sent: 0,
    acknowledged: 0,
  }));
  const send = async (caller: (typeof callers)[number]): Promise<void> => {
    for (let call = 0; call < LOAD.calls; call += 1) {
      caller.sent = call + 1;
      const answer = await answered(deployment, {
        path: caller.path,
        body: 1,
        idempotencyKey: `${caller.path}-${call}`,
      });
      if (answer === FORGOTTEN) return;
      caller.acknowledged = call + 1;
    }
  };
  const load = Promise.all(callers.map(send));
  await sleep(KILL_AFTER_MS);
  const acknowledged = callers.map((caller) => caller.acknowledged);
  const restore = await deployment.snapshotDisk();
  const sent = callers.map((caller) => caller.sent);
  await load;
  return {
    acknowledged,
    sent,
    restore,
    counts: () =>
      Promise.all(callers.map(({ path }) => answered(deployment, { path: path.replace(/add$/, 'get'), body: null }))),
    repeat: async () => void (await Promise.all(callers.map(send))),
  };
}

/** A write after the snapshot tells a server on the copy from one that was never restored. */
async function countAfterRestore(deployment: Deployment): Promise<Observation> {
  const { acknowledged, sent, restore, counts, repeat } = await loadWithSnapshot(deployment);
  const since = counterPath(uniqueKey());
  await answered(deployment, { path: since, body: 3 });
  await restore();
  const restored = await counts();
  const gone = (await answered(deployment, { path: since.replace(/add$/, 'get'), body: null })) !== '3';
  await repeat();
  const repeated = await counts();
  const whole = restored.every(
    (count, index) => Number(count) >= Number(acknowledged[index]) && Number(count) <= Number(sent[index]),
  );
  const observed = `acknowledged before it ${acknowledged.join(', ')}, restored ${restored.join(', ')}, repeated ${repeated.join(', ')}`;
  if (!gone) throw new Error('the server that was restored knows what came after the snapshot');
  return whole && repeated.every((count) => count === String(LOAD.calls))
    ? { succeeded: false, observed, refusedBy: 'restate: kept in the snapshot' }
    : { succeeded: true, observed };
}

async function callAcrossDeployment(deployment: Deployment): Promise<Observation> {
  const call: LocalCall = { path: '/Greeter/wait', body: LONG_CALL_MS, idempotencyKey: uniqueKey() };
  const underWay = tryOnce(deployment, call);
  await sleep(LONG_CALL_MS / 5);
  const { inTime, afterMs } = await deployment.replaceServer('SIGTERM');
  await underWay;
  const answer = await answered(deployment, call);
  const observed = `the server ended ${inTime ? '' : 'by force '}after ${Math.round(afterMs)} ms, the call was answered ${answer}`;
  return inTime && answer === '"waited"'
    ? { succeeded: false, observed, refusedBy: 'restate: resumed from its journal' }
    : { succeeded: true, observed };
}

/** Repeats a call until it is answered with a success, as a caller of a durable server does. */
async function answered(deployment: Deployment, call: LocalCall): Promise<string> {
  const repeatable = { ...call, idempotencyKey: call.idempotencyKey ?? uniqueKey() };
  const deadline = performance.now() + ANSWERED_WITHIN_MS;
  for (;;) {
    const answer = await tryOnce(deployment, repeatable);
    if (answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error('the server gave no answer');
    await sleep(PAUSE_MS);
  }
}

async function tryOnce(deployment: Deployment, { path, body, idempotencyKey }: LocalCall): Promise<string | undefined> {
  const report = await deployment.place('task').probe({
    kind: 'http',
    protocol: 'http/1.1',
    address: '127.0.0.1',
    port: await doorPort(deployment, 'ingress'),
    method: 'POST',
    path,
    authority: `127.0.0.1:${RESTATE_PORTS.ingress}`,
    headers: [
      ['content-type', 'application/json'],
      ...(idempotencyKey === undefined ? [] : [['idempotency-key', idempotencyKey] as const]),
    ],
    body: JSON.stringify(body),
    timeoutMs: ANSWER_MS,
  });
  if (report.outcome !== 'response') return undefined;
  // the service was registered: a server that does not know it has lost more than the call
  return report.status === 404 ? FORGOTTEN : report.status === 200 ? report.body : undefined;
}
