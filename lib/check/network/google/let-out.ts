import type { FirewallRule } from '../../../artifact/firewall-rule';
import { AddressSet } from '../address-set';
import { PortSet } from '../port-set';
import { type JudgedRule, type Mode, type Packets, rangesOf, speaking } from './rule-order';

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
  const ported = (['tcp', 'udp'] as const).flatMap((protocol) =>
    PortSet.atoms(order.flatMap(({ rule }) => portsOf(rule, protocol))).map((ports) => ({
      protocol,
      ports,
      ...through(speaking(order, { protocol, port: ports.from }, mode), receivers),
    })),
  );
  const others = (['icmp', 'other'] as const).map((protocol) => ({
    protocol,
    ...through(speaking(order, { protocol }, mode), protocol === 'icmp' ? receivers.ipv4 : receivers),
  }));
  return [...ported, ...others].filter(({ addresses }) => !addresses.isEmpty);
}

function through(rules: readonly FirewallRule[], receivers: AddressSet): Omit<LetOut, 'protocol' | 'ports'> {
  let undecided = receivers;
  let addresses = AddressSet.NONE;
  const allowing: FirewallRule[] = [];
  for (const rule of rules) {
    if (undecided.isEmpty) break;
    const here = rangesOf(rule).intersect(undecided);
    if (here.isEmpty) continue;
    if (rule.action === 'allow') {
      addresses = addresses.union(here);
      allowing.push(rule);
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
