import type { AccessPolicy, AccessStatement, Principal } from '../../artifact/access-policy';
import { fieldsOf, type OwnAccount } from './own-account';
import { hasWildcard, spell } from './text-pattern';
import { isLimited } from './limits';
import { isForAccount } from './service-limits';

/** Something by which others than the account's own may use a resource, or may for all that is known. */
export interface Opening {
  readonly verdict: 'broken' | 'unproven';
  readonly evidence: string;
}

/** Statements of a policy at a resource by which others than the account's own may use it. */
export function openings({ statements }: AccessPolicy, own: OwnAccount): readonly Opening[] {
  return statements
    .filter(({ effect }) => effect === 'allow')
    .flatMap((statement): readonly Opening[] => {
      if (statement.unread !== undefined) return [unproven(`a statement ${statement.unread}`)];
      if (statement.actions.not) return [broken('a statement allows all but some actions')];
      const { principals } = statement;
      if (principals === undefined) return [unproven('a statement names nobody')];
      if (principals.not) return [broken('a statement allows everybody but some')];
      return [
        ...principals.who.flatMap((principal) => ofPrincipal(principal, statement, own)),
        ...ofGrants(statement, own),
      ];
    });
}

function ofPrincipal({ kind, name }: Principal, statement: AccessStatement, own: OwnAccount): readonly Opening[] {
  const whom = spell(name);
  switch (kind) {
    case 'anyone':
      return isLimited(statement, { key: 'kms:CallerAccount', accepts: own.is }) ||
        isLimited(statement, { key: 'aws:PrincipalAccount', accepts: own.is })
        ? []
        : [broken('a statement allows anybody, whatever the account')];
    case 'identity':
      return ofIdentity(whom, own.is(name) ? true : own.owns(name), hasWildcard(name));
    case 'service':
      return isForAccount(statement, own)
        ? []
        : [broken(`service ${whom} may act for any account: no condition names the one it acts for`)];
    case 'federated':
    case 'unknown':
    default:
      return [unproven(`a statement allows ${whom}, which is not understood`)];
  }
}

function ofIdentity(whom: string, isOwn: boolean | undefined, wild: boolean): readonly Opening[] {
  if (wild) return [broken(`a statement allows ${whom}, which is no one's name`)];
  if (isOwn === true) return [];
  return isOwn === false || NUMBER.test(whom)
    ? [broken(`a statement allows ${whom}, which is of another account`)]
    : [unproven(`a statement allows ${whom}, whose account is not known from the file`)];
}

/** An account by its number alone. */
const NUMBER = /^\d{12}$/;

/** Whoever may hand on a key without limits gives it to anybody; the account itself may always. */
function ofGrants(statement: AccessStatement, own: OwnAccount): readonly Opening[] {
  const { actions, principals } = statement;
  const isAccount = principals?.who.every(({ kind, name }) => kind === 'identity' && isRoot(name, own)) === true;
  if (isAccount) return [];
  const named = actions.patterns.map((action) => spell(action).toLowerCase());
  const wild = named.filter((action) => /[*?]/.test(action));
  if (
    wild.some(
      (action) =>
        (!/^kms:(?:generatedatakey|reencrypt|describe)\*$/.test(action) && action.startsWith('kms:')) || action === '*',
    )
  ) {
    return [broken(`a statement allows ${wild.join(', ')} to others than the account itself`)];
  }
  const bounded = isLimited(statement, {
    key: 'kms:GrantIsForAWSResource',
    accepts: (value) => spell(value) === 'true',
  });
  return named.includes('kms:creategrant') && !bounded
    ? [broken('a statement allows kms:CreateGrant without kms:GrantIsForAWSResource: the key can be handed to anybody')]
    : [];
}

function isRoot(name: Principal['name'], own: OwnAccount): boolean {
  return own.is(name) || (own.owns(name) === true && spell(fieldsOf(name)[5] ?? []) === 'root');
}

function broken(evidence: string): Opening {
  return { verdict: 'broken', evidence };
}

function unproven(evidence: string): Opening {
  return { verdict: 'unproven', evidence };
}
