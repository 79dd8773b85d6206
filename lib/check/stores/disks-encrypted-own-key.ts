import type { EncryptionKey } from '../../artifact/encryption-key';
import type { Store } from '../../artifact/store';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { openings } from '../identity/openings';
import { type OwnAccount, ownAccount } from '../identity/own-account';
import { spell } from '../identity/text-pattern';
import { storesOf } from './related';
import { storeClaim } from './store-claim';

/** Rotations further apart than this leave too much under one key: the clouds' own is a year. */
const MAX_ROTATION_DAYS = 365;

/** Everything that data of the deployment lies in is encrypted by a key of the owner, which rotates and nobody else may use. */
export const DISKS_ENCRYPTED_OWN_KEY: CheckedClaim = storeClaim('disks-encrypted-own-key', (deployment) => {
  const keys = deployment.artifact.keys ?? [];
  const stores = storesOf(deployment);
  const used = keys.filter(({ id }) =>
    stores.some(({ encryption }) => encryption.kind === 'own-key' && encryption.of === id),
  );
  const own = ownAccount(deployment.artifact);
  return [...stores.map((store) => ofStore(store, keys)), ...used.flatMap((key) => [ofKey(key), ...opened(key, own)])];
});

function ofStore(store: Store, keys: readonly EncryptionKey[]): Finding {
  const { id, kind, encryption } = store;
  const of = (verdict: Finding['verdict'], evidence: string): Finding => ({ verdict, subject: id, evidence });
  switch (encryption.kind) {
    case 'none':
      return of('broken', `${kind} ${id} is not encrypted`);
    case 'cloud-key':
      return of(
        'broken',
        `${kind} ${id} is encrypted with a key of the cloud, which its owner can neither rotate nor withdraw`,
      );
    case 'unknown':
      return of('unproven', `${kind} ${id}: ${encryption.why}`);
    case 'foreign-key':
      return of(
        'unproven',
        `${kind} ${id} is encrypted with ${spell(encryption.of)}, which is not in this file: whether it rotates and who may use it is not known`,
      );
    case 'own-key':
    default:
      return keys.some((key) => key.id === encryption.of)
        ? { ...of('holds', `${kind} ${id} is encrypted with ${encryption.of}`), restsOn: [encryption.of] }
        : of('unproven', `${kind} ${id} is encrypted with ${encryption.of}, which could not be read`);
  }
}

function ofKey({ id, enabled, rotationDays, purpose }: EncryptionKey): Finding {
  const of = (verdict: Finding['verdict'], evidence: string): Finding => ({ verdict, subject: id, evidence });
  if (enabled === false) return of('broken', `key ${id} is disabled: what it encrypts cannot be read`);
  if (rotationDays === 'never') return of('broken', `key ${id} never rotates`);
  if (purpose === 'other')
    return of(
      'broken',
      `key ${id} is none that the cloud made for encryption: another may hold its material, or it is of another kind`,
    );
  if (enabled === 'unknown' || rotationDays === 'unknown' || purpose === 'unknown') {
    return of('unproven', `whether key ${id} is on, rotates and encrypts is not known from the file`);
  }
  return rotationDays > MAX_ROTATION_DAYS
    ? of('broken', `key ${id} rotates every ${rotationDays} days, which is more than ${MAX_ROTATION_DAYS}`)
    : of('holds', `key ${id} rotates every ${rotationDays} days`);
}

/** Whom the key's own policy lets in who should not be. */
function opened({ id, policy }: EncryptionKey, own: OwnAccount): readonly Finding[] {
  return (policy === undefined ? [] : openings(policy, own)).map(({ verdict, evidence }) => ({
    verdict,
    subject: id,
    evidence: `key ${id}: ${evidence}`,
  }));
}
