import type { PlaceName } from '../../../lib/prove/attack';
import type { Firewall } from '../../../lib/prove/network/firewall';
import { enterNamespace, joinSeats, ROUTER } from '../../../lib/prove/network/links';
import { AgentPlace } from '../../../lib/prove/network/place';
import { findRefusal, readRefusals } from '../../../lib/prove/network/refused-connections';
import { runChecked } from '../../../lib/prove/network/run-checked';
import { ownAddresses, type Seat } from '../../../lib/prove/network/seat';
import type { Attempt } from './firewall-oracle';

/** One connection: what the oracle says of it, and what came of it. */
export interface Judged {
  readonly flow: string;
  readonly expected: string;
  readonly observed: string;
}

/** A firewall to try, and who is to refuse a connection by its rules; `undefined` where nobody is. */
export interface Round {
  readonly firewall: Firewall;
  readonly oracle: (attempt: Attempt) => string | undefined;
}

interface Tried {
  readonly attempt: Attempt;
  readonly observed: string;
}

type Roll = <Side>(sides: readonly Side[]) => Side;

/** A generator that gives the same numbers every time, so that a failure can be looked at again. */
export function dice(seed: number): Roll {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return sides[Math.floor((state / 4_294_967_296) * sides.length)]!;
  };
}

/** Sends packets between all seats through one firewall after the other, each pair on one of the ports that moves on from round to round. */
export async function judgePackets(
  seats: readonly Seat[],
  ports: readonly number[],
  rounds: readonly Round[],
): Promise<readonly Judged[]> {
  await joinSeats(seats);
  const places = seats.map((seat) => placeAt(seat));
  await Promise.all(places.flatMap((place) => ports.map((port) => place.listen({ address: '::', port, answer: '' }))));
  const tryAll = async (all: readonly Attempt[], firewall: Firewall, timeoutMs: number): Promise<readonly Tried[]> => {
    const probes = all.map((attempt) => {
      const place = places[seats.indexOf(attempt.from)]!;
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
  for (const [index, { firewall, oracle }] of rounds.entries()) {
    await runChecked([...enterNamespace(ROUTER), 'nft', '-f', '-'], `flush ruleset\n${firewall.ruleset}`);
    const first = await tryAll(attempts(seats, ports, index + 1), firewall, 400);
    // A busy machine may be late with an answer, but never with a refusal: silence that nobody is on record for is tried again.
    const silent = first.filter(({ observed }) => observed === 'failed').map(({ attempt }) => attempt);
    const second = silent.length === 0 ? [] : await tryAll(silent, firewall, 5000);
    for (const { attempt, observed } of [...first.filter((each) => each.observed !== 'failed'), ...second]) {
      const { from, to, port, family } = attempt;
      const flow = `round ${index + 1}: ${from.name} > ${to.name}:${port} IPv${family}`;
      judged.push({ flow, expected: oracle(attempt) ?? 'connected', observed });
    }
  }
  return judged;
}

function placeAt(seat: Seat): AgentPlace {
  const { address, address6 } = ownAddresses(seat);
  const programs = `${__dirname}/../../../lib/prove/network`;
  return new AgentPlace(seat.name as PlaceName, address, address6, enterNamespace(seat.name), programs);
}

function target({ to, family }: Attempt): string {
  const { address, address6 } = ownAddresses(to);
  return family === 4 ? address : address6;
}

/** Every pair of seats in both families. */
function attempts(seats: readonly Seat[], ports: readonly number[], round: number): readonly Attempt[] {
  return seats.flatMap((from, row) =>
    seats
      .filter((to) => to !== from)
      .flatMap((to, column) =>
        ([4, 6] as const).map((family) => ({
          from,
          to,
          family,
          port: ports[(row + column + round + family) % ports.length]!,
        })),
      ),
  );
}
