import { join } from 'node:path';
import type { Instance } from '../../../lib/artifact/artifact';
import type { PlaceName } from '../../../lib/prove/attack';
import { Channel } from '../../../lib/prove/network/channel';
import { buildNetwork, type Network } from '../../../lib/prove/network/network';
import { AgentPlace } from '../../../lib/prove/network/place';
import { aForwardingRule, allow, aMachine, onGoogle } from './a-machine';
import { report } from './report';

/** What came of a connection: what the server said, or who refused it. */
export type Found = Readonly<Record<string, string>>;

/** To whoever says nothing before it is spoken to. */
const HANG_UP = { afterMs: 0, data: 'GET / HTTP/1.0\r\n\r\n' };
const ENVOY = 65_532;
const RESTATE = 65_531;

async function tryTo(network: Network, from: AgentPlace, address: string, port: number): Promise<string> {
  const seen = await from.probe({ kind: 'raw', address, port, chunks: [HANG_UP], readBytes: 1, timeoutMs: 1500 });
  if (seen.outcome === 'connected') return / at \d+$/.test(seen.received) ? seen.received : 'connected';
  const { localAddress = '', localPort = 0 } = seen;
  const refusedBy = await network.firewallRefused({
    from: localAddress,
    fromPort: localPort,
    to: address,
    toPort: port,
  });
  return refusedBy ?? `failed by ${seen.outcome === 'failed' ? seen.by : seen.outcome}`;
}

/** Another process in the task's namespace, of another user. */
function processOf(network: Network, user: number): AgentPlace {
  const { address, address6 } = network.place('task');
  // our compiled files are for nobody else to read
  const reads = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  const enter = [...network.enter('task'), 'setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', ...reads];
  return new AgentPlace('task', address, address6, enter, join(__dirname, '../../../lib/prove/network'));
}

async function metadataFrom(network: Network): Promise<Found> {
  const users = Object.entries({ proxy: ENVOY, server: RESTATE, root: 0 });
  const found = await Promise.all(
    users.flatMap(([name, user]) => {
      const place = processOf(network, user);
      return [80, 53, 8080].map(
        async (port) => [`${name} > metadata:${port}`, await tryTo(network, place, '169.254.169.254', port)] as const,
      );
    }),
  );
  return Object.fromEntries(found);
}

async function connections(network: Network): Promise<Found> {
  const [door] = network.balancers;
  const { address: machine, address6: machine6 } = network.place('task');
  const listening = Object.entries({ task: [8443, 8444, 8081, 5122], service: [9080], google: [443], internet: [443] });
  for (const [seat, ports] of listening) {
    for (const port of ports) {
      const echo = new Channel([...network.enter(seat), process.execPath, join(__dirname, 'address-echo-main.js')]);
      await echo.request({ port }, 5000);
    }
  }
  const places: readonly PlaceName[] = ['internet', 'caller', 'operator', 'balancer', 'stranger', 'service', 'task'];
  const targets: readonly (readonly [string, string, readonly number[]])[] = [
    ['door', door?.address ?? '', [443, 8443, 9070, 5122]],
    ['machine', machine, [443, 8443, 8081, 8444, 9070, 5122, 22]],
    ['machine IPv6', machine6, [443, 9070]],
    ['google', network.place('google').address, [443]],
    ['internet', network.place('internet').address, [443]],
    ['service', network.place('service').address, [9080]],
  ];
  const found: Record<string, string> = {};
  await Promise.all(
    places.flatMap((name) =>
      targets.flatMap(([to, address, ports]) =>
        ports.map(async (port) => {
          if (to === name) return;
          found[`${name} > ${to}:${port}`] = await tryTo(network, network.place(name) as AgentPlace, address, port);
        }),
      ),
    ),
  );
  return found;
}

/** A public front for everybody; whoever gets in to the machine besides is for the firewall and the machine to say. */
report(async () => {
  const metadata = JSON.parse(process.env['METADATA'] ?? 'null') as Instance['metadata'] | null;
  const host = aMachine(metadata === null ? {} : { metadata });
  const { firewall = [] } = onGoogle(host);
  const artifact = onGoogle(host, {
    balancers: [aForwardingRule(443, { scheme: 'internet-facing' })],
    firewall: [
      ...firewall,
      allow('in', 443, { id: 'google_compute_firewall.callers', ranges: ['0.0.0.0/0'] }),
      // somebody's mistakes: the server's own fabric for everybody, and its whole machine for the tunnel
      allow('in', 5122, { ranges: ['0.0.0.0/0'] }),
      allow('in', 22, { ranges: ['35.235.240.0/20'] }),
    ],
  });
  const network = await buildNetwork({ artifact, host });
  const server = new Channel([...network.enter('router'), process.execPath, join(__dirname, 'address-echo-main.js')]);
  await server.request({ port: 53 }, 5000);
  return {
    addresses: Object.fromEntries(
      (['caller', 'stranger', 'operator', 'balancer', 'internet', 'service', 'task'] as const).map((name) => [
        name,
        network.place(name).address,
      ]),
    ),
    found: metadata === null ? await connections(network) : {},
    metadata: await metadataFrom(network),
    guard: network.metadataGuard,
    emulated: network.emulated,
    unproven: network.unproven,
  };
});
