import type { Identity } from '../../artifact/identity';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { storesOf } from '../stores/related';
import { storeClaim } from '../stores/store-claim';
import { type Granting, mayDo, unnamedIn } from './access';
import { keyReaders } from './key-readers';
import { readsSecrets } from './managed-policies';
import { type GivenSecret, givenSecrets } from './secret-names';
import { covers, hasWildcard, mayOverlap, spell } from './text-pattern';

/** Who may read each secret that the deployment is given, and use each key that its stores are encrypted with: nobody but what needs it. */
export const SECRET_READERS_EXACT: CheckedClaim = storeClaim('secret-readers-exact', (deployment) => {
  const { artifact, server } = deployment;
  if (server === undefined) return [];
  const secrets = givenSecrets(server.host, artifact);
  if (artifact.identities === undefined) return [notRead(deployment)];
  return [
    ...secrets.map((secret) => secretFinding(secret, deployment)),
    ...starters(deployment).flatMap((identity) => furtherSecrets(identity, secrets)),
    ...ownPolicies(deployment),
    ...keyReaders(deployment),
  ];
});

function notRead({ artifact, server }: CheckedDeployment): Finding {
  const subject = server?.host.id ?? artifact.name;
  return { verdict: 'unproven', subject, evidence: 'who may read what is not read from this file' };
}

/** What fetches the secrets of the host's task. */
function starters({ artifact, server }: CheckedDeployment): readonly Identity[] {
  return (artifact.identities ?? []).filter(({ serves }) =>
    serves.some(({ as, resource }) => as === 'start' && resource === server?.host.id.split('/')[0]),
  );
}

function secretFinding({ name, wishes }: GivenSecret, deployment: CheckedDeployment): Finding {
  const needed = starters(deployment).map(({ id }) => id);
  const unnamed = unnamedIn(deployment.artifact);
  const readers = (deployment.artifact.identities ?? []).map((identity) => ({
    identity,
    by: wishes.flatMap((wish) => mayDo(identity, { ...wish, unnamed })),
    managed: identity.managed.map(readsSecrets),
  }));
  const restsOn = readers.flatMap(({ identity }) => [identity.id, ...identity.policies.map(({ id }) => id)]);
  const subject = deployment.server?.host.id ?? deployment.artifact.name;
  const finding = (verdict: Finding['verdict'], evidence: string): Finding => ({ verdict, subject, evidence, restsOn });
  const others = readers.filter(({ identity }) => !needed.includes(identity.id));
  const wide = others.find(({ managed }) => managed.includes(true));
  if (wide !== undefined) return finding('broken', `${wide.identity.id} may read ${name} by a managed policy`);
  const reading = others.filter(({ by }) => by.length > 0);
  const known = reading.find(({ by }) => by.some(({ statement }) => statement.unread === undefined));
  if (known !== undefined)
    return finding('broken', `${said(known.identity, known.by)} may read ${name}, and does not need it`);
  const [unread] = reading;
  if (unread !== undefined)
    return finding('unproven', `${said(unread.identity, unread.by)} may read ${name}: the policy is not understood`);
  const open = readers.find(({ identity, managed }) => needed.includes(identity.id) && managed.includes(undefined));
  if (open !== undefined) return finding('unproven', `what ${open.identity.id} may read is not in this file`);
  return finding('holds', `${name} may be read by ${needed.join(', ') || 'nobody of this file'} alone`);
}

/** Secrets beside those of the task that what starts it may read. */
function furtherSecrets({ id, policies }: Identity, secrets: readonly GivenSecret[]): readonly Finding[] {
  const wishes = secrets.flatMap((secret) => secret.wishes);
  return policies.flatMap((policy) =>
    policy.statements
      .filter(
        ({ effect, actions }) => effect === 'allow' && actions.patterns.some((action) => isReading(spell(action))),
      )
      .flatMap(({ resources }) => resources.patterns)
      .filter((pattern) => !wishes.some(({ on }) => covers(on, pattern)))
      .map((pattern): Finding => ({
        verdict: 'broken',
        subject: id,
        evidence: `${id}, by ${policy.id}, may read ${spell(pattern)}, which is more than what its task is given`,
      })),
  );
}

function isReading(action: string): boolean {
  const reading = ['secretsmanager:getsecretvalue', 'ssm:getparameters', 'ssm:getparameter', 'ssm:getparametersbypath'];
  const pattern = action.toLowerCase();
  return hasWildcard([pattern]) ? reading.some((each) => mayOverlap([pattern], [each])) : reading.includes(pattern);
}

/** Policies that stand at the secrets themselves. */
function ownPolicies(deployment: CheckedDeployment): readonly Finding[] {
  const needed = starters(deployment).map(({ id }) => id);
  return storesOf(deployment)
    .filter(({ kind }) => kind === 'secret')
    .flatMap(({ id, policies = [] }) =>
      policies.flatMap(({ statements, id: policy }) =>
        statements
          .filter(({ effect }) => effect === 'allow')
          .filter(({ principals }) => !isOnly(principals?.not === false ? principals.who : [], needed))
          .map((): Finding => ({
            verdict: 'broken',
            subject: id,
            evidence: `secret ${id}: its policy ${policy} allows others than ${needed.join(', ') || 'nobody'}`,
          })),
      ),
    );
}

function isOnly(who: NonNullable<Granting['statement']['principals']>['who'], ids: readonly string[]): boolean {
  return (
    who.length > 0 &&
    who.every(({ kind, name }) => {
      const last = name.at(-1);
      return kind === 'identity' && typeof last === 'object' && ids.includes(last.logicalId);
    })
  );
}

function said({ id }: Identity, by: readonly Granting[]): string {
  return `${id}, by ${[...new Set(by.map(({ policy }) => policy))].join(', ')},`;
}
