import type { AccessPolicy } from '../../artifact/access-policy';
import type { EncryptionKey } from '../../artifact/encryption-key';
import type { Identity } from '../../artifact/identity';
import type { Store } from '../../artifact/store';
import { references, type Text } from '../../artifact/text';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { relatedTo, storesOf } from '../stores/related';
import { mayDo, OF_DISKS, unnamedIn } from './access';
import { isLimited } from './limits';
import { openings } from './openings';
import { ownArn } from './own-arn';
import { type OwnAccount, ownAccount } from './own-account';
import { readsSecrets } from './managed-policies';
import { spell } from './text-pattern';

/** What lets somebody read what is encrypted, or let others. */
const READING = ['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant', 'kms:PutKeyPolicy'] as const;
/** Of the cloud's services those that keep a store and must use its key themselves. */
const SERVICES: readonly (readonly [name: RegExp, kind: Store['kind']])[] = [
  [/^logs\.(?:[a-z0-9-]+|\$\{AWS::Region\})\.amazonaws\.com(?:\.cn)?$/, 'log'],
  [/^delivery\.logs\.amazonaws\.com$/, 'bucket'],
  [/^(?:cloudwatch|sns)\.amazonaws\.com$/, 'topic'],
];

/** Who may use each key that stores of the deployment are encrypted with. */
export function keyReaders(deployment: CheckedDeployment): readonly Finding[] {
  const stores = storesOf(deployment);
  const own = ownAccount(deployment.artifact);
  return (deployment.artifact.keys ?? [])
    .map((key) => ({
      key,
      kept: stores.filter(({ encryption }) => encryption.kind === 'own-key' && encryption.of === key.id),
    }))
    .filter(({ kept }) => kept.length > 0)
    .flatMap(({ key, kept }) => {
      const faults = [
        ...byIdentities(key, kept, deployment),
        ...byPolicy(key, kept, deployment),
        ...(key.policy === undefined ? [] : openings(key.policy, own)).map(({ verdict, evidence }) => ({
          verdict,
          evidence,
        })),
      ];
      const restsOn = (deployment.artifact.identities ?? []).flatMap(({ id, policies }) => [
        id,
        ...policies.map((policy) => policy.id),
      ]);
      const findings = faults.map(({ verdict, evidence }): Finding => ({
        verdict,
        subject: key.id,
        evidence: `key ${key.id}: ${evidence}`,
        restsOn,
      }));
      const holds: Finding = {
        verdict: 'holds',
        subject: key.id,
        evidence: `key ${key.id} is used by what keeps ${[...new Set(kept.map(({ kind }) => kind))].join(', ')} alone`,
        restsOn,
      };
      return findings.length > 0 ? findings : [holds];
    });
}

interface KeyFault {
  readonly verdict: 'broken' | 'unproven';
  readonly evidence: string;
}

function byIdentities(
  key: EncryptionKey,
  stores: readonly Store[],
  deployment: CheckedDeployment,
): readonly KeyFault[] {
  const on = ownArn('kms', 'key/', { logicalId: key.id });
  const unnamed = unnamedIn(deployment.artifact);
  return (deployment.artifact.identities ?? []).flatMap((identity): readonly KeyFault[] => {
    if (identity.managed.map(readsSecrets).includes(true)) {
      return [{ verdict: 'broken', evidence: `${identity.id} may use it by a managed policy` }];
    }
    const need = needOf(identity, stores, deployment);
    return READING.flatMap((action) =>
      mayDo(identity, { action, on, unnamed }).flatMap(({ policy, statement }): readonly KeyFault[] => {
        const who = `${identity.id}, by ${policy},`;
        if (statement.unread !== undefined)
          return [{ verdict: 'unproven', evidence: `${who} may use it: the policy is not understood` }];
        if (need === 'none')
          return [{ verdict: 'broken', evidence: `${who} may do ${action} with it, and does not need it` }];
        if (action === 'kms:PutKeyPolicy') return [{ verdict: 'broken', evidence: `${who} may change who uses it` }];
        const bounded = isLimited(statement, {
          key: 'kms:ViaService',
          accepts: (value) => OF_DISKS.test(spell(value)),
        });
        return need === 'disks' && !bounded
          ? [
              {
                verdict: 'broken',
                evidence: `${who} may do ${action} with it otherwise than through EC2 (kms:ViaService)`,
              },
            ]
          : [];
      }),
    );
  });
}

/** For what an identity has to use the key: the machine and the schedule for disks, through EC2; what starts tasks for secrets. */
function needOf(
  { serves, policies }: Identity,
  stores: readonly Store[],
  deployment: CheckedDeployment,
): 'disks' | 'any' | 'none' {
  const related = relatedTo(deployment);
  const uses = serves.filter(({ resource }) => related.has(resource)).map(({ as }) => as);
  if (uses.includes('start') && keeps(stores, 'secret')) return 'any';
  if (uses.includes('task') && stores.some(({ id }) => reaches(policies, id))) return 'any';
  const forDisks = keeps(stores, 'disk', 'machine-disk');
  return forDisks && (uses.includes('machine') || uses.includes('snapshots')) ? 'disks' : 'none';
}

function keeps(stores: readonly Store[], ...kinds: readonly Store['kind'][]): boolean {
  return stores.some(({ kind }) => kinds.includes(kind));
}

/** Whether policies name a store. */
function reaches(policies: readonly AccessPolicy[], store: string): boolean {
  return policies
    .flatMap(({ statements }) => statements.flatMap(({ resources }) => resources.patterns))
    .some((name) => references(name).some(({ logicalId }) => logicalId === store));
}

/** Whom the key's own policy names: roles of the deployment, and services that keep a store with it. */
function byPolicy(
  { policy }: EncryptionKey,
  stores: readonly Store[],
  deployment: CheckedDeployment,
): readonly KeyFault[] {
  const own = ownAccount(deployment.artifact);
  return (policy?.statements ?? [])
    .filter(({ effect, unread }) => effect === 'allow' && unread === undefined)
    .flatMap(({ principals }) => principals?.who ?? [])
    .flatMap(({ kind, name }): readonly KeyFault[] => {
      const whom = spell(name);
      if (kind === 'service') {
        const needed = SERVICES.some(([service, of]) => service.test(whom) && keeps(stores, of));
        return needed ? [] : [{ verdict: 'broken', evidence: `its policy names ${whom}, which keeps nothing with it` }];
      }
      if (kind !== 'identity' || isAccount(name, own)) return [];
      const last = name.at(-1);
      const identity = (deployment.artifact.identities ?? []).find(
        ({ id }) => typeof last === 'object' && last.logicalId === id,
      );
      const needs =
        identity !== undefined &&
        (identity.kind === 'service-linked' || needOf(identity, stores, deployment) !== 'none');
      return needs ? [] : [{ verdict: 'broken', evidence: `its policy names ${whom}, which does not need it` }];
    });
}

function isAccount(name: Text, own: OwnAccount): boolean {
  return own.is(name) || (own.owns(name) === true && spell(name).endsWith(':root'));
}
