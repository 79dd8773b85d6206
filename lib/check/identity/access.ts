import type { AccessCondition, AccessPolicy, AccessStatement } from '../../artifact/access-policy';
import type { Artifact } from '../../artifact/artifact';
import type { Identity } from '../../artifact/identity';
import type { StoreTag } from '../../artifact/store';
import type { Text } from '../../artifact/text';
import { covers, isEqual, mayOverlap, spell } from './text-pattern';

/** What somebody may want to do. */
export interface Wish {
  /** `secretsmanager:GetSecretValue` */
  readonly action: string;
  readonly on: Text;
  /** Ids of resources whose names the cloud makes up. @default - none is known to be */
  readonly unnamed?: ReadonlySet<string>;
}

/** A statement, and the policy that it is of. */
export interface Granting {
  readonly policy: string;
  readonly statement: AccessStatement;
}

/**
 * The statements by which an identity may do something. Conditions are not counted on: one that is not met today may be tomorrow. Neither is
 * a refusal, unless it is without conditions and certainly about this.
 */
export function mayDo({ policies }: Identity, wish: Wish): readonly Granting[] {
  return granting(policies, wish);
}

/** The statements of policies that may allow something to somebody. */
export function granting(policies: readonly AccessPolicy[], wish: Wish): readonly Granting[] {
  const all = policies.flatMap(({ id, statements }) => statements.map((statement) => ({ policy: id, statement })));
  if (all.some(({ statement }) => certainlyDenies(statement, wish))) return [];
  return all.filter(({ statement }) => statement.effect === 'allow' && mayBeAbout(statement, wish));
}

/**
 * Whether an identity certainly may: by a statement each of whose conditions is met.
 *
 * @param tags of what it is done to
 */
export function certainlyMay({ policies }: Identity, wish: Wish, tags: readonly StoreTag[] = []): boolean {
  const all = policies.flatMap(({ statements }) => statements);
  const denied = all.some((statement) => statement.effect === 'deny' && mayBeAbout(statement, wish));
  return (
    !denied &&
    all.some(
      (statement) =>
        statement.effect === 'allow' &&
        isCertainlyAbout(statement, wish) &&
        statement.conditions.every((condition) => isMet(condition, tags)),
    )
  );
}

/** Of the conditions that services of the cloud meet, and those on tags. Others may not be. */
function isMet({ operator, key, values }: AccessCondition, tags: readonly StoreTag[]): boolean {
  const [, tag] = /^(?:aws|ec2):ResourceTag\/(.+)$/i.exec(key) ?? [];
  if (tag !== undefined) {
    const found = tags.find((each) => isEqual(each.key, [tag]));
    return EQUALS.test(operator) && found !== undefined && values.some((value) => isEqual(value, found.value));
  }
  if (key.toLowerCase() === 'kms:viaservice')
    return EQUALS.test(operator) && values.some((value) => OF_DISKS.test(spell(value)));
  return (
    key.toLowerCase() === 'kms:grantisforawsresource' &&
    operator === 'Bool' &&
    values.some((value) => spell(value) === 'true')
  );
}

const EQUALS = /^String(?:Equals|Like)(?:IfExists)?$/;
/** EC2, on whose behalf disks are read and written. */
export const OF_DISKS: RegExp =
  /^ec2\.(?:[a-z0-9-]+|\$\{AWS::Region\})\.(?:amazonaws\.com(?:\.cn)?|\$\{AWS::URLSuffix\})$/;

function certainlyDenies(statement: AccessStatement, wish: Wish): boolean {
  const forAll = statement.principals === undefined || statement.principals.who.some(({ kind }) => kind === 'anyone');
  return (
    statement.effect === 'deny' &&
    statement.conditions.length === 0 &&
    forAll &&
    statement.principals?.not !== true &&
    isCertainlyAbout(statement, wish)
  );
}

function isCertainlyAbout({ actions, resources, unread }: AccessStatement, { action, on }: Wish): boolean {
  const acts = actions.patterns.some((pattern) => covers(lower(pattern), [action.toLowerCase()]));
  const names = resources.patterns.some((pattern) => covers(pattern, on));
  return unread === undefined && !actions.not && !resources.not && acts && names;
}

/** Whether a statement may be about something, whatever its conditions. */
export function mayBeAbout({ actions, resources }: AccessStatement, { action, on, unnamed }: Wish): boolean {
  const acts = actions.not
    ? !actions.patterns.some((pattern) => covers(lower(pattern), [action.toLowerCase()]))
    : actions.patterns.some((pattern) => mayOverlap(lower(pattern), [action.toLowerCase()]));
  if (!acts) return false;
  return resources.not
    ? !resources.patterns.some((pattern) => covers(pattern, on))
    : resources.patterns.some((pattern) => mayOverlap(pattern, on, unnamed));
}

function lower(pattern: Text): Text {
  return pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
}

/** Resources of a file that it gives no name. */
export function unnamedIn({ mentions = [] }: Pick<Artifact, 'mentions'>): ReadonlySet<string> {
  return new Set(mentions.flatMap(({ by, named }) => (named === true ? [] : [by])));
}
