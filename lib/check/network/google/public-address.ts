import type { Finding } from '../../finding';
import { PUBLIC } from '../breadth';
import type { GoogleServer } from './google-server';
import { reachOf } from './reach';

/** `no-public-address`: the machine has none, and no balancer has one to which nobody of the internet is admitted. */
export function decideNoPublicAddress(server: GoogleServer): readonly Finding[] {
  const { artifact, host, restsOn } = server;
  const machine: Finding = host.publicAddress
    ? {
        verdict: 'broken',
        subject: host.id,
        evidence: `its interface has an address of the internet (access_config, ipv6_access_config); its route to the internet: ${host.internetRoute}`,
        restsOn,
      }
    : { verdict: 'holds', subject: host.id, evidence: 'its interface has no address of the internet', restsOn };
  const balancers = artifact.balancers.flatMap(({ id, type, scheme, listeners }): readonly Finding[] => {
    const targets = listeners.flatMap((listener) => listener.targets.filter((target) => target.host === host.id));
    if (scheme !== 'internet-facing' || type !== 'passthrough' || targets.length === 0) return [];
    const isMeant = targets.some(({ port }) => reachOf(server, port, 'possible').callers.overlaps(PUBLIC));
    return isMeant
      ? []
      : [
          {
            verdict: 'broken',
            subject: id,
            evidence:
              'it has an address of the internet, though no rule of the firewall admits anybody of the internet behind it',
          },
        ];
  });
  return [machine, ...balancers];
}
