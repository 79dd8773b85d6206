import { setTimeout as sleep } from 'node:timers/promises';
import type { Deployment } from '../../deployment';
import type { IngressDoor } from '../ingress-door';
import { type LoggedRequest, readProxyLog } from '../proxy-log';

/** What the proxy says of a flood. */
export interface FloodLog {
  readonly requests: number;
  /** How many met a limit. */
  readonly stopped: number;
  /** How many met none. */
  readonly admitted: number;
  /** Envoy's word for the limit. */
  readonly limit?: string;
}

/** The log is written out by and by; what is not there after nothing new has come for a while, is lost. */
const SILENCE_MS = 1_500;
const POLL_MS = 200;
const TOO_MANY_REQUESTS = 429;

/** Reads what is logged of requests that have a text in their paths, again and again until that is enough, or nothing new comes. */
export async function awaitFloodLog(
  { bootstrap }: Deployment,
  door: IngressDoor,
  marker: string,
  until: { readonly enough: (log: FloodLog) => boolean; readonly comesMore: () => boolean },
): Promise<FloodLog> {
  let log = summary([]);
  let changed = performance.now();
  for (;;) {
    const more = until.comesMore();
    const now = summary(readProxyLog(bootstrap, door.log(), { marker }));
    if (more || now.requests > log.requests) changed = performance.now();
    log = now;
    if (until.enough(log) || performance.now() > changed + SILENCE_MS) return log;
    await sleep(POLL_MS);
  }
}

function summary(logged: readonly LoggedRequest[]): FloodLog {
  const stopped = logged.filter(isStopped);
  const limit = stopped[0]?.details;
  return {
    requests: logged.length,
    stopped: stopped.length,
    admitted: logged.filter(isAdmitted).length,
    ...(limit !== undefined && { limit }),
  };
}

/** The details of one that was cut off later name what cut it, and say nothing about the limit. */
function isStopped({ status, details }: LoggedRequest): boolean {
  return status === TOO_MANY_REQUESTS && details?.endsWith('rate_limited') === true;
}

/** One that was cut off before its answer has no status. */
function isAdmitted({ status = 0 }: LoggedRequest): boolean {
  return status > 0 && status !== TOO_MANY_REQUESTS;
}
