import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import type { ProbeReport, RawProbe } from '../../probe';
import { type BurstRequest, closeHttp2, http2Requests, openHttp2 } from './http2-burst';
import { goodCaller } from '../good-call';
import { sendBytes } from '../ingress-bytes';
import { tryCall } from '../ingress-call';
import { fromTask, type IngressDoor, listenerPort, proxysDoor, STRAIGHT } from '../ingress-door';
import { adminDoorOf, adminListener, hasNoAdminDoor, operatorsToken, tryAdmin } from '../operators/door';
import { uniqueKey } from '../planted';
import { durationSeconds, listenerOn, settings } from '../proxy-listener';
import { type LoggedRequest, readProxyLog } from '../proxy-log';

/** What is sent where no limit is stated, and the most that is sent to reach a stated one. */
const FLOOD_WHERE_NONE_IS_STATED = 4_000;
const LARGEST_FLOOD = 20_000;
const CONNECTIONS = 8;
/** Streams that are opened at once on a connection; servers refuse the hundredth, and waves may arrive together. */
const WAVE = 8;
const PAUSE_MS = 8;
const LAST_ANSWERS_MS = 100;
const TIMEOUT_MS = 8_000;
/** A flood's log fills the proxy's buffers, so that most of it is written out at once. */
const LOGGED_WITHIN_MS = 3_000;
const POLL_MS = 200;
/** Until an emptied bucket admits the next attack's calls again. */
const RECOVERY_MS = 1_500;
const TOO_MANY_REQUESTS = 429;

/** More requests than one caller, or operator, may send. */
export const FLOOD_ATTACKS: readonly Attack[] = [
  {
    id: 'flood-from-one-address',
    claim: 'rate-bounded',
    ...STRAIGHT,
    exclusive: true,
    attempt: 'send more requests at once than the proxy admits from one address, each claiming another address',
    expected: '429 from the proxy for the rest, while a caller from elsewhere is served',
    run: (deployment) => flood(deployment, CALLERS),
    control: {
      ...STRAIGHT,
      attempt: 'send one call',
      run: (deployment) => CALLERS.goodCall(deployment, CALLERS.door(deployment)),
    },
  },
  {
    id: 'flood-of-the-operators-door',
    claim: 'rate-bounded',
    from: 'admin-balancer',
    exclusive: true,
    attempt: "send more requests at once than the operators' door admits from one address",
    expected: '429 from the proxy for the rest, while an operator from elsewhere is served',
    notApplicable: hasNoAdminDoor,
    run: (deployment) => flood(deployment, OPERATORS),
    control: {
      from: 'admin-balancer',
      attempt: 'send one call',
      run: (deployment) => OPERATORS.goodCall(deployment, OPERATORS.door(deployment)),
    },
  },
];

/** Whose door is flooded. */
interface Flooded {
  door(deployment: Deployment): IngressDoor;
  hostname(deployment: Deployment): string;
  goodCall(deployment: Deployment, door: IngressDoor): Promise<Observation>;
}

const CALLERS: Flooded = {
  door: proxysDoor,
  hostname: ({ door }) => door.hostname,
  goodCall: (deployment, door) => tryCall(deployment, door, goodCaller(deployment)),
};

const OPERATORS: Flooded = {
  door: adminListener,
  hostname: (deployment) => adminDoorOf(deployment).hostname,
  goodCall: (deployment, door) => tryAdmin(deployment, door, { path: '/version', token: operatorsToken(deployment) }),
};

async function flood(deployment: Deployment, flooded: Flooded): Promise<Observation> {
  const door = flooded.door(deployment);
  const bucket = smallestBucket(
    listenerOn(deployment.bootstrap, listenerPort(deployment, door.port)) ?? deployment.bootstrap,
  );
  const marker = uniqueKey();
  const started = performance.now();
  const size = floodSize(bucket);
  const connections = wavesByConnection(flooded.hostname(deployment), marker, size);
  let seconds: number | undefined;
  const bursts = Promise.all(connections.map((chunks) => burst(deployment, door, chunks))).then(() => {
    seconds = (performance.now() - started) / 1_000;
  });
  const starved = await isRefusedWhile(
    () => flooded.goodCall(deployment, fromTask(deployment, door)),
    () => seconds === undefined,
  );
  await bursts;
  const logged = await loggedFlood(deployment, door, marker, size);
  await sleep(RECOVERY_MS);
  const stopped = logged.filter(isRateLimited);
  const observed = `${stopped.length} of ${logged.length} requests were answered 429`;
  if (starved) return { succeeded: true, observed: `${observed}, and somebody from elsewhere was not served either` };
  const details = stopped[0]?.details;
  if (details === undefined) return { succeeded: logged.length > admits(bucket, seconds ?? 0), observed };
  return {
    succeeded: false,
    observed: `${observed}, somebody from elsewhere was served`,
    refusedBy: `envoy: ${details}`,
  };
}

/** Whether the proxy refuses a good call while the flood lasts. */
async function isRefusedWhile(goodCall: () => Promise<Observation>, floods: () => boolean): Promise<boolean> {
  while (floods()) {
    const seen = await goodCall();
    if (!seen.succeeded && seen.refusedBy?.startsWith('envoy:') === true) return true;
    await sleep(PAUSE_MS);
  }
  return false;
}

/** What the proxy logged of the flood, when the whole of it or its first refusal is written out. */
async function loggedFlood(
  deployment: Deployment,
  door: IngressDoor,
  marker: string,
  size: number,
): Promise<readonly LoggedRequest[]> {
  const deadline = performance.now() + LOGGED_WITHIN_MS;
  for (;;) {
    const logged = readProxyLog(deployment.bootstrap, door.log(), { marker });
    const enough = logged.length >= size || logged.some(isRateLimited);
    if (enough || performance.now() > deadline) return logged;
    await sleep(POLL_MS);
  }
}

/** The details of one that was cut off later name what cut it, and say nothing about the limit. */
function isRateLimited({ status, details }: LoggedRequest): boolean {
  return status === TOO_MANY_REQUESTS && details?.endsWith('rate_limited') === true;
}

function burst(deployment: Deployment, door: IngressDoor, chunks: RawProbe['chunks']): Promise<ProbeReport> {
  return sendBytes(deployment, door, {
    chunks,
    timeoutMs: TIMEOUT_MS,
  });
}

/** Requests for what the proxy gives to nobody, without a token, so that nothing but the proxy is kept busy. */
function wavesByConnection(authority: string, marker: string, size: number): readonly RawProbe['chunks'][] {
  const requests = Array.from({ length: size }, (_, index) => ({
    authority,
    path: `/restate/${marker}-${index}`,
    headers: [['x-forwarded-for', `192.0.2.${index % 250}`]] as const,
  }));
  const each = Math.ceil(size / CONNECTIONS);
  return Array.from({ length: CONNECTIONS }, (_, number) => waves(requests.slice(number * each, (number + 1) * each)));
}

function waves(requests: readonly BurstRequest[]): RawProbe['chunks'] {
  const chunks = Array.from({ length: Math.ceil(requests.length / WAVE) }, (_, wave) => ({
    afterMs: PAUSE_MS,
    data: http2Requests(requests.slice(wave * WAVE, (wave + 1) * WAVE), 1 + 2 * wave * WAVE),
  }));
  return [{ afterMs: 0, data: openHttp2() }, ...chunks, { afterMs: LAST_ANSWERS_MS, data: closeHttp2() }];
}

/** A token bucket of the proxy. */
interface Bucket {
  readonly burst: number;
  readonly perSecond: number;
}

function smallestBucket(bootstrap: unknown): Bucket | undefined {
  type Stated = { readonly max_tokens?: number; readonly tokens_per_fill?: number; readonly fill_interval?: unknown };
  const stated = settings(bootstrap, 'token_bucket') as readonly Stated[];
  return stated
    .map(({ max_tokens: most = 1, tokens_per_fill: tokens = 1, fill_interval: interval }) => ({
      burst: most,
      perSecond: tokens / (durationSeconds(interval) ?? 1),
    }))
    .toSorted((a, b) => a.burst - b.burst)[0];
}

/** How many requests empty the bucket and keep it empty for a while. */
function floodSize(bucket: Bucket | undefined): number {
  if (bucket === undefined) return FLOOD_WHERE_NONE_IS_STATED;
  return Math.min(Math.ceil(bucket.burst + 3 * bucket.perSecond) + 500, LARGEST_FLOOD);
}

/** How many requests may be admitted in a time; more of them have met no limit. */
function admits(bucket: Bucket | undefined, seconds: number): number {
  return bucket === undefined ? FLOOD_WHERE_NONE_IS_STATED / 2 : bucket.burst + bucket.perSecond * seconds;
}
