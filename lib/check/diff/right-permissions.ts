import type { AccessPolicy, AccessStatement } from '../../artifact/access-policy';
import type { Artifact } from '../../artifact/artifact';
import type { IamGrant } from '../../artifact/iam-grant';
import type { Text } from '../../artifact/text';
import { covers, spell } from '../identity/text-pattern';
import { type Permission, whole } from './permission';

/** One action on one resource for one principal, on conditions. */
interface Right extends Permission {
  readonly action: Text;
  readonly resource: Text;
  readonly conditions: string;
}

/** Who may do what: identities and what they carry, policies of stores, keys and endpoints, and grants. */
export function rightPermissions(artifact: Artifact): readonly Permission[] {
  const { identities = [], grants = [] } = artifact;
  return [
    ...policiesOf(artifact).flatMap(({ subject, policy }) => rightsOf(subject, policy)),
    ...identities.flatMap(({ id, managed }) =>
      managed.map((arn) => whole('right', id, `it carries the policy ${spell(arn)}`)),
    ),
    ...grants.flatMap(ofGrant),
  ];
}

/** What policies deny, whatever others allow. */
export function deniedRights(artifact: Artifact): readonly Permission[] {
  return policiesOf(artifact).flatMap(({ subject, policy }) =>
    policy.statements
      .filter(({ effect }) => effect === 'deny')
      .map((statement) => whole('right', subject, `denies ${wordsOf(statement)}`)),
  );
}

function policiesOf({
  identities = [],
  endpointPolicies = [],
  stores = [],
  keys = [],
}: Artifact): readonly { readonly subject: string; readonly policy: AccessPolicy }[] {
  return [
    ...identities.flatMap(({ id, policies, trust }) =>
      [...policies, ...(trust === undefined ? [] : [trust])].map((policy) => ({ subject: id, policy })),
    ),
    ...endpointPolicies.map((policy) => ({ subject: policy.id, policy })),
    ...stores.flatMap(({ id, policies = [] }) => policies.map((policy) => ({ subject: id, policy }))),
    ...keys.flatMap(({ id, policy }) => (policy === undefined ? [] : [{ subject: id, policy }])),
  ];
}

function ofGrant({ id, level, on, role, members, permissions, conditional }: IamGrant): readonly Permission[] {
  const may = `${spell(role)}${permissions === undefined ? '' : ` (${permissions.toSorted().join(', ')})`}`;
  const where = `${level} ${spell(on)}${conditional ? ', on a condition' : ''}`;
  return members.map((member) => {
    const what = `${spell(member)} has ${may} on ${where}`;
    return whole('right', id, what, what);
  });
}

function rightsOf(subject: string, { statements }: AccessPolicy): readonly Permission[] {
  return statements
    .filter(({ effect }) => effect === 'allow')
    .flatMap((statement) =>
      statement.unread !== undefined || statement.actions.not || statement.resources.not
        ? [whole('right', subject, wordsOf(statement))]
        : whoOf(statement).flatMap((who) =>
            statement.actions.patterns.flatMap((action) =>
              resourcesOf(statement).map((resource) => right(subject, who, action, resource, statement)),
            ),
          ),
    );
}

/** A policy of who may become somebody names no resource: it is about whom it stands at. */
function resourcesOf({ resources: { patterns } }: AccessStatement): readonly Text[] {
  return patterns.length === 0 ? [['itself']] : patterns;
}

function right(subject: string, who: string, action: Text, resource: Text, { conditions }: AccessStatement): Right {
  const on = conditions
    .map(({ operator, key, values }) => `${operator} ${key} ${values.map(spell).join(' or ')}`)
    .sort()
    .join(' and ');
  return {
    kind: 'right',
    key: `${subject} ${who}`,
    subject,
    action,
    resource,
    conditions: on,
    beyond: (others) =>
      (others as readonly Right[]).some(
        (other) =>
          other.action !== undefined &&
          (other.conditions === '' || other.conditions === on) &&
          covers(other.action, action) &&
          covers(other.resource, resource),
      )
        ? undefined
        : `${who}${spell(action)} on ${spell(resource)}${on === '' ? '' : `, where ${on}`}`,
  };
}

/** Whom a policy is about that stands at a resource, with a space behind; empty for one that an identity carries. */
function whoOf({ principals }: AccessStatement): readonly string[] {
  if (principals === undefined) return [''];
  if (principals.not) return [`all but ${principals.who.map(({ name }) => spell(name)).join(', ')}: `];
  return principals.who.map(({ kind, name }) => (kind === 'anyone' ? 'anyone: ' : `${kind} ${spell(name)}: `));
}

function wordsOf({ actions, resources, principals, conditions, unread }: AccessStatement): string {
  const who =
    principals === undefined
      ? ''
      : `${principals.not ? 'all but ' : ''}${principals.who.map(({ kind, name }) => spell(name) || kind).join(', ')}: `;
  const on = conditions.map(({ operator, key, values }) => `${operator} ${key} ${values.map(spell).join(' or ')}`);
  return `${who}${named(actions)} on ${named(resources)}${on.length === 0 ? '' : `, where ${on.join(' and ')}`}${unread === undefined ? '' : ` (not read whole: ${unread})`}`;
}

function named({ not, patterns }: AccessStatement['actions']): string {
  return `${not ? 'all but ' : ''}${patterns.map(spell).join(', ')}`;
}
