import type { Artifact, SecurityGroup } from '../../artifact/artifact';
import type { VpcRange } from './address-range';
import { renderRule } from './firewall-rule';
import type { Seat } from './seat';

/** The security groups of a deployment as an nftables ruleset for the router between all seats. */
export interface Firewall {
  /** For `nft -f`. */
  readonly ruleset: string;
  /**
   * Who refuses: the packet mark that a refusal is recorded with is the place in this list, counted from 1. Packets with the mark 0
   * are refused for want of knowledge: a rule that the file does not give in full might have admitted them.
   */
  readonly refusers: readonly string[];
  /** What the file does not say exactly enough, and whom the run therefore admits: nobody. */
  readonly unproven: readonly string[];
}

/** Names of the sets in which refused connections stand: source, source port, destination, destination port, mark. */
export const REFUSED: Readonly<Record<4 | 6, string>> = { 4: 'refused4', 6: 'refused6' };
/** The table that holds all of it. */
export const TABLE = 'inet portcullis';

/** How a packet between two seats is judged, in order; the first refusal is the one that is recorded. */
interface Draft {
  readonly refusers: string[];
  readonly unproven: string[];
  readonly seats: readonly Seat[];
  readonly groups: readonly SecurityGroup[];
  readonly range: VpcRange;
  /** Groups of which the reader could not read every rule. */
  readonly unread: ReadonlySet<string>;
}

/** A refusal that is on record and names nobody. */
const UNKNOWN = 'meta mark set 0 goto refuse';

/**
 * Renders the groups as AWS applies them: stateful, deny by default, the rules of all groups of a host added up, outgoing packets
 * judged by the sender's groups and incoming ones by the receiver's. What has no route is refused before any group is asked, and
 * nobody sends from an address that is not its own (source/destination check).
 */
export function renderFirewall(
  seats: readonly Seat[],
  { groups, unreadable }: Pick<Artifact, 'groups' | 'unreadable'>,
  range: VpcRange,
): Firewall {
  const unread = new Set(unreadable.map(({ subject }) => subject));
  const draft: Draft = { refusers: [], unproven: [], seats, groups, range, unread };
  const spoofed = refuser(draft, 'source address is not its own');
  const chains = seats.flatMap((seat) => [filterChain(draft, seat, 'out'), filterChain(draft, seat, 'in')]);
  const forward = [
    'type filter hook forward priority filter; policy drop;',
    ...seats.flatMap((seat) => ownAddressRules(seat, spoofed)),
    'ct state established,related accept',
    'ct state invalid drop',
    ...routeRules(draft),
    ...seats.filter(isFiltered).map((seat) => `iifname "${seat.link}" jump ${chainName(seat, 'out')}`),
    ...seats.filter(isFiltered).map((seat) => `oifname "${seat.link}" jump ${chainName(seat, 'in')}`),
    'accept',
  ];
  const body = [...sets(), chain('refuse', refuseRules()), ...chains, chain('forward', forward)];
  return {
    ruleset: `table ${TABLE} {\n${body.join('\n')}\n}\n`,
    refusers: draft.refusers,
    unproven: [...new Set(draft.unproven)],
  };
}

function filterChain(draft: Draft, seat: Seat, direction: 'in' | 'out'): string {
  if (seat.filteredBy === undefined) return '';
  const name = chainName(seat, direction);
  if (seat.filteredBy.length === 0) return chain(name, defaultGroup(draft, direction));
  const admitted: string[] = [];
  const doubtful: string[] = [];
  for (const id of seat.filteredBy) {
    const group = draft.groups.find((each) => each.id === id);
    if (group === undefined || draft.unread.has(id)) {
      draft.unproven.push(
        `the rules of group ${id} are not all known from the file, so the run admits nobody by the unknown`,
      );
      doubtful.push(UNKNOWN);
    }
    for (const rule of group?.rules.filter((each) => each.direction === direction) ?? []) {
      const { matches, unproven } = renderRule(rule, draft.seats, draft.range);
      if (unproven === undefined) admitted.push(...matches.map((match) => `${match} return`));
      else {
        draft.unproven.push(unproven);
        doubtful.push(...matches.map((match) => `${match} ${UNKNOWN}`));
      }
    }
  }
  const refused = refuser(draft, `${seat.filteredBy.join(' + ')} (${direction})`);
  return chain(name, [...new Set([...admitted, ...doubtful]), refused]);
}

/** A host without a group has the VPC's default one, which strangers have too unless told otherwise: out all, in from its members. */
function defaultGroup(draft: Draft, direction: 'in' | 'out'): readonly string[] {
  if (direction === 'out') return ['return'];
  const members = draft.seats.filter((seat) => !seat.outside && (seat.filteredBy ?? []).length === 0);
  return [...members.map((seat) => `iifname "${seat.link}" return`), refuser(draft, 'default group of the VPC (in)')];
}

function ownAddressRules(seat: Seat, refuse: string): readonly string[] {
  return [
    `iifname "${seat.link}" ip saddr != { ${seat.addresses.join(', ')} } ${refuse}`,
    `iifname "${seat.link}" ip6 saddr != { ${seat.addresses6.join(', ')} } ${refuse}`,
  ];
}

function routeRules(draft: Draft): readonly string[] {
  const outside = draft.seats.filter((seat) => seat.outside).map((seat) => `"${seat.link}"`);
  if (outside.length === 0) return [];
  const links = `{ ${outside.join(', ')} }`;
  const inside = draft.seats.filter((seat) => !seat.outside);
  return [
    ...inside
      .filter((seat) => !seat.reachableFromOutside)
      .map(
        (s) => `iifname ${links} oifname "${s.link}" ${refuser(draft, `no route from the internet to the ${s.name}`)}`,
      ),
    ...inside
      .filter((seat) => !seat.reachesOutside)
      .map(
        (s) => `iifname "${s.link}" oifname ${links} ${refuser(draft, `no route from the ${s.name} to the internet`)}`,
      ),
  ];
}

/** Only the first packet of a connection is recorded, so that a stray late one never speaks against a connection that was admitted. */
function refuseRules(): readonly string[] {
  return ([4, 6] as const)
    .flatMap((family) => [
      `meta nfproto ipv${family} tcp flags & (syn | ack) == syn ${recordOf(family)}`,
      `meta nfproto ipv${family} meta l4proto udp ${recordOf(family)}`,
    ])
    .concat('drop');
}

function recordOf(family: 4 | 6): string {
  const ip = family === 4 ? 'ip' : 'ip6';
  return `add @${REFUSED[family]} { ${ip} saddr . th sport . ${ip} daddr . th dport . meta mark }`;
}

function refuser(draft: Draft, who: string): string {
  if (!draft.refusers.includes(who)) draft.refusers.push(who);
  return `meta mark set ${draft.refusers.indexOf(who) + 1} goto refuse`;
}

function sets(): readonly string[] {
  return ([4, 6] as const).map(
    (family) =>
      `  set ${REFUSED[family]} {\n    type ipv${family}_addr . inet_service . ipv${family}_addr . inet_service . mark\n` +
      '    flags dynamic\n    size 65535\n  }',
  );
}

function chain(name: string, rules: readonly string[]): string {
  return [`  chain ${name} {`, ...rules.map((rule) => `    ${rule}`), '  }'].join('\n');
}

function chainName(seat: Seat, direction: 'in' | 'out'): string {
  return `${direction}_${seat.name.replaceAll('-', '_')}`;
}

function isFiltered(seat: Seat): boolean {
  return seat.filteredBy !== undefined;
}
