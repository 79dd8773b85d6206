import type { GroupRule } from '../../artifact/artifact';
import type { IntendedPeer } from '../../artifact/intent';
import type { CheckedDeployment } from '../checked-deployment';
import { blockOf, nameOf } from '../network/aws/admission';
import { awsServer, portsWorth } from '../network/aws/aws-server';
import type { Comer, Comers } from './peers-as-meant';

/** Ids that the cloud has given already, which no file makes. */
const GIVEN = /^(?:sg|pl)-[0-9a-f]+$/;

/** Who gets over a balancer to a door of the proxy; who comes past it is told by other claims. */
export function comersOnAws(
  deployment: CheckedDeployment,
  door: 'ingress' | 'admin',
  peers: readonly IntendedPeer[],
): Comers {
  const server = deployment.artifact.network === undefined ? undefined : awsServer(deployment);
  if (server === undefined) return { comers: [], restsOn: [] };
  const made = new Set((deployment.artifact.mentions ?? []).map(({ by }) => by));
  const meant = peers.flatMap(({ securityGroup, prefixList }) => securityGroup ?? prefixList ?? []);
  const isStale = meant.some((id) => !GIVEN.test(id) && !made.has(id));
  const comers = portsWorth(server, door)
    .filter(({ listening }) => listening.by === 'proxy')
    .flatMap(({ listening, reach }) =>
      reach.paths.flatMap(({ via, admission }) =>
        via === undefined
          ? []
          : admission.rules.flatMap((rule) =>
              comersBy(rule, `${listening.name}, by ${nameOf(rule)}`, { meant, isStale }),
            ),
      ),
    );
  return { comers, restsOn: [server.host.id, ...server.restsOn] };
}

function comersBy(
  rule: GroupRule,
  witness: string,
  { meant, isStale }: { readonly meant: readonly string[]; readonly isStale: boolean },
): readonly Comer[] {
  const { peer } = rule;
  if (peer.kind === 'cidr') return [{ who: blockOf(rule), witness }];
  // Who is a group of another file shows at deployment alone.
  if (peer.kind === 'unknown') return [];
  const isMeant = meant.includes(peer.id) || (isStale ? 'unknown' : false);
  return [{ who: { name: peer.id, isMeant }, witness }];
}
