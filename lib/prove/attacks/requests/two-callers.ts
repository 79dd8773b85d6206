import type { Deployment } from '../../deployment';
import type { ProbeReport } from '../../probe';
import { sendBytes } from '../ingress-bytes';
import type { IngressDoor } from '../ingress-door';
import { uniqueKey } from '../planted';
import { type LoggedRequest, readProxyLog } from '../proxy-log';
import { http2Requests, openHttp2 } from './http2-burst';

/** Two callers at one listener of the proxy, of whom one floods it. */
export interface TwoCallers {
  readonly authority: string;
  readonly flooder: IngressDoor;
  /** The same door for somebody of another address. */
  readonly other: IngressDoor;
  /** How many requests may come from one address at any time. */
  readonly burst: number;
  /** A call of the other that is good in every respect. */
  readonly goodCall: () => Promise<ProbeReport>;
  readonly floods: () => boolean;
}

/** What the two were answered. */
export interface Answers {
  /** How often the flooder was told that there are too many requests. */
  readonly stopped: number;
  /** How often the other was not. */
  readonly spared: number;
  /** Good calls of the other that were answered. */
  readonly served: number;
  /** How often the other was told so, or its good call. */
  readonly starved: number;
  /**
   * Whether the proxy has been seen to tell the two apart. Had they one bucket, each would be refused as often as the other: that it is the
   * flooder eight times and the other never, is as likely as eight heads in a row at the most, and mostly far less.
   */
  readonly toldApart: boolean;
}

const TOLD_APART = 8;
/** All that the other sends in these is half of what it may send at once. */
const MOST_TIMES = 20;
const MOST_AT_ONCE = 32;
/** A busy machine answers slowly, and several at once. */
const PARALLEL = 2;
const ANSWERED_WITHIN_MS = 1_000;
const TIMEOUT_MS = 8_000;
const TOO_MANY_REQUESTS = 429;

/**
 * Has the two send requests at the same time, while the flood lasts, until they are told apart, or found to be one to the proxy.
 *
 * @returns how they were answered, as far as the proxy's log says when it is asked
 */
export async function compareCallers(deployment: Deployment, callers: TwoCallers): Promise<() => Answers> {
  const { bootstrap } = deployment;
  const { flooder, floods } = callers;
  const marker = uniqueKey();
  const calls: ProbeReport[] = [];
  let times = 0;
  const answers = (): Answers => count(readProxyLog(bootstrap, flooder.log(), { marker }), calls);
  const compare = async (): Promise<void> => {
    while (floods() && times < MOST_TIMES && !isDecided(answers())) {
      const time = `${marker}-${times++}`;
      const sent = [sendAtOnce(deployment, callers, 'flooder', time), sendAtOnce(deployment, callers, 'other', time)];
      calls.push(await callers.goodCall());
      await Promise.all(sent);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, compare));
  return answers;
}

function isDecided({ starved, toldApart }: Answers): boolean {
  return starved > 0 || toldApart;
}

/** Requests for what the proxy gives to nobody. */
async function sendAtOnce(
  deployment: Deployment,
  callers: TwoCallers,
  who: 'flooder' | 'other',
  time: string,
): Promise<void> {
  const { authority, burst } = callers;
  const size = Math.min(Math.ceil(burst / (2 * MOST_TIMES)), MOST_AT_ONCE);
  const requests = Array.from({ length: size }, (_, index) => ({
    authority,
    path: `/restate/${time}-${who}-${index}`,
    headers: who === 'flooder' ? [['x-forwarded-for', `192.0.2.${index % 250}`] as const] : [],
  }));
  await sendBytes(deployment, callers[who], {
    chunks: [{ afterMs: 0, data: openHttp2() + http2Requests(requests, 1) }],
    lingerMs: ANSWERED_WITHIN_MS,
    timeoutMs: TIMEOUT_MS,
  });
}

function count(logged: readonly LoggedRequest[], calls: readonly ProbeReport[]): Answers {
  const stopped = { flooder: new Set<string>(), other: new Set<string>() };
  const spared = new Set<string>();
  for (const { path = '', status = 0 } of logged) {
    const [, time = '', who] = /-(\d+)-(flooder|other)-\d+$/.exec(path) ?? [];
    if (status === TOO_MANY_REQUESTS) stopped[who === 'other' ? 'other' : 'flooder'].add(time);
    else if (who === 'other' && status > 0) spared.add(time);
  }
  const statuses = calls.flatMap((call) => (call.outcome === 'response' ? [call.status] : []));
  const answers = {
    stopped: stopped.flooder.size,
    spared: [...spared].filter((time) => !stopped.other.has(time)).length,
    served: statuses.filter((status) => status >= 200 && status < 300).length,
    starved: stopped.other.size + statuses.filter((status) => status === TOO_MANY_REQUESTS).length,
  };
  const least = Math.min(answers.stopped, answers.spared, answers.served);
  return { ...answers, toldApart: answers.starved === 0 && least >= TOLD_APART };
}
