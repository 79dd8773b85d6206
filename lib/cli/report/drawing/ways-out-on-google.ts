import type { CheckedDeployment } from '../../../check/checked-deployment';
import { isEverybody } from '../../../check/network/breadth';
import { googleServer } from '../../../check/network/google/google-server';
import { PRIVATE_ACCESS } from '../../../check/network/google/google-ranges';
import { type LetOut, letOutBy } from '../../../check/network/google/let-out';
import { grouped } from './grouped';
import type { Names } from './names';
import type { WayOut } from './way-out';

/** Where the firewall of its network may let a server's machine out to. */
export function waysOutOnGoogle(deployment: CheckedDeployment, names: Names): readonly WayOut[] {
  const server = googleServer(deployment);
  if (server === undefined) return [];
  const ways = letOutBy(server.out, server.speaks, 'possible');
  return grouped(ways, ({ addresses, rules }) => `${addresses.describe(40)} ${idsOf(rules)}`).map((alike) => {
    const [first] = alike;
    const lines = [
      alike.map(portsOf).join(', '),
      ...(first.rules.length === 0 ? ['no rule decides'] : first.rules.map(({ id }) => names.of(id))),
    ];
    return { host: server.host.id, title: titleOf(first), lines };
  });
}

function titleOf({ addresses }: LetOut): string {
  if (PRIVATE_ACCESS.covers(addresses)) return `Google's APIs, privately`;
  const withApis = addresses.overlaps(PRIVATE_ACCESS) ? " and Google's APIs" : '';
  return isEverybody(addresses) ? `public addresses${withApis}` : addresses.describe(2);
}

function portsOf({ protocol, ports }: LetOut): string {
  if (ports === undefined) return protocol;
  const { from, to } = ports;
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

function idsOf(rules: LetOut['rules']): string {
  return rules.map(({ id }) => id).join(' ');
}
