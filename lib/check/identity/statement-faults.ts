import type { AccessStatement } from '../../artifact/access-policy';
import type { Text } from '../../artifact/text';
import { CONDITIONAL, NAMELESS, PARTLY_NAMED } from './iam-tables';
import { isExact, isLimited } from './limits';
import { hasWildcard, spell } from './text-pattern';

/** Something about a statement that is wider than it has to be, or not understood. */
export interface Fault {
  readonly verdict: 'broken' | 'unproven';
  readonly evidence: string;
}

/** What one statement that allows something leaves open by wildcards, by exceptions, or for want of a condition. */
export function statementFaults(statement: AccessStatement): readonly Fault[] {
  if (statement.effect === 'deny') return [];
  if (statement.unread !== undefined) return [{ verdict: 'unproven', evidence: `a statement ${statement.unread}` }];
  const { actions, resources } = statement;
  if (actions.not) return [broken('a statement allows all actions but some (NotAction)')];
  if (resources.not) return [broken('a statement allows all resources but some (NotResource)')];
  return actions.patterns.flatMap((pattern) => {
    const action = spell(pattern).toLowerCase();
    if (hasWildcard(pattern)) return [broken(`allows ${spell(pattern)}, an action with a wildcard`)];
    return [
      ...resources.patterns.flatMap((resource) => resourceFaults(action, resource, statement)),
      ...conditionFaults(action, statement),
    ];
  });
}

function resourceFaults(action: string, resource: Text, statement: AccessStatement): readonly Fault[] {
  if (!hasWildcard(resource)) return [];
  const name = spell(resource);
  if (name === '*') {
    return NAMELESS.some((known) => known.test(action))
      ? []
      : [broken(`allows ${action} on every resource, although the action takes a name`)];
  }
  const plain = resource.map((part) => (typeof part === 'string' ? part : '$')).join('');
  const fitting = PARTLY_NAMED.filter((each) => each.resource.test(plain) && each.actions.test(action));
  if (fitting.length === 0) return [broken(`allows ${action} on ${name}, a wildcard where a name could stand`)];
  const bounded = fitting.some(
    ({ needs }) =>
      needs === undefined ||
      isLimited(statement, {
        key: needs.key,
        accepts: isExact,
        ...(needs.ifThere !== undefined && { ifThere: needs.ifThere }),
      }),
  );
  if (bounded) return [];
  const keys = fitting.flatMap(({ needs }) => needs?.key ?? []).join(' or ');
  return [broken(`allows ${action} on ${name} without a condition on ${keys} that says which`)];
}

function conditionFaults(action: string, statement: AccessStatement): readonly Fault[] {
  const missing = CONDITIONAL.filter(
    (each) => each.action === action && !isLimited(statement, { key: each.key, accepts: isExact }),
  );
  return [
    ...missing.map(({ key }) => broken(`allows ${action} without a condition on ${key}`)),
    ...(action === 'kms:creategrant' && !grantsForCloud(statement)
      ? [broken('allows kms:CreateGrant for others than the services of the cloud')]
      : []),
    ...(action === 'ec2:createtags' ? tagFaults(statement) : []),
  ];
}

function grantsForCloud(statement: AccessStatement): boolean {
  return isLimited(statement, { key: 'kms:GrantIsForAWSResource', accepts: (value) => spell(value) === 'true' });
}

/** Rights hang on tags: whoever may write any tag of a thing that is there may take it. New things get theirs as they are made. */
function tagFaults(statement: AccessStatement): readonly Fault[] {
  const existing = statement.resources.patterns.filter((resource) => !hasWildcard(resource));
  if (existing.length === 0 || isLimited(statement, { key: 'ec2:CreateAction', accepts: isExact })) return [];
  const keys = statement.conditions.filter(
    ({ operator, key, values }) =>
      operator === 'ForAllValues:StringEquals' &&
      key.toLowerCase() === 'aws:tagkeys' &&
      values.length > 0 &&
      values.every(isExact),
  );
  if (keys.length === 0) return [broken('allows ec2:CreateTags without saying which tags (aws:TagKeys)')];
  const names = keys.flatMap(({ values }) => values.map(spell));
  const overwritten = names.filter((name) => !statement.conditions.some((each) => isAbsent(each, name)));
  return overwritten.map((name) =>
    broken(`allows ec2:CreateTags to overwrite the tag ${name}, which says whose it is`),
  );
}

function isAbsent({ operator, key, values }: AccessStatement['conditions'][number], tag: string): boolean {
  const isAbout = key.toLowerCase() === `aws:resourcetag/${tag}`.toLowerCase();
  return operator === 'Null' && isAbout && values.length === 1 && spell(values[0] ?? []) === 'true';
}

function broken(evidence: string): Fault {
  return { verdict: 'broken', evidence };
}
