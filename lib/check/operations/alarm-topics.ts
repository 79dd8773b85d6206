import type { AccessPolicy, AccessStatement } from '../../artifact/access-policy';
import type { Alarm } from '../../artifact/alarm';
import type { Store } from '../../artifact/store';
import { references } from '../../artifact/text';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { isLimited } from '../identity/limits';
import { openings } from '../identity/openings';
import { type OwnAccount, ownAccount } from '../identity/own-account';
import { covers, hasWildcard, spell } from '../identity/text-pattern';

const ALARMS = 'cloudwatch.amazonaws.com';
/** By which the policy that a topic has when nobody writes one limits everybody to the account. */
const OWNERS = ['aws:SourceOwner', 'aws:SourceAccount'];

/** The topics of the file that alarms tell: alarms can write there, and none but the account's own can write or listen. */
export function topicFindings({ artifact }: CheckedDeployment, alarms: readonly Alarm[]): readonly Finding[] {
  const told = new Set(alarms.flatMap(({ actions }) => actions.flatMap(references)).map(({ logicalId }) => logicalId));
  return (artifact.stores ?? [])
    .filter(({ id, kind }) => kind === 'topic' && told.has(id))
    .flatMap((topic) => topicFinding(topic, ownAccount(artifact)));
}

function topicFinding({ id, policies = [] }: Store, own: OwnAccount): readonly Finding[] {
  const [policy, ...others] = policies;
  // the policy that a topic has by itself lets the account's own alarms in, and nobody else
  if (policy === undefined) return [];
  const restsOn = policies.map((each) => each.id);
  const of = (verdict: Finding['verdict'], evidence: string): Finding => ({ verdict, subject: id, evidence, restsOn });
  const faults = [policy, ...others].flatMap((each) => faultsOf(each, own));
  if (faults.length > 0) return faults.map(({ verdict, evidence }) => of(verdict, `topic ${id}: ${evidence}`));
  return policies.some(({ statements }) => statements.some((statement) => letsAlarmsIn(statement, own)))
    ? [of('holds', `topic ${id} is written by alarms of the account`)]
    : [of('broken', `topic ${id} is told by no alarm: its policy does not let ${ALARMS} do sns:Publish`)];
}

function faultsOf(
  { id, statements }: AccessPolicy,
  own: OwnAccount,
): readonly { readonly verdict: 'broken' | 'unproven'; readonly evidence: string }[] {
  const open = statements.filter((statement) => !isOfOwner(statement, own));
  const wide = statements.filter(
    ({ effect, unread, actions }) => effect === 'allow' && unread === undefined && actions.patterns.some(hasWildcard),
  );
  return [
    ...openings({ id, statements: open }, own),
    ...wide.map(({ actions }) => ({
      verdict: 'broken' as const,
      evidence: `its policy allows ${actions.patterns.map(spell).join(', ')}`,
    })),
  ];
}

function isOfOwner(statement: AccessStatement, own: OwnAccount): boolean {
  return OWNERS.some((key) => isLimited(statement, { key, accepts: own.is })) && !statement.actions.not;
}

function letsAlarmsIn(statement: AccessStatement, own: OwnAccount): boolean {
  const { effect, unread, actions, principals } = statement;
  if (effect === 'deny' || unread !== undefined || actions.not) return false;
  const isThem = principals?.who.some(
    ({ kind, name }) =>
      (kind === 'service' && spell(name) === ALARMS) || (kind === 'anyone' && isOfOwner(statement, own)),
  );
  return isThem === true && actions.patterns.some((action) => covers(action, ['sns:Publish']));
}
