import type { Artifact, SecurityGroup } from '../../artifact/artifact';
import type { FirewallRule } from '../../artifact/firewall-rule';
import type { VpcRange } from './address-range';
import { renderRule } from './firewall-rule';
import { chain, recordRules, refusalSets } from './refusal-record';
import type { Seat } from './seat';
import { vpcChain } from './vpc-firewall';

/** The security groups of a deployment, or the firewall of its VPC network, as an nftables ruleset for the router between all seats. */
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

/** The table that holds all of it. */
export const TABLE = 'inet portcullis';

/** How a packet between two seats is judged, in order; the first refusal is the one that is recorded. */
interface Draft {
  readonly refusers: string[];
  readonly unproven: string[];
  readonly seats: readonly Seat[];
  readonly groups: readonly SecurityGroup[];
  readonly rules: readonly FirewallRule[];
  readonly range: VpcRange;
  /** Resources of which the reader could not read every rule. */
  readonly unread: ReadonlySet<string>;
}

/** A refusal that is on record and names nobody. */
const UNKNOWN = 'meta mark set 0 goto refuse';
/** Addresses of resources that hold rules of a VPC network's firewall. */
const VPC_RULES = /(?:^|\.)google_compute_\w*firewall\w*\./;

/**
 * Renders the groups as AWS applies them: stateful, deny by default, the rules of all groups of a host added up, outgoing packets
 * judged by the sender's groups and incoming ones by the receiver's; and the firewall of a VPC network as Google does. What has no route
 * is refused before any of them is asked, and nobody sends from an address that is not its own (source/destination check).
 */
export function renderFirewall(
  seats: readonly Seat[],
  { groups, unreadable, firewall: rules = [] }: Pick<Artifact, 'groups' | 'unreadable' | 'firewall'>,
  range: VpcRange,
): Firewall {
  const unread = new Set(unreadable.map(({ subject }) => subject));
  const draft: Draft = { refusers: [], unproven: [], seats, groups, rules, range, unread };
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
    ...seats.flatMap((seat) => publishedRules(draft, seat)),
    'accept',
  ];
  const body = [...refusalSets(), chain('refuse', [...recordRules(), 'drop']), ...chains, chain('forward', forward)];
  return {
    ruleset: `table ${TABLE} {\n${body.join('\n')}\n}\n`,
    refusers: draft.refusers,
    unproven: [...new Set(draft.unproven)],
  };
}

function filterChain(draft: Draft, seat: Seat, direction: 'in' | 'out'): string {
  const name = chainName(seat, direction);
  if (seat.inNetwork !== undefined) return chain(name, vpcRules(draft, seat, direction));
  if (seat.filteredBy === undefined) return '';
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

/** Where a rule could not be read, it might have admitted whatever another one refuses. */
function vpcRules(draft: Draft, seat: Seat, direction: 'in' | 'out'): readonly string[] {
  const { rules, seats } = draft;
  const unread = [...draft.unread].filter((id) => VPC_RULES.test(id) || rules.some((rule) => rule.id === id));
  const refuse = unread.length === 0 ? (who: string): string => refuser(draft, who) : (): string => UNKNOWN;
  const { lines, unproven } = vpcChain({ seat, direction, rules, seats, refuse, unknown: UNKNOWN });
  draft.unproven.push(
    ...unread.map((id) => `${id} could not be read whole, so the run admits nobody by the unknown`),
    ...unproven,
  );
  return lines;
}

/** What a machine does not publish ends at the machine, whose own processes the run does not have. */
function publishedRules(draft: Draft, seat: Seat): readonly string[] {
  if (seat.published === undefined) return [];
  const ports = [...new Set(seat.published.map(({ port }) => port))];
  return [
    ...(ports.length === 0 ? [] : [`oifname "${seat.link}" tcp dport { ${ports.join(', ')} } accept`]),
    `oifname "${seat.link}" ${refuser(draft, 'docker: port not published')}`,
  ];
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
  return [
    ...draft.seats.filter(({ ipv4Only }) => ipv4Only).flatMap((seat) => ipv4Rules(draft, seat)),
    ...draft.seats.flatMap((seat) => forwardingRules(draft, seat)),
    ...internetRules(draft),
  ];
}

function ipv4Rules(draft: Draft, { name, link }: Seat): readonly string[] {
  const refuse = refuser(draft, `the ${name} has no IPv6 address`);
  return ['iifname', 'oifname'].map((side) => `${side} "${link}" meta nfproto ipv6 ${refuse}`);
}

/** What a forwarding rule does not speak of, never comes to the host behind it. */
function forwardingRules(draft: Draft, { forwarded = [] }: Seat): readonly string[] {
  if (forwarded.length === 0) return [];
  const refuse = refuser(draft, 'no forwarding rule for the port');
  return forwarded.flatMap(({ address, address6, ports }) =>
    [`ip daddr ${address}`, `ip6 daddr ${address6}`].flatMap((match) => [
      `${match} tcp dport != { ${ports.join(', ')} } ${refuse}`,
      `${match} meta l4proto != tcp ${refuse}`,
    ]),
  );
}

function internetRules(draft: Draft): readonly string[] {
  const outside = draft.seats.filter((seat) => seat.outside).map((seat) => `"${seat.link}"`);
  if (outside.length === 0) return [];
  const links = `{ ${outside.join(', ')} }`;
  const inside = draft.seats.filter((seat) => !seat.outside);
  return [
    ...inside
      .filter((seat) => !seat.reachableFromOutside)
      .flatMap((s) => {
        const refuse = refuser(draft, `no route from the internet to the ${s.name}`);
        return addressesWithoutRoute(s).map((match) => `iifname ${links} oifname "${s.link}" ${match}${refuse}`);
      }),
    ...inside
      .filter((seat) => !seat.reachesOutside)
      .map(
        (s) => `iifname "${s.link}" oifname ${links} ${refuser(draft, `no route from the ${s.name} to the internet`)}`,
      ),
  ];
}

/** All of a host's, but for those that a forwarding rule of the cloud has made public. */
function addressesWithoutRoute({ publicAddresses = [] }: Seat): readonly string[] {
  if (publicAddresses.length === 0) return [''];
  const six = publicAddresses.filter((address) => address.includes(':'));
  const four = publicAddresses.filter((address) => !address.includes(':'));
  return [
    four.length === 0 ? 'meta nfproto ipv4 ' : `ip daddr != { ${four.join(', ')} } `,
    six.length === 0 ? 'meta nfproto ipv6 ' : `ip6 daddr != { ${six.join(', ')} } `,
  ];
}

function refuser(draft: Draft, who: string): string {
  if (!draft.refusers.includes(who)) draft.refusers.push(who);
  return `meta mark set ${draft.refusers.indexOf(who) + 1} goto refuse`;
}

function chainName(seat: Seat, direction: 'in' | 'out'): string {
  return `${direction}_${seat.name.replaceAll('-', '_')}`;
}

function isFiltered(seat: Seat): boolean {
  return seat.filteredBy !== undefined || seat.inNetwork !== undefined;
}
