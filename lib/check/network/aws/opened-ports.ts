import type { Artifact, GroupRule } from '../../../artifact/artifact';
import { RESTATE_PORTS } from '../../../restate/listeners';
import type { Finding } from '../../finding';
import { isEverybody } from '../breadth';
import { blockOf } from './admission';
import { describePeer } from './describe-rule';

/** The port that a claim is about where no server is in the file, and only rules speak of it. */
const PORTS: ReadonlyMap<string, number> = new Map([
  ['admin-closed', RESTATE_PORTS.admin],
  ['fabric-cluster-only', RESTATE_PORTS.fabric],
]);

/**
 * What rules that name a port of the server say, where the server itself is not in the file: open to everybody they are whatever stands
 * behind them, and of all others it is not known.
 */
export function openedPorts(claim: string, { groups }: Artifact): readonly Finding[] {
  const port = PORTS.get(claim);
  if (port === undefined) return [];
  return groups.flatMap(({ id, rules }): readonly Finding[] => {
    const about = rules.filter(
      ({ direction, fromPort, toPort }) => direction === 'in' && fromPort === port && toPort === port,
    );
    const open = about.filter(isOpen);
    if (about.length === 0) return [];
    const said = (open.length > 0 ? open : about).map((rule) => describePeer(rule)).join(', ');
    const behind = 'and what stands behind it is not in the file';
    return [
      {
        verdict: open.length > 0 ? 'broken' : 'unproven',
        subject: id,
        evidence: `${id} admits ${said} to port ${port}, ${behind}`,
      },
    ];
  });
}

function isOpen(rule: GroupRule): boolean {
  return rule.peer.kind === 'cidr' && isEverybody(blockOf(rule));
}
