import type { FirewallRule } from '../../../artifact/firewall-rule';
import { AddressSet } from '../address-set';
import { type PortRange, PortSet } from '../port-set';
import { type JudgedRule, type Mode, type Packets, rangesOf, runsOf, speaking } from './rule-order';

/** Where packets are let out to. */
export interface LetOut {
  readonly protocol: Packets['protocol'];
  /** Inclusive. Absent: a protocol without ports. */
  readonly ports?: { readonly from: number; readonly to: number };
  readonly addresses: AddressSet;
  /** The rules that let them out. Empty: no rule decides, and then Google lets everything out. */
  readonly rules: readonly FirewallRule[];
  /** What no rule decides about. */
  readonly implied: AddressSet;
}

/**
 * All that an order of rules lets out, by protocol and stretches of ports of which one is like the other. What no rule fits is let out.
 *
 * @param receivers addresses that can be sent to at all
 */
export function letOutBy(order: readonly JudgedRule[], receivers: AddressSet, mode: Mode): readonly LetOut[] {
  const ported = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const atoms = PortSet.atoms(order.flatMap(({ rule }) => portsOf(rule, protocol)));
    const asked = askedAt(order, atoms, protocol);
    return atoms.map((ports, at) => ({
      protocol,
      ports,
      ...through(speaking(asked[at] ?? [], { protocol, port: ports.from }, mode), receivers),
    }));
  });
  const others = (['icmp', 'other'] as const).map((protocol) => ({
    protocol,
    ...through(speaking(order, { protocol }, mode), protocol === 'icmp' ? receivers.ipv4 : receivers),
  }));
  return [...ported, ...others].filter(({ addresses }) => !addresses.isEmpty);
}

/** Of an order the rules that may speak of each atom, so that not every rule is asked about every port. */
function askedAt(
  order: readonly JudgedRule[],
  atoms: readonly PortRange[],
  protocol: 'tcp' | 'udp',
): readonly (readonly JudgedRule[])[] {
  const places = new Map(atoms.map(({ from }, at) => [from, at]));
  const asked: JudgedRule[][] = atoms.map(() => []);
  for (const judged of order) {
    const isWhole = judged.rule.flows.some(
      (flow) => flow.protocol === 'all' || (flow.protocol === protocol && flow.ports.length === 0),
    );
    const ranges = isWhole ? PortSet.ALL.ranges : PortSet.unionOf(portsOf(judged.rule, protocol)).ranges;
    for (const { from, to } of ranges) {
      for (let at = places.get(from) ?? 0; (atoms[at]?.from ?? Infinity) <= to; at += 1) asked[at]?.push(judged);
    }
  }
  return asked;
}

function through(rules: readonly FirewallRule[], receivers: AddressSet): Omit<LetOut, 'protocol' | 'ports'> {
  let undecided = receivers;
  let addresses = AddressSet.NONE;
  const allowing: FirewallRule[] = [];
  for (const run of runsOf(rules)) {
    if (undecided.isEmpty) break;
    const here = AddressSet.unionOf(run.map(rangesOf)).intersect(undecided);
    if (here.isEmpty) continue;
    const before = receivers.subtract(undecided);
    if (run[0]?.action === 'allow') {
      addresses = addresses.union(here);
      allowing.push(...run.filter((rule) => !before.covers(rangesOf(rule).intersect(receivers))));
    }
    undecided = undecided.subtract(here);
  }
  return { addresses: addresses.union(undecided), rules: allowing, implied: undecided };
}

function portsOf({ flows }: FirewallRule, protocol: 'tcp' | 'udp'): readonly PortSet[] {
  return flows
    .filter((flow) => flow.protocol === protocol)
    .map(({ ports }) => PortSet.unionOf(ports.map(({ from, to }) => PortSet.range(from, to))));
}
