import type { Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller } from '../good-call';
import { send } from '../ingress-call';
import type { IngressDoor } from '../ingress-door';
import { uniqueKey } from '../planted';
import { whoRefused } from '../refusal';

/** A header that is sent along with a good call, to see whether the server writes it down. */
export interface SentHeader {
  readonly name: string;
  readonly value: string;
}

/** What became of headers that were sent along. */
export type JournalOutcome =
  | { readonly outcome: 'admitted'; readonly written: readonly SentHeader[]; readonly journal: readonly SentHeader[] }
  | { readonly outcome: 'refused'; readonly seen: Observation };

/**
 * Makes a good call with further headers and asks the server's own journal what it wrote down of the call. The server itself drops
 * `host`, `connection` and `idempotency-key` alone; what else is missing was removed by the proxy.
 */
export async function sendHeaders(
  deployment: Deployment,
  door: IngressDoor,
  sent: readonly SentHeader[],
): Promise<JournalOutcome> {
  const key = uniqueKey();
  const good = goodCaller(deployment);
  const headers = sent.map(({ name, value }) => [name, value] as const);
  const report = await send(deployment, door, { key, ...good, headers });
  const id = report.outcome === 'response' ? report.headers['x-restate-id'] : undefined;
  if (id === undefined)
    return { outcome: 'refused', seen: await whoRefused(deployment, door, { marker: key, report }) };
  const journal = await deployment.records.journalHeaders(id);
  const text = JSON.stringify(journal);
  const shown = good.token === undefined ? [] : [{ name: 'authorization', value: good.token }];
  const everything = [...sent, ...shown];
  return { outcome: 'admitted', journal, written: everything.filter(({ value }) => text.includes(value)) };
}
