import type { Artifact } from '../../../../../lib/artifact/artifact';
import { AddressSet } from '../../../../../lib/check/network/address-set';
import { keyOf, type Admitted } from '../../../../../lib/check/network/google/admitted';
import { type GoogleServer, googleServer } from '../../../../../lib/check/network/google/google-server';
import { letOutBy } from '../../../../../lib/check/network/google/let-out';
import { reachOf } from '../../../../../lib/check/network/google/reach';
import { type Bits, bitsOf, edgesOf, written } from '../../oracle/bits';
import { randomNumbers } from '../../random-numbers';
import { type Packet, PacketOracle, type Sender } from './packet-oracle';
import { ACCOUNTS, PROXIES, randomNetwork, type RandomNetwork, SUBNET } from './random-network';

/** What was tried, and where engine and oracle said different things. */
export interface Comparison {
  readonly asked: number;
  readonly passed: number;
  readonly disagreements: readonly string[];
}

interface Question {
  readonly said: boolean;
  readonly found: boolean;
  readonly about: string;
}

interface Point {
  readonly bits: Bits;
  readonly address: AddressSet;
}

type Whole = RandomNetwork['artifact'];

const PORTS = [443, 9070];
const FRONTS = ['35.191.0.0/16', '130.211.0.0/22'];
/** Of the ends of ranges, which are many. */
const MOST_POINTS = 6;
/** Whoever has some of these names may come with any of them, or none. */
const NAMES: readonly Omit<Sender, 'address'>[] = [
  { tags: [] },
  { tags: ['a'] },
  { tags: ['a', 'c'], account: ACCOUNTS[0] },
  { tags: [], account: ACCOUNTS[1] },
];
const PACKETS: readonly Packet[] = [
  { protocol: 'tcp', port: 443 },
  { protocol: 'tcp', port: 9070 },
  { protocol: 'udp', port: 22 },
  { protocol: 'icmp', port: 0 },
  { protocol: 'other', port: 0 },
];

/**
 * Asks engine and oracle about random networks.
 *
 * @param blind what the engine is kept from seeing, to show that the oracle would notice
 */
export function compare(
  seeds: { readonly from: number; readonly to: number },
  blind: (artifact: Whole) => Artifact = (artifact) => artifact,
): Comparison {
  const disagreements: string[] = [];
  let asked = 0;
  let passed = 0;
  for (let seed = seeds.from; seed < seeds.to && disagreements.length === 0; seed += 1) {
    for (const { said, found, about } of questions(seed, blind)) {
      asked += 1;
      passed += found ? 1 : 0;
      if (said !== found) disagreements.push(`network ${seed}: ${about}: engine ${said}, packets ${found}`);
    }
  }
  return { asked, passed, disagreements };
}

function* questions(seed: number, blind: (artifact: Whole) => Artifact): Generator<Question> {
  const network = randomNetwork(seed);
  const oracle = new PacketOracle(network);
  const artifact = blind(network.artifact);
  const host = artifact.hosts[0] as RandomNetwork['host'];
  const restate = host.containers[0] as NonNullable<(typeof host.containers)[0]>;
  const server = googleServer({ artifact, server: { host, restate } }) as GoogleServer;
  const points = pointsOf(network, seed);
  for (const port of PORTS) {
    const [sure, possible] = [reachOf(server, port, 'sure'), reachOf(server, port, 'possible')];
    for (const point of points) {
      for (const names of NAMES) {
        const found = someOf(names).map((some) =>
          oracle.comesIn({ address: point.bits, ...some }, { protocol: 'tcp', port }),
        );
        const about = `${written(point.bits)} as ${JSON.stringify(names)} to ${port}`;
        yield {
          said: admits(sure.admitted, point, names),
          found: found.some(({ always }) => always),
          about: `${about} surely`,
        };
        yield {
          said: admits(possible.admitted, point, names),
          found: found.some(({ ever }) => ever),
          about: `${about} possibly`,
        };
      }
    }
    yield* overFronts(network, oracle, { port, ending: possible.ending.map(({ balancer }) => balancer.id) });
  }
  for (const mode of ['sure', 'possible'] as const) {
    const ways = letOutBy(server.out, server.speaks, mode);
    for (const packet of PACKETS) {
      for (const { bits, address } of points) {
        const { always, ever } = oracle.goesOut(bits, packet);
        const said = ways.some(
          (way) =>
            way.protocol === packet.protocol &&
            (way.ports === undefined || (way.ports.from <= packet.port && packet.port <= way.ports.to)) &&
            way.addresses.covers(address),
        );
        // ICMP is that of IPv4 alone, and that of IPv6 another protocol
        if (packet.protocol === 'icmp' && bits.startsWith('6')) continue;
        yield {
          said,
          found: mode === 'sure' ? always : ever,
          about: `${packet.protocol} ${packet.port} to ${written(bits)} ${mode}`,
        };
      }
    }
  }
}

/** Balancers that end connections bring callers where one address of theirs is let in. */
function* overFronts(
  network: RandomNetwork,
  oracle: PacketOracle,
  { port, ending }: { readonly port: number; readonly ending: readonly string[] },
): Generator<Question> {
  const { artifact, host } = network;
  for (const { id, type, listeners } of artifact.balancers) {
    const leads = listeners.some(
      ({ protocol, targets }) =>
        protocol !== 'UDP' && targets.some((target) => target.host === host.id && target.port === port),
    );
    const isGlobal = id.startsWith('google_compute_global');
    const hasProxies = artifact.vpc.subnets.some(({ isOfProxies }) => isOfProxies === true);
    const own = isGlobal ? FRONTS : hasProxies ? [PROXIES] : [...FRONTS, SUBNET, '2600:9::/124'];
    const inside = (bits: Bits): boolean => own.some((range) => bits.startsWith(bitsOf(range)));
    const edges = [...own, ...artifact.firewall.flatMap(({ ranges }) => ranges)]
      .flatMap((range) => edgesOf(bitsOf(range)))
      .filter(inside);
    const found =
      type === 'application' &&
      leads &&
      edges.some((address) => oracle.comesIn({ address, tags: [] }, { protocol: 'tcp', port }).ever);
    yield { said: ending.includes(id), found, about: `${id} to ${port}` };
  }
}

function admits(
  { addresses, names }: Admitted,
  { address }: Point,
  { tags, account }: Omit<Sender, 'address'>,
): boolean {
  const own = [
    ...tags.map((tag) => keyOf({ kind: 'tag', tag })),
    ...(account === undefined ? [] : [keyOf({ kind: 'account', account })]),
  ];
  return addresses.covers(address) || own.some((key) => names.get(key)?.addresses.covers(address) === true);
}

/** Everybody who has some of the names, or none. */
function someOf({ tags, account }: Omit<Sender, 'address'>): readonly Omit<Sender, 'address'>[] {
  const sets = tags.reduce<readonly (readonly string[])[]>(
    (all, tag) => [...all, ...all.map((set) => [...set, tag])],
    [[]],
  );
  return sets.flatMap((set) => [{ tags: set }, ...(account === undefined ? [] : [{ tags: set, account }])]);
}

/** The ends of every range that a network speaks of, inside and outside, a few of each. */
function pointsOf({ artifact }: RandomNetwork, seed: number): readonly Point[] {
  const ranges = [
    ...artifact.vpc.subnets.flatMap((subnet) => subnet.ranges),
    ...artifact.firewall.flatMap((rule) => rule.ranges),
    '8.8.8.8/32',
    '2a00::1/128',
  ];
  const edges = new Set(ranges.flatMap((range) => edgesOf(bitsOf(range))));
  const next = randomNumbers(seed + 1);
  return [
    bitsOf('10.9.0.5/32'),
    ...[...edges]
      .map((bits) => ({ bits, at: next(1_000_000) }))
      .sort((a, b) => a.at - b.at)
      .map(({ bits }) => bits),
  ]
    .slice(0, MOST_POINTS)
    .map((bits) => ({ bits, address: AddressSet.of(written(bits)) }));
}
