import { nameAsText, type IntendedPeer } from '../../artifact/intent';
import { sameText } from '../../artifact/same-text';
import type { CheckedDeployment } from '../checked-deployment';
import type { Name } from '../network/google/admitted';
import { describeName } from '../network/google/describe-reach';
import { frontCallers } from '../network/google/front-callers';
import { type GoogleServer, googleServer } from '../network/google/google-server';
import { tunnellersOf } from '../network/google/tunnellers';
import type { Front } from '../network/google/reach';
import { portsWorth } from '../network/google/server-doors';
import type { Comer, Comers } from './peers-as-meant';

/** Who gets to a door of the proxy. Of balancers that end connections the machine sees the front ends alone: they say themselves whom they let call. */
export function comersOnGoogle(
  deployment: CheckedDeployment,
  door: 'ingress' | 'admin',
  peers: readonly IntendedPeer[],
): Comers {
  const server = googleServer(deployment);
  if (server === undefined) return { comers: [], restsOn: [] };
  const tunnel = peers.some(({ iapTunnel }) => iapTunnel !== undefined);
  const comers = portsWorth(server, door, 'sure')
    .filter(({ listening }) => listening.by === 'proxy' && !server.health.has(listening.port))
    .flatMap(({ listening, reaches }) =>
      reaches.flatMap(({ port, callers, admitted, tunnelled, ending }): readonly Comer[] => {
        const witness = `${listening.name}, port ${port}, by ${admitted.rules.map(({ id }) => id).join(', ')}`;
        const names = [...admitted.names.values()].map(({ name }) => name);
        return [
          { who: callers, witness },
          ...names.map((name) => ({ who: { name: describeName(name), isMeant: isMeant(name, peers) }, witness })),
          ...ending.flatMap((front) => comersBy(front)),
          ...(tunnelled ? [{ who: { name: 'tunnels of Identity-Aware Proxy', isMeant: tunnel }, witness }] : []),
          ...(tunnelled && tunnel ? openers(server, peers, witness) : []),
        ];
      }),
    );
  return { comers, restsOn: server.restsOn };
}

function comersBy({ balancer, listener, callers }: Front): readonly Comer[] {
  const policies = listener.targets.flatMap(({ policy }) => policy ?? []);
  const witness = `port ${listener.port} of ${balancer.id}${policies.map(({ id }) => `, by ${id}`).join('')}`;
  const isUnknown = listener.targets.some(
    (target) => !frontCallers(target, 'possible').equals(frontCallers(target, 'sure')),
  );
  return [
    { who: callers, witness },
    ...(isUnknown ? [{ who: { name: 'whom its policy lets call', isMeant: 'unknown' as const }, witness }] : []),
  ];
}

function isMeant(name: Name, peers: readonly IntendedPeer[]): boolean | 'unknown' {
  if (name.kind === 'tag') return peers.some(({ networkTag }) => networkTag === name.tag);
  const same = peers.flatMap(({ serviceAccount }) =>
    serviceAccount === undefined ? [] : [sameText(name.account, nameAsText(serviceAccount))],
  );
  if (same.includes(true)) return true;
  return same.includes(undefined) ? 'unknown' : false;
}

/** Whoever opens tunnels by a grant of the file was named as one who may. */
function openers(server: GoogleServer, peers: readonly IntendedPeer[], witness: string): readonly Comer[] {
  const named = peers
    .flatMap(({ iapTunnel = [] }) => iapTunnel)
    .map((member) => member.replaceAll(/\$\{([^}]*)\}/g, '$1'));
  return tunnellersOf(server).members.map((member) => ({
    who: { name: `${member} over tunnels`, isMeant: named.includes(member) },
    witness,
  }));
}
