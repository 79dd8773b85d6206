import type { FirewallFlow, FirewallRule } from '../../../../../lib/artifact/firewall-rule';
import type { Text } from '../../../../../lib/artifact/text';
import { type Bits, bitsOf } from '../../oracle/bits';
import { OWN, type RandomNetwork } from './random-network';

/** Whoever sends. */
export interface Sender {
  readonly address: Bits;
  readonly tags: readonly string[];
  readonly account?: Text;
}

export interface Packet {
  readonly protocol: Exclude<FirewallFlow['protocol'], 'all'>;
  readonly port: number;
}

/** Whether a packet passes in every world that a file may mean, in some, or in none. */
export interface Passing {
  readonly always: boolean;
  readonly ever: boolean;
}

/**
 * What Google's firewall does, one packet at a time: every rule is looked at, and the one that wins is looked for among them. Where a file
 * does not say whether a rule is about the machine, both worlds are tried.
 */
export class PacketOracle {
  private readonly blocks = new Map<string, Bits>();
  private readonly certainty: ReadonlyMap<FirewallRule, 'yes' | 'no' | 'maybe'>;

  public constructor(private readonly network: RandomNetwork) {
    this.certainty = new Map(network.artifact.firewall.map((rule) => [rule, this.isAbout(rule)]));
  }

  /** Whether a packet comes in to the machine. */
  public comesIn(from: Sender, packet: Packet): Passing {
    const { ipv6 } = this.network.host.instance;
    if (from.address.startsWith('6') && ipv6 !== true) return { always: false, ever: false };
    return this.inEveryWorld('in', (rule) => isOf(rule, packet, from.address) && this.isFrom(rule, from), false);
  }

  /** Whether a packet leaves the machine. */
  public goesOut(to: Bits, packet: Packet): Passing {
    const { ipv6 } = this.network.host.instance;
    if (to.startsWith('6') && ipv6 !== true) return { always: false, ever: false };
    return this.inEveryWorld('out', (rule) => isOf(rule, packet, to) && this.isTo(rule, to), true);
  }

  private inEveryWorld(
    direction: FirewallRule['direction'],
    speaksOf: (rule: FirewallRule) => boolean,
    implied: boolean,
  ): Passing {
    const rules = this.network.artifact.firewall.filter((rule) => rule.direction === direction && speaksOf(rule));
    const sure = rules.filter((rule) => this.certainty.get(rule) === 'yes');
    const unsure = rules.filter((rule) => this.certainty.get(rule) === 'maybe');
    const worlds = Array.from({ length: 2 ** unsure.length }, (_, world) =>
      winner([...sure, ...unsure.filter((_rule, at) => (world >> at) % 2 === 1)], implied),
    );
    return { always: worlds.every(Boolean), ever: worlds.some(Boolean) };
  }

  /** By the machine's network, tags and account. */
  private isAbout({ network, targetTags, targetAccounts }: FirewallRule): 'yes' | 'no' | 'maybe' {
    const { tags, account } = this.network.host.instance;
    const here = isText(network, OWN) ? 'yes' : typeof network[0] === 'string' ? 'maybe' : 'no';
    if (here === 'no') return 'no';
    const isNobody = targetTags.length === 0 && targetAccounts.length === 0;
    const isTagged = targetTags.some((tag) => tags.includes(tag));
    if (isNobody || isTagged) return here;
    if (account === undefined || targetAccounts.length === 0) return 'no';
    if (targetAccounts.some((each) => isText(each, account))) return here;
    return targetAccounts.some(([first]) => typeof first === 'string') ? 'maybe' : 'no';
  }

  private isFrom({ ranges, sourceTags, sourceAccounts }: FirewallRule, { address, tags, account }: Sender): boolean {
    if (ranges.length === 0 && sourceTags.length === 0 && sourceAccounts.length === 0) return address.startsWith('4');
    if (ranges.some((range) => address.startsWith(this.block(range)))) return true;
    // Only what stands in a subnet of the network wears a name.
    const isInside = this.network.artifact.vpc.subnets.some((subnet) =>
      subnet.ranges.some((range) => address.startsWith(this.block(range))),
    );
    if (!isInside) return false;
    return (
      sourceTags.some((tag) => tags.includes(tag)) ||
      (account !== undefined && sourceAccounts.some((each) => isText(each, account)))
    );
  }

  private isTo({ ranges }: FirewallRule, address: Bits): boolean {
    return ranges.length === 0
      ? address.startsWith('4')
      : ranges.some((range) => address.startsWith(this.block(range)));
  }

  private block(range: string): Bits {
    const known = this.blocks.get(range) ?? bitsOf(range);
    this.blocks.set(range, known);
    return known;
  }
}

/** Of all that speak of a packet the one with the lowest number; a denial where two are equal. */
function winner(rules: readonly FirewallRule[], implied: boolean): boolean {
  const lowest = Math.min(...rules.map(({ priority }) => priority));
  const first = rules.filter(({ priority }) => priority === lowest);
  return first.length === 0 ? implied : !first.some(({ action }) => action === 'deny');
}

/** Which protocol an unknown one is nobody knows: an allowance may be about it, and a denial may not. */
function isOf({ flows, action }: FirewallRule, { protocol, port }: Packet, address: Bits): boolean {
  return flows.some((flow) => {
    if (flow.protocol === 'all') return true;
    if (flow.protocol !== protocol) return false;
    if (protocol === 'other') return action === 'allow';
    if (protocol === 'icmp') return address.startsWith('4');
    return flow.ports.length === 0 || flow.ports.some(({ from, to }) => port >= from && port <= to);
  });
}

function isText(one: Text, other: Text): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
