import type { CheckedClaim } from '../../checked-claim';
import { broken, holds, type Judgement, notApplicable } from '../judgement';
import type { Proxy } from '../model/proxy';
import { isLoopback } from '../model/read-clusters';
import { proxyClaim } from '../proxy-claim';
import { upstreamTlsFault } from './upstream-tls';

/** Whether the proxy knows whom it talks to. */
export const UPSTREAM_VERIFIED: CheckedClaim = proxyClaim({
  id: 'upstream-verified',
  judge,
  withoutProxy: notApplicable('no proxy stands before the server, so nothing is led on'),
});

/** A cluster that keys are fetched from is one of them; Google's metadata server is asked in clear, on a link of its own. */
function judge(proxy: Proxy): readonly Judgement[] {
  const led = new Set(
    proxy.listeners.flatMap(({ chains }) =>
      chains.flatMap(({ http, raw }) => [...raw, ...(http?.ways ?? []).flatMap(({ clusters }) => clusters)]),
    ),
  );
  const judged = [...proxy.clusters.values()].flatMap((cluster): readonly Judgement[] => {
    const { name, tls, kind, endpoints } = cluster;
    if (tls !== undefined) return [upstreamTlsFault(cluster) ?? holds(`cluster ${name} is verified by chain and name`)];
    const far = endpoints.filter(({ address, port }) => port !== undefined && !isLoopback(address));
    if (far.length === 0 || kind === 'metadata' || !led.has(cluster)) return [];
    return [
      broken(
        `cluster ${name} is spoken to in clear at ${far.map(({ address }) => address).join(', ')}, which is not loopback`,
      ),
    ];
  });
  return judged.length > 0 ? judged : [notApplicable('the proxy has no TLS upstream: the server is on loopback')];
}
