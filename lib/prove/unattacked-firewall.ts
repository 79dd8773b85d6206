import ipaddr from 'ipaddr.js';
import type { Instance } from '../artifact/artifact';
import type { FirewallFlow, FirewallRule } from '../artifact/firewall-rule';
import { resolve } from '../artifact/text';
import { publicHttpsGroups } from '../claims/accepted-risks';
import { operatorsPort } from './admin-door/operators-port';
import type { ClaimSubject } from '../claims/claim-subject';
import { contains, isPrivate } from './network/address-range';
import { callersListener, frontsOf } from './network/fronts-of';
import { IAP_TUNNEL, PRIVATE_ACCESS } from './network/google-addresses';
import { machinePort } from './network/published-ports';
import type { Seat } from './network/seat';
import { planSeats } from './network/seat-plan';
import { carries } from './network/vpc-rules';
import { judgedInstance, rulesOn } from '../artifact/bearing-rules';

/** Ports of every connection of a probe without a port of its own: Linux gives one of these. */
const ANY_PORT = { from: 32_768, to: 60_999 };
const HTTPS = { from: 443, to: 443 };
/** The machine's own shell, which listens whatever its containers do. */
const SSH = 22;
/** Seats of the deployment itself, of those whom it admits, and of the cloud. */
const NO_ATTACKERS: readonly string[] = ['task', 'caller', 'operator', 'google'];
/** What a rule without ranges, tags and accounts speaks of. */
const ANYWHERE = '0.0.0.0/0';

/** A rule, and the ranges of it that the machine has addresses for. */
interface RangedRule {
  readonly rule: FirewallRule;
  readonly ranges: readonly string[];
}

/**
 * Rules of its network's firewall that let somebody in to a machine for whom no place of the run stands, or to what the run does not have.
 *
 * @param ports of the containers' listeners that a claim is about; absent: any port but those of callers and operators
 */
export function machineWaysIn(about: ClaimSubject, instance: Instance, ports?: readonly number[]): readonly string[] {
  const doors = doorsOf(about);
  const published = instance.published
    .filter(({ port, containerPort }) => (ports === undefined ? !doors.includes(port) : ports.includes(containerPort)))
    .map(({ port }) => port);
  const attackers = planSeats(about.artifact, about.host).seats.filter(({ name }) => !NO_ATTACKERS.includes(name));
  return rangedRules(about, instance, 'in', 'allow').flatMap((ranged) => [
    ...published
      .filter((port) => carries(ranged.rule, port))
      .flatMap((port) =>
        unseated(ranged, attackers).map((who) => `${spellIn(ranged, port, who)}, from where nobody attacked`),
      ),
    ...(ports === undefined && carries(ranged.rule, SSH)
      ? sourcesOf(ranged)
          // which asks Google who comes, and is reported where it is granted
          .filter((who) => who !== IAP_TUNNEL)
          .map((who) => `${spellIn(ranged, SSH, who)}, where the machine has a shell and the run has none`)
      : []),
  ]);
}

/** Rules of its network's firewall that let a machine out to where, or on what port, no attack tried to go. */
export function machineWaysOut(about: ClaimSubject, instance: Instance, to: 'network' | 'internet'): readonly string[] {
  const { seats, service } = planSeats(about.artifact, about.host);
  const seated = (name: string, range: string): boolean =>
    seats.some((seat) => seat.name === name && holdsSeat(range, seat));
  const accepted = to === 'internet' ? publicHttpsGroups(about) : [];
  // where no route of these files leads, no rule was asked
  const isRouted = to === 'network' || about.host.internetRoute !== 'none';
  const isTried = (flow: FirewallFlow, range: string): boolean =>
    isRouted &&
    (covers(flow, ANY_PORT) || covers(flow, HTTPS)) &&
    seated(to === 'internet' ? 'internet' : 'stranger', range);
  const isService = (flow: FirewallFlow, range: string): boolean =>
    flow.ports.length > 0 && covers(flow, { from: service.port, to: service.port }) && seated('service', range);
  const isKnown = (flow: FirewallFlow, range: string, id: string): boolean =>
    isHttps(flow) && (PRIVATE_ACCESS.includes(range) || accepted.includes(id));
  const found = rangedRules(about, instance, 'out', 'allow').flatMap(({ rule: { id, flows }, ranges }) =>
    ranges
      .filter((range) => (isPrivate(range) ? 'network' : 'internet') === to)
      .flatMap((range) =>
        flows
          .filter((flow) => !isTried(flow, range) && !isService(flow, range) && !isKnown(flow, range, id))
          .map((flow) => `${id} admits ${spellFlow(flow)} to ${range}, where no attack went`),
      ),
  );
  return [...found, ...(to === 'internet' ? impliedOut(about, instance) : [])];
}

/** What no rule denies, the network itself allows: more than was attacked. */
function impliedOut(about: ClaimSubject, instance: Instance): readonly string[] {
  const denied = rangedRules(about, instance, 'out', 'deny')
    .filter(({ rule }) => rule.flows.some(({ protocol }) => protocol === 'all'))
    .flatMap(({ ranges }) => ranges);
  const everywhere = instance.ipv6 === true ? [ANYWHERE, '::/0'] : [ANYWHERE];
  return everywhere
    .filter((range) => !denied.includes(range))
    .map((range) => `no rule denies all of ${range} to the machine, and a few ports of it were attacked`);
}

/** Ports of the machine that callers and operators have: each is a door that is attacked by those who are let in. */
function doorsOf({ artifact, host }: ClaimSubject): readonly number[] {
  const [front] = frontsOf(artifact, host);
  // past a balancer that ends TLS callers must not come
  const callers = front?.type === 'passthrough' ? callersListener(front, host)?.port : undefined;
  const admin = operatorsPort(host);
  const operators = admin === undefined ? undefined : machinePort(host, admin);
  return [callers, operators].filter((port) => port !== undefined);
}

function rangedRules(
  { artifact }: ClaimSubject,
  instance: Instance,
  direction: FirewallRule['direction'],
  action: FirewallRule['action'],
): readonly RangedRule[] {
  return rulesOn(judgedInstance(instance), direction, artifact.firewall ?? [])
    .filter(({ rule, certain }) => rule.action === action && (certain || action === 'allow'))
    .map(({ rule }) => ({
      rule,
      ranges: rangesOf(rule).filter((each) => instance.ipv6 === true || !each.includes(':')),
    }));
}

function rangesOf({ ranges, sourceTags, sourceAccounts }: FirewallRule): readonly string[] {
  return ranges.length + sourceTags.length + sourceAccounts.length === 0 ? [ANYWHERE] : ranges;
}

/** Those of a rule's sources of whom nobody in the run is one; nobody has a tag or an account but whom the deployment admits. */
function unseated(ranged: RangedRule, attackers: readonly Seat[]): readonly string[] {
  return sourcesOf({
    ...ranged,
    ranges: ranged.ranges.filter((range) => !attackers.some((seat) => holdsSeat(range, seat))),
  });
}

function sourcesOf({ rule: { sourceTags, sourceAccounts }, ranges }: RangedRule): readonly string[] {
  return [
    ...ranges,
    ...sourceTags.map((tag) => `the tag ${tag}`),
    ...sourceAccounts.map((account) => `the account ${resolve(account, ({ logicalId }) => logicalId)}`),
  ];
}

/** What is no range lets nobody in that could be named; the firewall says so. */
function holdsSeat(range: string, seat: Seat): boolean {
  return !ipaddr.isValidCIDR(range) || [...seat.addresses, ...seat.addresses6].some((each) => contains(range, each));
}

function covers(
  { protocol, ports }: FirewallFlow,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  if (protocol === 'all') return true;
  return protocol === 'tcp' && (ports.length === 0 || ports.some((each) => each.from <= from && to <= each.to));
}

function isHttps({ protocol, ports }: FirewallFlow): boolean {
  return protocol === 'tcp' && ports.length > 0 && ports.every(({ from, to }) => from === 443 && to === 443);
}

function spellIn({ rule: { id } }: RangedRule, port: number, who: string): string {
  return `${id} admits tcp ${port} from ${who}`;
}

function spellFlow({ protocol, ports }: FirewallFlow): string {
  const said = ports.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
  return `${protocol}${said === '' ? '' : ` ${said}`}`;
}
