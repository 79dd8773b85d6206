import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../attack';
import type { Deployment } from '../deployment';
import type { RawProbe } from '../probe';
import { http2Requests, openHttp2 } from './http2-burst';
import { counterPath, tryCall } from './ingress-call';
import { proxysDoor, type IngressDoor } from './ingress-door';
import { uniqueKey } from './planted';
import { durationSeconds, settings } from './proxy-listener';
import { awaitProxyLog, readProxyLog } from './proxy-log';

/** What is sent where no limit is stated, and the most that is sent to reach a stated one. */
const FLOOD_WHERE_NONE_IS_STATED = 4_000;
const LARGEST_FLOOD = 20_000;
/** Streams that are opened at once; servers admit about a hundred. */
const WAVE = 40;
const PAUSE_MS = 4;
/** The part of a flood that must have been answered to say that nothing stopped it. */
const ENOUGH = 0.8;
/** Until an emptied bucket admits the next attack's calls again. */
const RECOVERY_MS = 1_500;
const TOO_MANY_REQUESTS = 429;

/** More requests than one caller may send. */
export const FLOOD_ATTACKS: readonly Attack[] = [
  {
    id: 'flood-from-one-address',
    claim: 'rate-bounded',
    from: 'balancer',
    exclusive: true,
    attempt: 'send more requests at once than the proxy admits from one address, each claiming another address',
    expected: '429 from the proxy for the rest, while a caller from elsewhere is served',
    run: flood,
    control: {
      from: 'balancer',
      attempt: 'send one call',
      run: (deployment) => tryCall(deployment, proxysDoor(deployment), { token: deployment.issuer.token() }),
    },
  },
];

async function flood(deployment: Deployment): Promise<Observation> {
  const { smallest, size } = floodSize(deployment.bootstrap);
  const door = proxysDoor(deployment);
  const marker = uniqueKey();
  const burst = deployment.place(door.from).probe({
    kind: 'raw',
    address: door.address,
    port: door.port,
    ...(door.tls && { tls: door.tls }),
    chunks: waves(deployment, marker, size),
    timeoutMs: (size / WAVE) * PAUSE_MS * 2 + 2_000,
  });
  const source = { bootstrap: deployment.bootstrap, log: () => door.log() };
  const first = await awaitProxyLog(source, { marker }, ({ status }) => status === TOO_MANY_REQUESTS);
  const other = await tryCall(deployment, elsewhere(door), { token: deployment.issuer.token() });
  await burst;
  await sleep(RECOVERY_MS);
  const logged = readProxyLog(deployment.bootstrap, door.log(), { marker });
  const limited = logged.filter(({ status }) => status === TOO_MANY_REQUESTS).length;
  const observed = `${limited} of ${logged.length} requests were answered 429`;
  if (first?.details === undefined) return { succeeded: size > smallest && logged.length > ENOUGH * size, observed };
  return other.succeeded
    ? {
        succeeded: false,
        observed: `${observed}, a caller from elsewhere was served`,
        refusedBy: `envoy: ${first.details}`,
      }
    : { succeeded: true, observed: `${observed}, and a caller from elsewhere was not served either` };
}

/** Requests without a token, so that nothing but the proxy is kept busy. */
function waves(deployment: Deployment, marker: string, size: number): RawProbe['chunks'] {
  const requests = Array.from({ length: size }, (_, index) => ({
    authority: deployment.door.hostname,
    path: counterPath(`${marker}-${index}`),
    headers: [['x-forwarded-for', `192.0.2.${index % 250}`]] as const,
  }));
  const chunks = Array.from({ length: Math.ceil(size / WAVE) }, (_, wave) => ({
    afterMs: PAUSE_MS,
    data: http2Requests(requests.slice(wave * WAVE, (wave + 1) * WAVE), 1 + 2 * wave * WAVE),
  }));
  return [{ afterMs: 0, data: openHttp2() }, ...chunks];
}

/** The same proxy, from an address of its own: another process of the task. */
function elsewhere(door: IngressDoor): IngressDoor {
  return { ...door, from: 'task' };
}

interface Bucket {
  readonly max_tokens?: number;
  readonly tokens_per_fill?: number;
  readonly fill_interval?: unknown;
}

/** The smallest of the proxy's buckets, and how many requests empty it also while it is being filled. */
function floodSize(bootstrap: unknown): { readonly smallest: number; readonly size: number } {
  const buckets = settings(bootstrap, 'token_bucket') as readonly Bucket[];
  const sizes = buckets.map((bucket) => {
    const perSecond = (bucket.tokens_per_fill ?? 1) / (durationSeconds(bucket.fill_interval) ?? 1);
    const smallest = bucket.max_tokens ?? 1;
    return { smallest, size: Math.min(smallest + Math.ceil(2 * perSecond) + 500, LARGEST_FLOOD) };
  });
  return sizes.toSorted((a, b) => a.smallest - b.smallest)[0] ?? { smallest: 0, size: FLOOD_WHERE_NONE_IS_STATED };
}
