import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from '../deployment';

/** Where a process will listen. */
export interface ExpectedListener {
  readonly address: string;
  readonly port: number;
}

const PAUSE_MS = 30;
/** On loopback a connection is there at once; the rest of it is spent waiting for an answer that nobody gives. */
const CONNECT_TIMEOUT_MS = 60;
/** What to call for those that listen on every address of a family. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/**
 * Waits until connections are accepted on all these listeners, and says whether they are. Asked by connecting and not of the kernel's
 * tables, which take milliseconds of CPU time to read.
 *
 * @param task a place in the same network
 */
export async function awaitListeners(
  task: Place,
  process: { isRunning(): boolean },
  listeners: readonly ExpectedListener[],
  timeoutMs: number,
): Promise<boolean> {
  const until = Date.now() + timeoutMs;
  let missing = listeners;
  while (process.isRunning() && Date.now() < until) {
    const accepted = await Promise.all(missing.map((listener) => accepts(task, listener)));
    missing = missing.filter((_, index) => accepted[index] === false);
    if (missing.length === 0) {
      return true;
    }
    await sleep(PAUSE_MS);
  }
  return false;
}

async function accepts(task: Place, { address, port }: ExpectedListener): Promise<boolean> {
  const to = LOOPBACK[address] ?? address;
  const report = await task.probe({ kind: 'raw', address: to, port, chunks: [], timeoutMs: CONNECT_TIMEOUT_MS });
  return report.outcome === 'connected';
}
