import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt, Observation, PlaceName } from '../../attack';
import type { Deployment } from '../../deployment';
import { registrationOf } from '../../service/registration';
import { uniqueKey } from '../planted';

/** Where a registration should not get to. */
export interface RegistrationTarget {
  /** The place that listens. */
  readonly place: PlaceName;
  readonly family: 4 | 6;
  /** @default - a free port */
  readonly port?: number;
  /** How it is spelled. @default - http, over HTTP/1.1 */
  readonly form?: Partial<UriForm>;
}

/** What else stands in a URI, and what is spoken there. */
export interface UriForm {
  readonly scheme: string;
  /** Before the host: `user:password`. */
  readonly userInfo: string;
  /** After the port; a query and a fragment may stand in it. */
  readonly path: string;
  /** Ask in HTTP/1.1, which a plain listener understands. @default - HTTP/2 without TLS, as services speak it */
  readonly http11: boolean;
}

/** The server retries for most of a minute; whether its first packet was refused is known at once. */
const OUTCOME_WITHIN_MS = 6000;
const POLL_MS = 150;

/**
 * Has the server itself fetch from an address, as whoever may register deployments can, and asks the listener there who came. The
 * registration is a rehearsal: nothing would be registered if it succeeded.
 */
export async function tryRegistration(deployment: Deployment, target: RegistrationTarget): Promise<Observation> {
  const place = deployment.place(target.place);
  const address = target.family === 4 ? place.address : place.address6;
  const canary = await place.listen({ address, port: target.port ?? 0, answer: '{}' });
  try {
    const asking = rehearse(deployment, { address, port: canary.port, http11: true, ...target.form });
    const deadline = performance.now() + OUTCOME_WITHIN_MS;
    while (performance.now() < deadline) {
      if ((await canary.received()).length > 0)
        return { succeeded: true, observed: `the server called port ${canary.port}` };
      const from = target.family === 4 ? deployment.taskAddress : deployment.taskAddress6;
      const group = await deployment.firewallRefused({ from, to: address, toPort: canary.port });
      if (group !== undefined)
        return { succeeded: false, observed: 'nothing arrived', refusedBy: `firewall: ${group}` };
      await sleep(POLL_MS);
    }
    return { succeeded: false, observed: `nothing arrived; the server said: ${await asking}` };
  } finally {
    await canary.close();
  }
}

/** The registered service's own address is reached in the same way. */
export const REGISTRATION_OF_SERVICE: Attempt = {
  from: 'task',
  attempt: "registration of the service's own address",
  run: async (deployment) => {
    const { service } = deployment;
    const path = `/${uniqueKey()}`;
    const said = rehearseRaw(deployment, { ...registrationOf(service), uri: `${service.uri}${path}` });
    const deadline = performance.now() + OUTCOME_WITHIN_MS;
    while (performance.now() < deadline) {
      const requests = await deployment.service.requests();
      if (requests.some((request) => request.path.startsWith(path))) {
        return { succeeded: true, observed: 'the service was asked what it offers' };
      }
      await sleep(POLL_MS);
    }
    return { succeeded: false, observed: `the service was asked nothing; the server said: ${await said}` };
  },
};

/** What is registered. */
export interface Rehearsal extends Partial<UriForm> {
  readonly address: string;
  readonly port: number;
}

/** Registration of an address over break-glass, as a rehearsal. Returns what the server says of it, or that it said nothing in time. */
export function rehearse(deployment: Deployment, target: Rehearsal): Promise<string> {
  const { scheme = 'http', userInfo = '', address, port, path = '', http11 = false } = target;
  const host = address.includes(':') ? `[${address}]` : address;
  const authority = userInfo === '' ? host : `${userInfo}@${host}`;
  return rehearseRaw(deployment, { uri: `${scheme}://${authority}:${port}${path}`, use_http_11: http11 });
}

/** The same for whatever the server takes: `uri`, or `arn` of a Lambda function. */
export async function rehearseRaw(deployment: Deployment, what: Readonly<Record<string, unknown>>): Promise<string> {
  try {
    const answer = await deployment.records.admin('/deployments', {
      method: 'POST',
      json: { ...what, dry_run: true },
      timeoutMs: OUTCOME_WITHIN_MS,
    });
    return `${answer.status} ${answer.body.slice(0, 300)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
