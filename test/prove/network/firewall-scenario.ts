import type { GroupRule, SecurityGroup } from '../../../lib/artifact/artifact';
import type { PlaceName } from '../../../lib/prove/attack';
import { type Firewall, renderFirewall } from '../../../lib/prove/network/firewall';
import { enterNamespace, joinSeats, ROUTER } from '../../../lib/prove/network/links';
import { AgentPlace } from '../../../lib/prove/network/place';
import { findRefusal, readRefusals } from '../../../lib/prove/network/refused-connections';
import { runChecked } from '../../../lib/prove/network/run-checked';
import { ownAddresses, type Seat } from '../../../lib/prove/network/seat';
import { oracle, type Attempt } from './firewall-oracle';
import { report } from './report';

/** One connection: what the oracle says of it, and what came of it. */
export interface Judged {
  readonly flow: string;
  readonly expected: string;
  readonly observed: string;
}

interface Tried {
  readonly attempt: Attempt;
  readonly observed: string;
}

const PORTS = [100, 200, 300];
const GROUPS = ['A', 'B', 'C', 'D'];
const ROUNDS = 6;

/** A generator that gives the same numbers every time, so that a failure can be looked at again. */
function dice(seed: number): <Side>(sides: readonly Side[]) => Side {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return sides[Math.floor((state / 4_294_967_296) * sides.length)]!;
  };
}

function seatOf(name: string, index: number, groups: readonly string[] | undefined, outside = false): Seat {
  return {
    name,
    link: `v-${name}`,
    addresses: [outside ? `198.51.100.${index}` : `10.77.0.${index}`],
    addresses6: [outside ? `2001:db8:ffff::${index}` : `fd77::${index}`],
    memberOf: groups ?? [],
    ...(groups && { filteredBy: groups }),
    outside,
    reachableFromOutside: outside || name === 'two',
    reachesOutside: outside || name !== 'three',
  };
}

const SEATS = [
  seatOf('one', 11, ['A']),
  seatOf('two', 12, ['B', 'C']),
  seatOf('three', 13, ['C']),
  seatOf('four', 14, ['D']),
  seatOf('stranger', 15, undefined),
  seatOf('internet', 16, undefined, true),
];

function randomGroups(roll: ReturnType<typeof dice>): readonly SecurityGroup[] {
  const ranges = [
    '0.0.0.0/0',
    '::/0',
    '10.77.0.0/16',
    'fd77::/64',
    '10.77.0.15/32',
    'fd77::12/128',
    '10.77.0.12/30',
    '198.51.100.0/24',
  ];
  const peer = (): GroupRule['peer'] =>
    roll<() => GroupRule['peer']>([
      () => ({ kind: 'cidr', cidr: roll(ranges) }),
      () => ({ kind: 'cidr', cidr: roll(ranges) }),
      () => ({ kind: 'group', id: roll(GROUPS) }),
      () => ({ kind: 'group', id: roll(GROUPS) }),
      () => ({ kind: 'prefix-list', id: 'pl-1' }),
    ])();
  const rule = (direction: 'in' | 'out'): GroupRule => {
    const fromPort = roll([50, 100, 150, 200]);
    return {
      direction,
      protocol: roll(['tcp', 'tcp', 'tcp', 'tcp', 'all', 'all', 'udp', 'icmp']),
      fromPort,
      toPort: fromPort + roll([0, 50, 100]),
      peer: peer(),
    };
  };
  return GROUPS.map((id) => ({
    id,
    rules: [
      ...Array.from({ length: roll([2, 4, 6]) }, () => rule('in')),
      ...Array.from({ length: roll([0, 4, 8]) }, () => rule('out')),
    ],
  }));
}

report(async () => {
  await joinSeats(SEATS);
  const places = SEATS.map((seat) => {
    const { address, address6 } = ownAddresses(seat);
    return new AgentPlace(
      seat.name as PlaceName,
      address,
      address6,
      enterNamespace(seat.name),
      `${__dirname}/../../../lib/prove/network`,
    );
  });
  await Promise.all(places.flatMap((place) => PORTS.map((port) => place.listen({ address: '::', port, answer: '' }))));
  const tryAll = async (all: readonly Attempt[], firewall: Firewall, timeoutMs: number): Promise<readonly Tried[]> => {
    const probes = all.map((attempt) => {
      const place = places[SEATS.indexOf(attempt.from)]!;
      return place.probe({ kind: 'raw', address: target(attempt), port: attempt.port, chunks: [], timeoutMs });
    });
    const reports = await Promise.all(probes);
    const refusals = await readRefusals(enterNamespace(ROUTER), firewall);
    return all.map((attempt, index) => {
      const { localAddress: from = '', localPort: fromPort = 0, outcome } = reports[index]!;
      const flow = { from, fromPort, to: target(attempt), toPort: attempt.port };
      const refusal = findRefusal(refusals, flow);
      return { attempt, observed: refusal === undefined ? outcome : (refusal.by ?? 'unknown') };
    });
  };
  const judged: Judged[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const groups = randomGroups(dice(round * 7919));
    const firewall = renderFirewall(SEATS, { groups, unreadable: [] }, { cidr: '10.77.0.0/16', cidr6: 'fd77::/48' });
    await runChecked([...enterNamespace(ROUTER), 'nft', '-f', '-'], `flush ruleset\n${firewall.ruleset}`);
    const first = await tryAll(attempts(round), firewall, 400);
    // A busy machine may be late with an answer, but never with a refusal: silence that nobody is on record for is tried again.
    const silent = first.filter(({ observed }) => observed === 'failed').map(({ attempt }) => attempt);
    const second = silent.length === 0 ? [] : await tryAll(silent, firewall, 5000);
    for (const { attempt, observed } of [...first.filter((each) => each.observed !== 'failed'), ...second]) {
      const { from, to, port, family } = attempt;
      judged.push({
        flow: `round ${round}: ${from.name} > ${to.name}:${port} IPv${family}`,
        expected: oracle(attempt, groups, SEATS) ?? 'connected',
        observed,
      });
    }
  }
  return judged;
});

function target({ to, family }: Attempt): string {
  const { address, address6 } = ownAddresses(to);
  return family === 4 ? address : address6;
}

/** Every pair of seats in both families, each on a port that moves on from round to round. */
function attempts(round: number): readonly Attempt[] {
  return SEATS.flatMap((from, row) =>
    SEATS.filter((to) => to !== from).flatMap((to, column) =>
      ([4, 6] as const).map((family) => ({
        from,
        to,
        family,
        port: PORTS[(row + column + round + family) % PORTS.length]!,
      })),
    ),
  );
}
