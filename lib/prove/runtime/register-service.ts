import { setTimeout as sleep } from 'node:timers/promises';
import { CannotProveError } from '../cannot-prove-error';
import type { ServerRecords } from '../deployment';
import type { RegistrationAuth } from '../google-cloud/google-plan';

const DEADLINE_MS = 20_000;
const ATTEMPT_MS = 6000;
const PAUSE_MS = 50;
const ANSWER_CHARACTERS = 200;

/** What is registered. */
export interface Registered {
  readonly uri: string;
  /** How the server shows itself to the service. @default - it shows nothing but its signature */
  readonly auth?: RegistrationAuth;
}

/**
 * Registers a service the documented break-glass way, which needs no door to be opened.
 *
 * @throws CannotProveError `ServiceNotRegistered`
 */
export async function registerService(records: ServerRecords, uri: string): Promise<void> {
  const said = await tryToRegister(records, { uri });
  if (said === undefined) return;
  throw new CannotProveError(
    'ServiceNotRegistered',
    `the server did not take the service behind it: ${said}`,
    "let the task's group out to the services' group, and the services' group let it in, on the same port; on Google let the machine's account out to their range and port",
  );
}

/**
 * The same for whoever wants to know why it did not work, as where it is for an attack to say so. A server that has just started answers
 * that it is not ready, so it is asked again.
 *
 * @returns what the server said last; `undefined` when it took the service
 */
export async function tryToRegister(records: ServerRecords, what: Registered): Promise<string | undefined> {
  const until = Date.now() + DEADLINE_MS;
  let said: string;
  do {
    said = await tryOnce(records, what);
    if (said === '') return undefined;
    await sleep(PAUSE_MS);
  } while (Date.now() < until);
  return said;
}

/** Empty when it worked, else what the server said. */
async function tryOnce(records: ServerRecords, what: Registered): Promise<string> {
  try {
    const { status, body } = await records.admin('/deployments', { json: what, timeoutMs: ATTEMPT_MS });
    return status === 200 || status === 201 ? '' : `${status} ${body.slice(0, ANSWER_CHARACTERS)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
