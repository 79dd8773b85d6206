import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbeResult, RawProbe } from '../../probe';
import { failure } from './failure';

/** What has come over a connection, also when the probe is cut off by its timeout. */
export interface Received {
  text: string;
}

/** Sends chunks, each after its pause, and collects what comes until enough has come or the peer closes. */
export async function probeRaw(socket: Socket, probe: RawProbe, received: Received): Promise<ProbeResult> {
  const answered = collect(socket, probe.readBytes ?? Infinity, received);
  for (const { afterMs, data } of probe.chunks) {
    const waited = await Promise.race([afterMs > 0 ? sleep(afterMs, undefined) : undefined, answered.settled]);
    if (waited === 'settled' || socket.destroyed) break;
    socket.write(Buffer.from(data, 'latin1'));
  }
  if (probe.lingerMs === undefined) return answered.result;
  return await Promise.race([answered.result, sleep(probe.lingerMs).then(() => stillOpen(received))]);
}

/** A connection that was accepted, and silent or still open when the time was up. */
export function stillOpen(received: Received): ProbeResult {
  return { outcome: 'connected', received: received.text, closed: false };
}

interface Answered {
  readonly result: Promise<ProbeResult>;
  readonly settled: Promise<'settled'>;
}

function collect(socket: Socket, enough: number, received: Received): Answered {
  const result = new Promise<ProbeResult>((resolve) => {
    const done = (closed: boolean): void => resolve({ outcome: 'connected', received: received.text, closed });
    socket.on('data', (chunk) => {
      received.text += chunk.toString('latin1');
      if (received.text.length >= enough) done(false);
    });
    socket.on('end', () => done(true));
    // A reset after bytes of an answer is how some servers close.
    socket.on('error', (error) => (received.text === '' ? resolve(failure(error)) : done(true)));
    socket.on('close', () => done(true));
  });
  return { result, settled: result.then(() => 'settled' as const) };
}
