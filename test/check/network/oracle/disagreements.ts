import type { Artifact } from '../../../../lib/artifact/artifact';
import { AddressSet } from '../../../../lib/check/network/address-set';
import { NetworkView } from '../../../../lib/check/network/aws/network-view';
import { type Path, reachedFrom, reachOf } from '../../../../lib/check/network/aws/reach';
import { randomNumbers } from '../random-numbers';
import { allOf, type Bits, bitsOf, edgesOf, written } from './bits';
import { PacketOracle } from './packet-oracle';
import { randomTopology, type Topology } from './random-topology';

/** What was tried, and where engine and oracle said different things. */
export interface Comparison {
  readonly asked: number;
  readonly admitted: number;
  readonly disagreements: readonly string[];
}

const PORTS = [22, 8443, 9070];
/** Of the ends of blocks, which are many. */
const MOST_POINTS = 8;

/**
 * Asks engine and oracle about random networks.
 *
 * @param blind what the engine is kept from seeing, to show that the oracle would notice
 */
export function compare(
  seeds: { readonly from: number; readonly to: number },
  blind: (artifact: Topology['artifact']) => Artifact = (artifact) => artifact,
): Comparison {
  const disagreements: string[] = [];
  let asked = 0;
  let admitted = 0;
  for (let seed = seeds.from; seed < seeds.to && disagreements.length === 0; seed += 1) {
    for (const { said, found, about } of questions(seed, blind)) {
      asked += 1;
      admitted += found ? 1 : 0;
      if (said !== found) disagreements.push(`network ${seed}: ${about}: engine ${said}, packets ${found}`);
    }
  }
  return { asked, admitted, disagreements };
}

interface Question {
  readonly said: boolean;
  readonly found: boolean;
  readonly about: string;
}

function* questions(seed: number, blind: (artifact: Topology['artifact']) => Artifact): Generator<Question> {
  const topology = randomTopology(seed);
  const { artifact, host } = topology;
  const oracle = new PacketOracle(topology);
  const view = NetworkView.of(blind(artifact));
  const points = pointsOf(topology, seed);
  for (const port of PORTS) {
    const { paths } = reachOf(view, { host, port });
    for (const { bits, address, text } of points) {
      for (const groups of [[], ['a', 'c']]) {
        const about = `${text} wearing ${groups.join(' and ') || 'nothing'} to ${port}`;
        const filtered = paths.some((path) => isAdmitted(path, address, groups) && path.filtered.covers(address));
        const open = paths.some((path) => isAdmitted(path, address, groups) && path.open.covers(address));
        yield { said: filtered, found: oracle.arrives({ address: bits, groups }, port, false), about };
        yield { said: open, found: oracle.arrives({ address: bits, groups }, port, true), about: `${about} and back` };
      }
    }
    for (const each of artifact.network.interfaces.filter(({ kind }) => kind === 'other')) {
      const subnets = artifact.network.subnets.filter(({ id }) => each.subnets.includes(id));
      const found = subnets.some((subnet) =>
        subnet.cidrs
          .flatMap((cidr) => allOf(bitsOf(cidr)))
          .some((address) => oracle.arrives({ address, groups: each.groups, subnet }, port, false)),
      );
      yield { said: reachedFrom(view, each, { host, port }), found, about: `${each.id} to ${port}` };
    }
  }
}

/** By the groups at the first door. */
function isAdmitted({ admission }: Path, address: AddressSet, groups: readonly string[]): boolean {
  return admission.addresses.covers(address) || groups.some((id) => admission.members.has(id));
}

/** The ends of every block that a network speaks of, inside and outside, and a few addresses that nothing names. */
function pointsOf(
  { artifact }: Topology,
  seed: number,
): readonly { readonly bits: Bits; readonly address: AddressSet; readonly text: string }[] {
  const { groups, network, networkCidrs = [] } = artifact;
  const blocks = [
    ...networkCidrs,
    ...network.subnets.flatMap(({ cidrs }) => cidrs),
    ...network.acls.flatMap(({ entries }) => entries.map(({ cidr }) => cidr)),
    ...network.routeTables.flatMap(({ routes }) => routes.map(({ destination }) => destination)),
    ...groups.flatMap(({ rules }) => rules.flatMap(({ peer }) => (peer.kind === 'cidr' ? [peer.cidr] : []))),
    '8.8.8.8/32',
    '2a00::1/128',
  ];
  const edges = new Set(blocks.flatMap((cidr) => edgesOf(bitsOf(cidr))));
  const next = randomNumbers(seed + 1);
  const chosen = [...edges].map((bits) => ({ bits, at: next(1_000_000) })).sort((a, b) => a.at - b.at);
  return chosen
    .slice(0, MOST_POINTS)
    .map(({ bits }) => bits)
    .map((bits) => ({ bits, address: AddressSet.of(written(bits)), text: written(bits) }));
}
