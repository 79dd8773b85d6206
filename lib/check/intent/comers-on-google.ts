import { nameAsText, type IntendedPeer } from '../../artifact/intent';
import { sameText } from '../../artifact/same-text';
import type { CheckedDeployment } from '../checked-deployment';
import type { Name } from '../network/google/admitted';
import { describeName } from '../network/google/describe-reach';
import { googleServer } from '../network/google/google-server';
import { portsWorth } from '../network/google/server-doors';
import type { Comer, Comers } from './peers-as-meant';

/** Who gets to a door of the proxy. Of balancers that end connections the machine sees the front ends alone. */
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
      reaches.flatMap(({ port, callers, admitted, tunnelled }): readonly Comer[] => {
        const witness = `${listening.name}, port ${port}, by ${admitted.rules.map(({ id }) => id).join(', ')}`;
        const names = [...admitted.names.values()].map(({ name }) => name);
        return [
          { who: callers, witness },
          ...names.map((name) => ({ who: { name: describeName(name), isMeant: isMeant(name, peers) }, witness })),
          ...(tunnelled ? [{ who: { name: 'tunnels of Identity-Aware Proxy', isMeant: tunnel }, witness }] : []),
        ];
      }),
    );
  return { comers, restsOn: server.restsOn };
}

function isMeant(name: Name, peers: readonly IntendedPeer[]): boolean | 'unknown' {
  if (name.kind === 'tag') return peers.some(({ networkTag }) => networkTag === name.tag);
  const same = peers.flatMap(({ serviceAccount }) =>
    serviceAccount === undefined ? [] : [sameText(name.account, nameAsText(serviceAccount))],
  );
  if (same.includes(true)) return true;
  return same.includes(undefined) ? 'unknown' : false;
}
