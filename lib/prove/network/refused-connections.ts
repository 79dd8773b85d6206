import ipaddr from 'ipaddr.js';
import { REFUSED, TABLE, type Firewall } from './firewall';
import { runCommand } from './run-command';

/** A connection as its first packet showed it. */
export interface Flow {
  readonly from: string;
  /** Absent: whether any connection between these two was refused. */
  readonly fromPort?: number;
  readonly to: string;
  readonly toPort: number;
}

interface NftList {
  readonly nftables: readonly {
    readonly set?: { readonly elem?: readonly { readonly concat?: readonly (string | number)[] }[] };
  }[];
}

/**
 * Who refused a connection: a security group with its direction, or the missing route; `undefined` when the router refused nothing
 * of it. Exact for one connection when `fromPort` is given.
 */
export async function findRefuser(
  enter: readonly string[],
  firewall: Firewall,
  flow: Flow,
): Promise<string | undefined> {
  const family = ipaddr.parse(flow.to).kind() === 'ipv4' ? 4 : 6;
  const text = await runCommand([...enter, 'nft', '-j', 'list', 'set', ...TABLE.split(' '), REFUSED[family]]);
  const list = JSON.parse(text) as NftList;
  const wanted = [canonical(flow.from), flow.fromPort, canonical(flow.to), flow.toPort];
  for (const { set } of list.nftables) {
    for (const { concat } of set?.elem ?? []) {
      if (concat === undefined || !wanted.every((part, index) => part === undefined || part === concat[index]))
        continue;
      return firewall.refusers[Number(concat[4]) - 1];
    }
  }
  return undefined;
}

/** RFC 5952, as nft prints addresses. */
function canonical(address: string): string {
  const parsed = ipaddr.parse(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
}
