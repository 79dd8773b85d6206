import type { Property } from '../../property';
import type { StoreEncryption } from '../../store';
import { toText } from '../../value';
import type { Resources } from '../resources';

export const KEY = 'google_kms_crypto_key';

/**
 * By which key something is encrypted.
 *
 * @param key the argument that names the key; where it says nothing, Google's own is used
 */
export function encryptionBy(key: Property, resources: Resources): StoreEncryption {
  if (!key.present || key.value === '') return { kind: 'cloud-key' };
  const own = resources.quietlyReferredBy(key, KEY);
  if (own !== undefined) return { kind: 'own-key', of: own.id };
  const name = toText(key.value);
  return name === undefined
    ? { kind: 'unknown', why: 'by which key it is encrypted is not known from the file' }
    : { kind: 'foreign-key', of: name };
}

/** The block that names a key of Cloud KMS, or holds one itself. */
export function encryptionIn(block: Property, resources: Resources): StoreEncryption {
  const ownMaterial = ['raw_key', 'rsa_encrypted_key'].some((name) => block.get(name).present);
  return ownMaterial
    ? { kind: 'unknown', why: 'it is encrypted with a key that is given in the file itself, which is not followed' }
    : encryptionBy(block.get('kms_key_self_link'), resources);
}
