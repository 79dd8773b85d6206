import type { GroupRule } from '../artifact/artifact';
import { literal } from '../artifact/text';
import { RESTATE_PORTS } from '../restate/listeners';
import { publicHttpsGroups } from '../claims/accepted-risks';
import type { ClaimSubject } from '../claims/claim-subject';
import { contains, isPrivate } from './network/address-range';
import { planSeats, type SeatPlan } from './network/seat-plan';
import { machineWaysIn, machineWaysOut } from './unattacked-firewall';

/** Ports of every connection of a probe without a port of its own: Linux gives one of these. */
const ANY_PORT = { first: 32_768, last: 60_999 };
const HTTPS = 443;
/** Seats of the deployment itself, and of those whom it admits. */
const NO_ATTACKERS: readonly string[] = ['task', 'machine', 'caller', 'operator'];

/** A rule of a task's security group, and the group. */
interface OwnedRule {
  readonly group: string;
  readonly rule: GroupRule;
}

/**
 * Rules of its groups, or of its network's firewall, that let somebody in to the task for whom no place of the run stands, so that no attack came from there.
 *
 * @param ports of the listeners that a claim is about; absent: any port
 */
export function unattackedWaysIn(about: ClaimSubject, ports?: readonly number[]): readonly string[] {
  const { instance } = about.host;
  if (instance !== undefined) return machineWaysIn(about, instance, ports);
  const plan = planSeats(about.artifact, about.host);
  return rulesOf(about, 'in')
    .filter(({ rule }) => ports === undefined || ports.some((port) => covers(rule, port, port)))
    .filter(({ rule }) => !isSeated(rule.peer, about, plan))
    .map((owned) => `${spell(owned)}, from where nobody attacked`);
}

/** Rules of its groups, or of its network's firewall, that let the task out to where, or on what port, no attack tried to go. */
export function unattackedWaysOut(about: ClaimSubject, to: 'network' | 'internet'): readonly string[] {
  const { instance } = about.host;
  if (instance !== undefined) return machineWaysOut(about, instance, to);
  const plan = planSeats(about.artifact, about.host);
  const accepted = publicHttpsGroups(about);
  return rulesOf(about, 'out')
    .filter(({ rule: { peer } }) => (peer.kind === 'cidr' && !isPrivate(peer.cidr) ? 'internet' : 'network') === to)
    .filter((owned) => !isAttacked(owned.rule, to, plan))
    .filter(({ group, rule }) => !(to === 'internet' && accepted.includes(group) && isHttps(rule)))
    .map((owned) => `${spell(owned)}, where no attack went`);
}

/** The ports of the server's own doors: as it is told, or its defaults. */
export function serverPorts({ host }: ClaimSubject): readonly number[] {
  const stated = host.containers.flatMap(({ environment }) =>
    Object.entries(environment).flatMap(([name, value]) => {
      const port = /^RESTATE_\w*BIND_(?:ADDRESS|PORT)$/.test(name)
        ? /(\d+)\/?$/.exec(literal(value) ?? '')?.[1]
        : undefined;
      return port === undefined ? [] : [Number(port)];
    }),
  );
  return [...new Set([...Object.values(RESTATE_PORTS), ...stated])];
}

function rulesOf({ artifact, host }: ClaimSubject, direction: GroupRule['direction']): readonly OwnedRule[] {
  return artifact.groups
    .filter(({ id }) => host.groups.includes(id))
    .flatMap(({ id: group, rules }) => rules.map((rule) => ({ group, rule })))
    .filter(({ rule }) => rule.direction === direction && rule.protocol !== 'icmp');
}

/** Peers that the file does not give are left to the firewall, which then names nobody for any refusal. */
function isSeated(peer: GroupRule['peer'], { artifact, host }: ClaimSubject, plan: SeatPlan): boolean {
  const attackers = plan.seats.filter(({ name }) => !NO_ATTACKERS.includes(name));
  if (peer.kind === 'group') {
    const known = attackers.some((seat) => seat.memberOf.includes(peer.id));
    return known && !artifact.hosts.some((other) => other.id !== host.id && other.groups.includes(peer.id));
  }
  if (peer.kind !== 'cidr') return true;
  return attackers.some((seat) => [...seat.addresses, ...seat.addresses6].some((each) => holds(peer.cidr, each)));
}

function isAttacked(rule: GroupRule, to: 'network' | 'internet', plan: SeatPlan): boolean {
  const { peer } = rule;
  if (peer.kind === 'group') return rule.protocol === 'tcp' && !covers(rule, 1, 65_535);
  if (peer.kind !== 'cidr') return true;
  const target = plan.seats.find(({ name }) => name === (to === 'internet' ? 'internet' : 'stranger'));
  const addresses = [...(target?.addresses ?? []), ...(target?.addresses6 ?? [])];
  const tried = covers(rule, ANY_PORT.first, ANY_PORT.last) || covers(rule, HTTPS, HTTPS);
  return tried && rule.protocol !== 'udp' && addresses.some((address) => holds(peer.cidr, address));
}

function isHttps({ protocol, fromPort, toPort }: GroupRule): boolean {
  return protocol === 'tcp' && fromPort === HTTPS && toPort === HTTPS;
}

function covers(rule: GroupRule, first: number, last: number): boolean {
  return rule.protocol === 'all' || (Math.max(rule.fromPort, 0) <= first && rule.toPort >= last);
}

/** What is no range lets nobody in that could be named; the firewall says so. */
function holds(cidr: string, address: string): boolean {
  return !/^[\da-f.:]+\/\d+$/i.test(cidr) || contains(cidr, address);
}

function spell({ group, rule: { direction, protocol, fromPort, toPort, peer } }: OwnedRule): string {
  const ports = protocol === 'all' ? '' : fromPort === toPort ? ` ${fromPort}` : ` ${fromPort}-${toPort}`;
  const who =
    peer.kind === 'cidr' ? peer.cidr : peer.kind === 'unknown' ? 'an unknown peer' : `${peer.kind} ${peer.id}`;
  return `${group} admits ${protocol}${ports} ${direction === 'in' ? 'from' : 'to'} ${who}`;
}
