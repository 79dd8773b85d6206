import type { Identity } from '../../artifact/identity';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { storeClaim } from '../stores/store-claim';
import { type Granting, granting } from './access';
import { isExact, isLimited } from './limits';
import { hasWildcard, spell } from './text-pattern';

const ACTIONS = ['sts:AssumeRole', 'lambda:InvokeFunction', 'lambda:InvokeAsync', 'lambda:InvokeFunctionUrl'] as const;
/** Every version and alias of one function. */
const VERSIONS = /^arn:[^*?:]+:lambda:[^*?:]*:[^*?:]*:function:[^*?:]+:\*$/;

/** What the server may call and become by its own role, and who else may become the roles that it becomes. */
export const LAMBDA_ROLE_NARROW: CheckedClaim = storeClaim(
  'lambda-role-narrow',
  (deployment) => serverRoles(deployment).flatMap((role) => roleFindings(role, deployment)),
  'the server neither invokes functions nor assumes roles',
);

/** What the containers of the task act as. */
function serverRoles({ artifact, server }: CheckedDeployment): readonly Identity[] {
  const task = server?.host.id.split('/')[0];
  return (artifact.identities ?? []).filter(({ serves }) =>
    serves.some(({ as, resource }) => as === 'task' && resource === task),
  );
}

function roleFindings(role: Identity, deployment: CheckedDeployment): readonly Finding[] {
  const calls = ACTIONS.flatMap((action) =>
    granting(role.policies, { action, on: ['*'] }).map((grant) => ({ action, grant })),
  );
  const outside = role.managed.map(spell);
  if (calls.length === 0) {
    return outside.length === 0
      ? []
      : [
          {
            verdict: 'unproven',
            subject: role.id,
            evidence: `what ${outside.join(', ')} lets ${role.id} call is not in this file`,
          },
        ];
  }
  return calls.flatMap(({ action, grant }) => callFindings(role, action, grant, deployment));
}

function callFindings(
  { id }: Identity,
  action: string,
  { policy, statement }: Granting,
  deployment: CheckedDeployment,
): readonly Finding[] {
  const restsOn = [policy];
  const of = (verdict: Finding['verdict'], evidence: string): Finding => ({
    verdict,
    subject: id,
    evidence: `${id}, by ${policy}, ${evidence}`,
    restsOn,
  });
  if (statement.unread !== undefined) return [of('unproven', `has a statement that ${statement.unread}`)];
  if (statement.actions.not || statement.resources.not) return [of('broken', `may do ${action} on all but some`)];
  const wild = statement.resources.patterns.filter(
    (name) => hasWildcard(name) && !(action.startsWith('lambda:') && isVersions(name)),
  );
  if (wild.length > 0) return [of('broken', `may do ${action} on ${wild.map(spell).join(', ')}`)];
  if (action !== 'sts:AssumeRole')
    return [of('holds', `may do ${action} on ${statement.resources.patterns.map(spell).join(', ')} alone`)];
  return statement.resources.patterns.map((name) => {
    const last = name.at(-1);
    const role = (deployment.artifact.identities ?? []).find(
      (each) => typeof last === 'object' && each.id === last.logicalId,
    );
    if (role === undefined) return of('unproven', `may assume ${spell(name)}, and who else may is not in this file`);
    return { ...trusted(role, id, of), restsOn: [policy, role.id] };
  });
}

function isVersions(name: Granting['statement']['resources']['patterns'][number]): boolean {
  return VERSIONS.test(name.map((part) => (typeof part === 'string' ? part : '$')).join(''));
}

type Say = (verdict: Finding['verdict'], evidence: string) => Finding;

/** A role that the server becomes must be its alone, and by an external id, or whoever else talks to it talks for everybody. */
function trusted({ id, trust }: Identity, server: string, of: Say): Finding {
  const allowing = (trust?.statements ?? []).filter(({ effect }) => effect === 'allow');
  for (const statement of allowing) {
    if (statement.unread !== undefined)
      return of('unproven', `may assume ${id}, whose trust policy ${statement.unread}`);
    const who = statement.principals?.not === false ? statement.principals.who : [];
    const others = who.filter(({ kind, name }) => {
      const last = name.at(-1);
      return kind !== 'identity' || typeof last !== 'object' || last.logicalId !== server;
    });
    if (who.length === 0 || others.length > 0) {
      return of(
        'broken',
        `may assume ${id}, and so may ${others.map(({ name }) => spell(name) || 'anybody').join(', ') || 'all but some'}`,
      );
    }
    if (!isLimited(statement, { key: 'sts:ExternalId', accepts: isExact })) {
      return of('broken', `may assume ${id} without sts:ExternalId`);
    }
  }
  return of('holds', `may assume ${id}, which nobody else may, by its external id`);
}
