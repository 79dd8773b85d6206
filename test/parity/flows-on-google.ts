import { literal } from '../../lib/artifact/text';
import type { CheckedDeployment } from '../../lib/check/checked-deployment';
import { type Admitted, admittedBy, type Name } from '../../lib/check/network/google/admitted';
import { type GoogleServer, googleServer, machinePortsOf } from '../../lib/check/network/google/google-server';
import { letOutBy } from '../../lib/check/network/google/let-out';
import { reachOf } from '../../lib/check/network/google/reach';
import { type Packets, speaking } from '../../lib/check/network/google/rule-order';
import { PortSet } from '../../lib/check/network/port-set';
import { RESTATE_PORTS } from '../../lib/restate/listeners';
import { doorOf, ledTo, wayIn, wayOut } from './flow-lines';

const MODES = ['sure', 'possible'] as const;

/** Who reaches what, and what is reached from there, one fact a line. */
export function flowsOnGoogle(deployment: CheckedDeployment): readonly string[] {
  const server = googleServer(deployment)!;
  const [sure, possible] = MODES.map((mode) => [
    ...waysIn(server, mode),
    ...strays(server, mode),
    ...waysOut(server, mode),
  ]);
  const doubted = possible!.filter((line) => !sure!.includes(line)).map((line) => `perhaps ${line}`);
  return [...sure!, ...doubted, ...server.doubts];
}

function waysIn(server: GoogleServer, mode: (typeof MODES)[number]): readonly string[] {
  return leading(server).flatMap(({ port, listening }) => {
    const door = doorOf(server.listening, listening, server.health);
    const { admitted, ending, passing, shut } = reachOf(server, port, mode);
    const sources = sourcesOf(admitted);
    return [
      ...ending.flatMap(({ listener, callers }) =>
        callers.cidrs().flatMap((source) => wayIn({ door, protocol: 'tcp', port: listener.port, source })),
      ),
      ...sources.flatMap((source) => wayIn({ door, protocol: 'tcp', port, source })),
      // A passthrough balancer leads those to a door whom the firewall lets in there.
      ...[...ending, ...(sources.length > 0 ? passing : [])].map((front) => ledTo(door, front)),
      ...shut.map((front) => `${ledTo(door, front)}, and is not let in`),
    ];
  });
}

/** The ports of the machine that lead to something, or would if a setting were gone. */
function leading(server: GoogleServer): readonly { readonly port: number; readonly listening: number }[] {
  const exposed = server.listening.ports.filter((each) => each.exposed).map(({ port }) => port);
  const own = Object.values(RESTATE_PORTS).filter((port) => !exposed.includes(port));
  return [
    ...exposed.flatMap((listening) => machinePortsOf(server, { port: listening }).map((port) => ({ port, listening }))),
    ...own.map((port) => ({ port, listening: port })),
  ];
}

/** What the rules let in to where nothing is. */
function strays(server: GoogleServer, mode: (typeof MODES)[number]): readonly string[] {
  const known = new Set(leading(server).map(({ port }) => port));
  const ranges = server.in.flatMap(({ rule }) => rule.flows.flatMap(({ ports }) => ports));
  const atoms = PortSet.atoms([...ranges.map(({ from, to }) => PortSet.range(from, to)), PortSet.of(...known)]);
  const packets: readonly Packets[] = [
    ...(['tcp', 'udp'] as const).flatMap((protocol) => atoms.map(({ from }) => ({ protocol, port: from }))),
    { protocol: 'icmp' },
    { protocol: 'other' },
  ];
  return packets
    .filter(({ protocol, port }) => protocol !== 'tcp' || port === undefined || !known.has(port))
    .flatMap((each) =>
      sourcesOf(admittedBy(speaking(server.in, each, mode), server.speaks)).map(
        (source) => `stray ${each.protocol} ${each.port ?? ''} from ${source}`,
      ),
    );
}

function waysOut(server: GoogleServer, mode: (typeof MODES)[number]): readonly string[] {
  return letOutBy(server.out, server.speaks, mode).flatMap(({ protocol, ports, addresses }) =>
    addresses.cidrs().map((to) => {
      const at = ports === undefined ? PortSet.ALL : PortSet.range(ports.from, ports.to);
      return wayOut({ who: 'server', protocol, ports: at.describe(), to });
    }),
  );
}

function sourcesOf({ addresses, names }: Admitted): readonly string[] {
  return [...addresses.cidrs(), ...[...names.values()].map(({ name }) => `workload ${workloadOf(name)}`)];
}

function workloadOf(name: Name): string {
  return name.kind === 'tag' ? `tagged ${name.tag}` : (literal(name.account)?.replace(/-1@.*$/, '') ?? 'not known');
}
