import type { GroupRule, SecurityGroup } from '../artifact';
import { groupId } from './group-id';
import { readRule } from './group-rule';
import type { Property } from '../property';
import type { Resources } from './resources';

/** Every way out, which EC2 gives a group for which nobody states one. */
const ALLOW_ALL_OUT: readonly GroupRule[] = ['0.0.0.0/0', '::/0'].map((cidr) => ({
  direction: 'out',
  protocol: 'all',
  fromPort: 0,
  toPort: 65_535,
  peer: { kind: 'cidr', cidr },
}));

/** The group in which rules stand. */
interface Place {
  readonly id: string;
  readonly resources: Resources;
}

interface Draft {
  readonly rules: GroupRule[];
  statesEgress: boolean;
  outside: boolean;
}

/**
 * Reads the security groups of a template with the rules that stand inside them and beside them, and EC2's own defaults.
 *
 * @param used ids of groups on some network interface: of those the rules must be known, so one that is not in the file is reported
 */
export function readSecurityGroups(resources: Resources, used: readonly string[]): readonly SecurityGroup[] {
  const drafts = new Map<string, Draft>();
  for (const { id, properties } of resources.ofType('AWS::EC2::SecurityGroup')) {
    const egress = properties.get('SecurityGroupEgress');
    const rules = [
      ...inline(properties.get('SecurityGroupIngress'), 'in', { id, resources }),
      ...inline(egress, 'out', { id, resources }),
    ];
    drafts.set(id, { rules, statesEgress: egress.present && !isEmpty(egress), outside: false });
  }
  for (const id of used.filter((group) => !drafts.has(group))) {
    drafts.set(id, outside(id, resources));
  }
  addSeparate(drafts, resources, 'in');
  addSeparate(drafts, resources, 'out');
  return [...drafts].map(([id, { rules, statesEgress, outside: foreign }]) => ({
    id,
    rules: statesEgress || foreign ? rules : [...rules, ...ALLOW_ALL_OUT],
  }));
}

function inline(list: Property, direction: 'in' | 'out', { id, resources }: Place): GroupRule[] {
  const name = direction === 'in' ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
  return list.items().flatMap((rule, index) => {
    const read = readRule(rule, direction, resources);
    return read === undefined ? [] : [{ ...read, id: `${id}.${name}[${index}]` }];
  });
}

function isEmpty(list: Property): boolean {
  return Array.isArray(list.value) && list.value.length === 0;
}

function addSeparate(drafts: Map<string, Draft>, resources: Resources, direction: 'in' | 'out'): void {
  const type = direction === 'in' ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress';
  for (const { id: ruleId, properties } of resources.ofType(type)) {
    const id = groupId(properties.get('GroupId'));
    const draft = drafts.get(id ?? '');
    const rule = readRule(properties, direction, resources);
    if (id === undefined) {
      properties.get('GroupId').unreadable('names no group');
    }
    if (draft !== undefined) {
      draft.rules.push(...(rule === undefined ? [] : [{ ...rule, id: ruleId }]));
      draft.statesEgress ||= direction === 'out';
    }
    // A rule for the way out also takes the default one away, so that it must be certain to be there.
    if (resources.isReported(ruleId) && (rule === undefined || id === undefined || direction === 'out')) {
      doubt(id === undefined ? [...drafts.keys()] : [id], ruleId, resources);
    }
  }
}

/** What is not known of a rule is not known of the groups that may have it. */
function doubt(groups: readonly string[], rule: string, resources: Resources): void {
  for (const group of groups) {
    resources.report(group, `may have the rule ${rule}, which could not be read`);
  }
}

/** A VPC's default group admits its own members and lets everything out; the rules of any other group outside the file are not known. */
function outside(id: string, resources: Resources): Draft {
  if (id === 'default' || id.endsWith('.DefaultSecurityGroup')) {
    const members: GroupRule = {
      direction: 'in',
      protocol: 'all',
      fromPort: 0,
      toPort: 65_535,
      peer: { kind: 'group', id },
    };
    return { rules: [members, ...ALLOW_ALL_OUT], statesEgress: true, outside: false };
  }
  resources.report(id, 'is a security group outside this file, so its rules are not known');
  return { rules: [], statesEgress: false, outside: true };
}
