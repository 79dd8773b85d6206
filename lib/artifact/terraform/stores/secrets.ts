import type { Property } from '../../property';
import type { Store, StoreEncryption } from '../../store';
import type { Resources } from '../resources';
import { sure } from './disks';
import { encryptionBy } from './encryption';
import { fateOf } from './fate';

const ENCRYPTION = 'customer_managed_encryption';

/** Secrets of Secret Manager: each copy of one may have a key of its own, and the worst counts. */
export function readSecrets(resources: Resources): readonly Store[] {
  return resources.quietly('google_secret_manager_secret', 'google_secret_manager_regional_secret').map((secret) => {
    const { id, properties, doubts } = secret;
    const replication = properties.block('replication');
    const copies = replication.blocks('user_managed').flatMap((managed) => managed.blocks('replicas'));
    const places = copies.length > 0 ? copies : [...replication.blocks('auto'), ...regional(secret.type, properties)];
    const keys = places.map((place) => encryptionBy(place.block(ENCRYPTION).get('kms_key_name'), resources));
    return {
      id,
      kind: 'secret',
      encryption: sure(worst(keys), doubts),
      fate: fateOf(secret, 'deleted'),
    };
  });
}

/** A secret of one region says its key itself. */
function regional(type: string, properties: Property): readonly Property[] {
  return type === 'google_secret_manager_regional_secret' ? [properties] : [];
}

const ORDER: readonly StoreEncryption['kind'][] = ['cloud-key', 'unknown', 'foreign-key', 'own-key'];

function worst(keys: readonly StoreEncryption[]): StoreEncryption {
  const [first] = keys.toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
  return first ?? { kind: 'cloud-key' };
}
