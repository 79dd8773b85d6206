import type { AccessPolicy, AccessStatement } from '../../artifact/access-policy';
import type { Identity } from '../../artifact/identity';
import type { Text } from '../../artifact/text';
import { covers, mayOverlap } from './text-pattern';

/** What somebody may want to do. */
export interface Wish {
  /** `secretsmanager:GetSecretValue` */
  readonly action: string;
  readonly on: Text;
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

/** Whether an identity certainly may, where conditions like these are met by those that do it. */
export function certainlyMay({ policies }: Identity, wish: Wish): boolean {
  const all = policies.flatMap(({ statements }) => statements);
  const denied = all.some((statement) => statement.effect === 'deny' && mayBeAbout(statement, wish));
  return !denied && all.some((statement) => statement.effect === 'allow' && isCertainlyAbout(statement, wish));
}

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
export function mayBeAbout({ actions, resources }: AccessStatement, { action, on }: Wish): boolean {
  const acts = actions.not
    ? !actions.patterns.some((pattern) => covers(lower(pattern), [action.toLowerCase()]))
    : actions.patterns.some((pattern) => mayOverlap(lower(pattern), [action.toLowerCase()]));
  if (!acts) return false;
  return resources.not
    ? !resources.patterns.some((pattern) => covers(pattern, on))
    : resources.patterns.some((pattern) => mayOverlap(pattern, on));
}

function lower(pattern: Text): Text {
  return pattern.map((part) => (typeof part === 'string' ? part.toLowerCase() : part));
}
