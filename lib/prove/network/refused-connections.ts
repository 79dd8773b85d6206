import { setTimeout as sleep } from 'node:timers/promises';
import ipaddr from 'ipaddr.js';
import type { Firewall } from './firewall';
import { REFUSED } from './refusal-record';
import { runChecked } from './run-checked';

/** A connection as its first packet showed it. */
export interface Flow {
  readonly from: string;
  /** Absent: whether any connection between these two was refused. */
  readonly fromPort?: number;
  readonly to: string;
  readonly toPort: number;
}

const LATE_MS = 150;

interface NftList {
  readonly nftables: readonly {
    readonly set?: {
      readonly name: string;
      readonly elem?: readonly { readonly concat: readonly (string | number)[] }[];
    };
  }[];
}

/** A connection whose first packet was refused, addresses as RFC 5952 writes them. */
export type RefusedConnection = Required<Flow> & {
  /**
   * A security group with its direction, or the missing route. Absent: a rule that the file does not give in full might have
   * admitted the connection.
   */
  readonly by: string | undefined;
};

/** Every connection that the router refused so far, as its own records have it. */
export async function readRefusals(
  enter: readonly string[],
  firewall: Pick<Firewall, 'refusers'>,
): Promise<readonly RefusedConnection[]> {
  const list = JSON.parse(await runChecked([...enter, 'nft', '-j', 'list', 'sets'])) as NftList;
  return list.nftables
    .flatMap(({ set }) => (set === undefined || !Object.values(REFUSED).includes(set.name) ? [] : (set.elem ?? [])))
    .map(({ concat: [from, fromPort, to, toPort, mark] }) => ({
      from: String(from),
      fromPort: Number(fromPort),
      to: String(to),
      toPort: Number(toPort),
      by: firewall.refusers[Number(mark) - 1],
    }));
}

/** The refusal of a connection, `undefined` when the router refused nothing of it. Exact for one connection when `fromPort` is given. */
export function findRefusal(refusals: readonly RefusedConnection[], flow: Flow): RefusedConnection | undefined {
  const from = canonical(flow.from);
  const to = canonical(flow.to);
  return refusals.find(
    (each) =>
      each.from === from &&
      each.to === to &&
      each.toPort === flow.toPort &&
      (flow.fromPort === undefined || each.fromPort === flow.fromPort),
  );
}

/** The refusal of a connection; looks again a little later before it says that there was none, since the kernel may be behind. */
export async function awaitRefusal(
  enter: readonly string[],
  firewall: Pick<Firewall, 'refusers'>,
  flow: Flow,
): Promise<RefusedConnection | undefined> {
  const found = findRefusal(await readRefusals(enter, firewall), flow);
  if (found !== undefined) return found;
  await sleep(LATE_MS);
  return findRefusal(await readRefusals(enter, firewall), flow);
}

/** As nft prints addresses. */
function canonical(address: string): string {
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
}
