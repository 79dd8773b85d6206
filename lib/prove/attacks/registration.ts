import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt, Observation, PlaceName } from '../attack';
import type { Deployment } from '../deployment';
import { uniqueKey } from './planted';

/** Where a registration should not get to. */
export interface RegistrationTarget {
  /** The place that listens. */
  readonly place: PlaceName;
  readonly family: 4 | 6;
  /** @default - a free port */
  readonly port?: number;
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
    const asking = rehearse(deployment, { address, port: canary.port, http11: true });
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
    const { address, port } = deployment.service;
    const path = `/${uniqueKey()}`;
    const said = rehearse(deployment, { address, port, path });
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
export interface Rehearsal {
  readonly address: string;
  readonly port: number;
  /** @default - the root */
  readonly path?: string;
  /** Ask in HTTP/1.1, which a plain listener understands. @default - HTTP/2 without TLS, as services speak it */
  readonly http11?: boolean;
}

/** Registration of an address over break-glass, as a rehearsal. Returns what the server says of it, or that it said nothing in time. */
export async function rehearse(deployment: Deployment, target: Rehearsal): Promise<string> {
  const { address, port, path = '', http11 = false } = target;
  const host = address.includes(':') ? `[${address}]` : address;
  const json = { uri: `http://${host}:${port}${path}`, dry_run: true, use_http_11: http11 };
  try {
    const answer = await deployment.records.admin('/deployments', {
      method: 'POST',
      json,
      timeoutMs: OUTCOME_WITHIN_MS,
    });
    return `${answer.status} ${answer.body.slice(0, 300)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
