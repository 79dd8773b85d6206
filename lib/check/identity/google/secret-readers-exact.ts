import type { Artifact } from '../../../artifact/artifact';
import { holdersOf, isAbove, keyOf } from '../../../artifact/iam/holders';
import { directImpersonators } from '../../../artifact/iam/invokers';
import { allows } from '../../../artifact/iam/powers';
import { principalOf, spell } from '../../../artifact/iam/principal';
import type { IamGrant } from '../../../artifact/iam-grant';
import { sameText } from '../../../artifact/same-text';
import type { Text } from '../../../artifact/text';
import type { CheckedClaim } from '../../checked-claim';
import type { CheckedDeployment } from '../../checked-deployment';
import type { Finding } from '../../finding';
import { broken, unproven, type Wrong, worst } from '../../server/wrong';
import { storeClaim } from '../../stores/store-claim';
import { googleKeyReaders } from './key-readers';
import { ownAccounts, type UsedSecret, usedSecrets } from './used-secrets';

/** Each secret is read by those that are given it, and the accounts of the deployment read no other; keys are used by what keeps data. */
export const GOOGLE_SECRET_READERS_EXACT: CheckedClaim = storeClaim('secret-readers-exact', (deployment) => {
  const used = usedSecrets(deployment);
  const each = [...new Map(used.map((one) => [spell(one.secret), one])).values()];
  return [
    ...each.map(({ secret }) => readersOf(secret, used, deployment)),
    ...otherSecrets(used, deployment),
    ...googleKeyReaders(deployment),
  ];
});

function readersOf(secret: Text, used: readonly UsedSecret[], { artifact }: CheckedDeployment): Finding {
  const users = used.filter((one) => spell(one.secret) === spell(secret));
  const accounts = users.map(({ account }) => `account ${account ?? ''}`);
  const { holders, sets, undecided } = holdersOf(artifact, 'read-secret', (grant) => concerns(grant, secret));
  const others = [...holders, ...sets].filter(({ principal }) => !accounts.includes(keyOf(principal)));
  const unnamed = users.filter(({ account }) => account === undefined);
  const name = spell(secret) === '' ? 'of an unknown name' : spell(secret);
  return {
    subject: users[0]?.by ?? artifact.name,
    ...worst(
      [
        ...others.map(({ principal, by }) =>
          broken(`${keyOf(principal)} may read secret ${name}, by ${by.join(', ')}`),
        ),
        ...accounts.flatMap((account) => actingAs(account.slice('account '.length), name, artifact)),
        ...unnamed.map(({ by }) => unproven(`as which account ${by} reads secret ${name} is not known from the file`)),
        ...undecided.map((doubt) => unproven(`who may read secret ${name} is not decided: ${doubt}`)),
      ],
      `secret ${name} is read by ${accounts.join(', ')} alone, by the grants of this file`,
    ),
    restsOn: holders.flatMap(({ by }) => by),
  };
}

/** Whoever may act as one who reads it, or has a key of his, reads it. */
function actingAs(account: string, secret: string, artifact: Artifact): readonly Wrong[] {
  const { holders, sets, undecided } = directImpersonators(artifact, account);
  const keys = (artifact.accountKeys ?? []).filter((key) => key.account === account);
  const users = (artifact.accountUsers ?? []).filter((user) => user.account === account);
  return [
    ...users.map(({ id }) => broken(`${id} runs as ${account}, too, and so reads secret ${secret}`)),
    ...[...holders, ...sets].map(({ principal, by }) =>
      broken(`${keyOf(principal)} may act as ${account}, by ${by.join(', ')}, and so read secret ${secret}`),
    ),
    ...keys.map(({ id }) => broken(`${id} is a key of ${account}, and so opens secret ${secret}`)),
    ...undecided.map((doubt) => unproven(`who may act as ${account} is not decided: ${doubt}`)),
  ];
}

/** `undefined`: not decided. */
function concerns({ level, on }: IamGrant, secret: Text): boolean | undefined {
  if (isAbove(level)) return true;
  if (level === 'unknown') return undefined;
  return level === 'secret' ? sameText(on, secret) : false;
}

/** Secrets that an account of the deployment may read and nothing of it is given. */
function otherSecrets(used: readonly UsedSecret[], deployment: CheckedDeployment): readonly Finding[] {
  const own = ownAccounts(deployment);
  return (deployment.artifact.grants ?? [])
    .filter((grant) => grant.level === 'secret' && allows(grant, 'read-secret') !== false)
    .flatMap((grant) =>
      grant.members.flatMap((member): readonly Finding[] => {
        const principal = principalOf(member);
        const by = principal.kind === 'account' ? own.get(principal.key) : undefined;
        if (principal.kind !== 'account' || by === undefined) return [];
        const isUsed = used.some(
          ({ account, secret }) => account === principal.key && sameText(secret, grant.on) !== false,
        );
        const evidence = `${by}, by ${grant.id}, may read secret ${spell(grant.on)}, which it is not given`;
        return isUsed ? [] : [{ verdict: 'broken', subject: by, evidence }];
      }),
    );
}
