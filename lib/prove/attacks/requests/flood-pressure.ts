import { setTimeout as sleep } from 'node:timers/promises';
import type { Deployment } from '../../deployment';
import type { RawProbe } from '../../probe';
import { type BurstRequest, http2Requests, openHttp2 } from './http2-burst';
import { sendBytes } from '../ingress-bytes';
import type { IngressDoor } from '../ingress-door';

/** Requests that keep coming from one address. */
export interface FloodPressure {
  /** Whether more of them come. */
  lasts(): boolean;
  /** How many were sent. */
  sent(): number;
  /** Sends what has begun to its end, and nothing more. */
  stop(): Promise<void>;
}

/** What is flooded, and how hard. */
export interface FloodOptions {
  readonly door: IngressDoor;
  readonly authority: string;
  /** A text that stands in the path of each request and of no other. */
  readonly marker: string;
  /** As fast as the machine allows, but no faster. */
  readonly perSecond: number;
  /** How many are sent before it ends by itself. */
  readonly most: number;
}

const CONNECTIONS = 8;
/** Streams that are opened at once on a connection: many, since each wave is late on a busy machine; servers refuse the hundredth. */
const WAVE = 32;
/** A connection sends this many before another takes its place. */
const WAVES = 16;
const LAST_ANSWERS_MS = 100;
const TIMEOUT_MS = 8_000;
const LONGEST_MS = 30_000;

/** Keeps on sending over several connections at once, each request with another address in `x-forwarded-for`. */
export function keepFlooding(deployment: Deployment, options: FloodOptions): FloodPressure {
  const { door, perSecond, most } = options;
  const pauseMs = (1_000 * CONNECTIONS * WAVE) / perSecond;
  const deadline = performance.now() + LONGEST_MS;
  let sent = 0;
  let over = false;
  const lasts = (): boolean => !over && performance.now() < deadline;
  const connection = async (place: number): Promise<void> => {
    // one after the other, so that neither their waves nor the pauses between two of a kind coincide
    await sleep((place * WAVES * pauseMs) / CONNECTIONS);
    while (lasts() && sent < most) {
      const size = Math.min(WAVE * WAVES, most - sent);
      const requests = Array.from({ length: size }, (_, index) => floodRequest(options, sent + index));
      sent += size;
      await sendBytes(deployment, door, {
        chunks: waves(requests, pauseMs),
        lingerMs: LAST_ANSWERS_MS,
        timeoutMs: TIMEOUT_MS,
      });
    }
  };
  const ended = Promise.all(Array.from({ length: CONNECTIONS }, (_, place) => connection(place))).finally(
    () => (over = true),
  );
  // who stops it is told of a failure; until then nobody waits for it
  ended.catch(() => undefined);
  return {
    lasts,
    sent: () => sent,
    stop: async () => {
      over = true;
      await ended;
    },
  };
}

/** A request for what the proxy gives to nobody, without a token, so that nothing but the proxy is kept busy. */
function floodRequest({ authority, marker }: FloodOptions, index: number): BurstRequest {
  return {
    authority,
    path: `/restate/${marker}-${index}`,
    headers: [['x-forwarded-for', `192.0.2.${index % 250}`]],
  };
}

function waves(requests: readonly BurstRequest[], pauseMs: number): RawProbe['chunks'] {
  const chunks = Array.from({ length: Math.ceil(requests.length / WAVE) }, (_, wave) => ({
    afterMs: pauseMs,
    data: http2Requests(requests.slice(wave * WAVE, (wave + 1) * WAVE), 1 + 2 * wave * WAVE),
  }));
  return [{ afterMs: 0, data: openHttp2() }, ...chunks];
}
