import { setTimeout as sleep } from 'node:timers/promises';
import { CannotProveError } from '../cannot-prove-error';
import type { ServerRecords } from '../deployment';

const DEADLINE_MS = 20_000;
const ATTEMPT_MS = 6000;
const PAUSE_MS = 50;
const ANSWER_CHARACTERS = 200;

/**
 * Registers a service the documented break-glass way, which needs no door to be opened. A server that has just started answers that it is
 * not ready, so it is asked again.
 *
 * @throws CannotProveError `ServiceNotRegistered`
 */
export async function registerService(records: ServerRecords, uri: string): Promise<void> {
  const until = Date.now() + DEADLINE_MS;
  let said: string;
  do {
    said = await tryOnce(records, uri);
    if (said === '') {
      return;
    }
    await sleep(PAUSE_MS);
  } while (Date.now() < until);
  throw new CannotProveError(
    'ServiceNotRegistered',
    `the server did not take the service behind it: ${said}`,
    "let the task's group out to the services' group, and the services' group let it in, on the same port",
  );
}

/** Empty when it worked, else what the server said. */
async function tryOnce(records: ServerRecords, uri: string): Promise<string> {
  try {
    const { status, body } = await records.admin('/deployments', { json: { uri }, timeoutMs: ATTEMPT_MS });
    return status === 200 || status === 201 ? '' : `${status} ${body.slice(0, ANSWER_CHARACTERS)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
