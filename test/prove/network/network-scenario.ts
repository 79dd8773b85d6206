import type { PlaceName } from '../../../lib/prove/attack';
import { buildNetwork, type Network } from '../../../lib/prove/network/network';
import type { ProbeReport } from '../../../lib/prove/probe';
import { aHost, anArtifact } from './a-deployment';
import { report } from './report';

/** What came of an attempt, and who refused it. */
export interface Tried {
  readonly outcome: ProbeReport['outcome'];
  readonly by?: string;
  readonly refusedBy?: string;
}

/** A busy machine may be late with an answer, but never with a refusal: silence that nobody is on record for is tried again, longer. */
async function tryTo(network: Network, from: PlaceName, address: string, port: number): Promise<Tried> {
  const first = await tryOnce(network, { from, address, port, timeoutMs: 700 });
  const undecided = first.by === 'timeout' && first.refusedBy === undefined;
  return undecided ? tryOnce(network, { from, address, port, timeoutMs: 5000 }) : first;
}

async function tryOnce(
  network: Network,
  { from, address, port, timeoutMs }: { from: PlaceName; address: string; port: number; timeoutMs: number },
): Promise<Tried> {
  const seen = await network.place(from).probe({ kind: 'raw', address, port, chunks: [], timeoutMs });
  const { localAddress = '', localPort = 0 } = seen;
  const refusedBy = await network.firewallRefused({
    from: localAddress,
    fromPort: localPort,
    to: address,
    toPort: port,
  });
  return {
    outcome: seen.outcome,
    ...(seen.outcome === 'failed' && { by: seen.by }),
    ...(refusedBy !== undefined && { refusedBy }),
  };
}

/** Every place tries the task's, the service's, the stranger's and the internet's canaries on the ports that matter. */
report(async () => {
  const host = aHost();
  const network = await buildNetwork({ artifact: anArtifact({}, host), host });
  const listeners = {
    task: [8443, 5122],
    service: [9080],
    stranger: [9080, 443],
    internet: [443, 80],
    balancer: [443],
  };
  for (const [name, ports] of Object.entries(listeners)) {
    const place = network.place(name as PlaceName);
    await Promise.all(ports.map((port) => place.listen({ address: '::', port, answer: 'canary' })));
  }
  const found: Record<string, Tried> = {};
  const tries: Promise<void>[] = [];
  for (const from of ['internet', 'caller', 'stranger', 'balancer', 'service', 'task'] as const) {
    for (const [to, ports] of Object.entries(listeners)) {
      const { address, address6 } = network.place(to as PlaceName);
      for (const port of from === to ? [] : ports) {
        for (const [family, where] of [
          ['4', address],
          ['6', address6],
        ] as const) {
          tries.push(
            tryTo(network, from, where, port).then(
              (tried) => void (found[`${from} > ${to}:${port} ${family}`] = tried),
            ),
          );
        }
      }
    }
  }
  await Promise.all(tries);
  const metadata = await tryTo(network, 'task', '169.254.169.254', 80);
  const reachedMetadata = await network.metadata.requests();
  return { found, metadata, reachedMetadata, emulated: network.emulated, unproven: network.unproven };
});
