import type { GroupRule, SecurityGroup } from '../../../artifact/artifact';
import { AddressSet } from '../address-set';

/** What security groups let through of one protocol to one port: their rules together. */
export interface Admission {
  /** Of rules that name blocks. */
  readonly addresses: AddressSet;
  /** Ids of groups whose members are named, wherever they stand. */
  readonly members: ReadonlySet<string>;
  /** Why more may be let through: prefix lists whose blocks the file does not show, and blocks that only the cloud knows. */
  readonly unknown: readonly string[];
  /** The rules that say so. */
  readonly rules: readonly GroupRule[];
}

/** Traffic of one protocol to one port. */
export interface Flow {
  readonly direction: GroupRule['direction'];
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** Everything that some groups on one interface let through, which is what any of them does. */
export function admissionOf(groups: readonly SecurityGroup[], flow: Flow): Admission {
  const each = groups.map((group) => admissionOfOne(group, flow));
  const [only, ...others] = each;
  if (only !== undefined && others.length === 0) return only;
  return {
    addresses: AddressSet.unionOf(each.map(({ addresses }) => addresses)),
    members: new Set(each.flatMap(({ members }) => [...members])),
    unknown: each.flatMap(({ unknown }) => unknown),
    rules: each.flatMap(({ rules }) => rules),
  };
}

/** Every claim asks it of the same few ports, and a group may have many rules. */
function admissionOfOne(group: SecurityGroup, flow: Flow): Admission {
  const flows = ADMISSIONS.get(group) ?? new Map<string, Admission>();
  ADMISSIONS.set(group, flows);
  const name = `${flow.direction} ${flow.protocol} ${flow.port}`;
  const known = flows.get(name);
  if (known !== undefined) return known;
  const rules = group.rules.filter((rule) => fits(rule, flow));
  const admission = {
    addresses: AddressSet.unionOf(rules.map(blockOf)),
    members: new Set(rules.flatMap(({ peer }) => (peer.kind === 'group' ? [peer.id] : []))),
    unknown: rules.flatMap((rule) => whyUnknown(rule) ?? []),
    rules,
  };
  flows.set(name, admission);
  return admission;
}

const ADMISSIONS = new WeakMap<SecurityGroup, Map<string, Admission>>();

/** Whether anybody at all is let through. */
export function admitsSomebody({ rules }: Admission): boolean {
  return rules.length > 0;
}

/** The addresses that a rule names as blocks. */
export function blockOf({ peer }: GroupRule): AddressSet {
  if (peer.kind !== 'cidr') {
    return AddressSet.NONE;
  }
  const known = BLOCKS.get(peer.cidr) ?? AddressSet.parse(peer.cidr) ?? AddressSet.NONE;
  if (BLOCKS.size < MOST_BLOCKS) {
    BLOCKS.set(peer.cidr, known);
  }
  return known;
}

/** The same few blocks stand in many rules. */
const BLOCKS = new Map<string, AddressSet>();
const MOST_BLOCKS = 10_000;

function whyUnknown(rule: GroupRule): string | undefined {
  const { peer } = rule;
  if (peer.kind === 'prefix-list') {
    return `${nameOf(rule)} names the prefix list ${peer.id}, whose blocks the file does not show`;
  }
  const unread = peer.kind === 'unknown' || (peer.kind === 'cidr' && AddressSet.parse(peer.cidr) === undefined);
  return unread ? `${nameOf(rule)} names a block that the file does not show` : undefined;
}

/** What a rule is called where people look for it. */
export function nameOf({ id }: GroupRule): string {
  return id ?? "EC2's default rule";
}

function fits(rule: GroupRule, { direction, protocol, port }: Flow): boolean {
  return (
    rule.direction === direction &&
    (rule.protocol === 'all' || (rule.protocol === protocol && rule.fromPort <= port && port <= rule.toPort))
  );
}
