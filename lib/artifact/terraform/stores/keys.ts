import type { EncryptionKey } from '../../encryption-key';
import { secondsAt, switchAt, wordAt } from '../quiet';
import type { QuietResource, Resources } from '../resources';
import { KEY } from './encryption';
import { fateOf } from './fate';

const DAY = 24 * 60 * 60;
const SYMMETRIC = 'GOOGLE_SYMMETRIC_ENCRYPTION';

/** Reads the keys of Cloud KMS, with Google's defaults. */
export function readKeys(resources: Resources): readonly EncryptionKey[] {
  const off = resources
    .quietly('google_kms_crypto_key_version')
    .filter(({ properties }) => wordAt(properties.get('state'), 'ENABLED') !== 'ENABLED')
    .map(({ properties }) => resources.quietlyReferredBy(properties.get('crypto_key'), KEY)?.id);
  return resources.quietly(KEY).map((key) => {
    const pending = secondsAt(key.properties.get('destroy_scheduled_duration'));
    return {
      id: key.id,
      enabled: enabled(key, off.includes(key.id)),
      rotationDays: rotation(key),
      ...(pending !== undefined && { pendingDays: pending / DAY }),
      purpose: purpose(key),
      fate: fateOf(key, 'deleted'),
    };
  });
}

/** A key without a version encrypts nothing, and one that may be one of several is not known. */
function enabled({ properties, doubts }: QuietResource, isOff: boolean): EncryptionKey['enabled'] {
  if (isOff) return false;
  const skipped = switchAt(properties.get('skip_initial_version_creation'), false);
  return skipped === false && doubts.length === 0 ? true : 'unknown';
}

function rotation({ properties }: QuietResource): EncryptionKey['rotationDays'] {
  const period = properties.get('rotation_period');
  if (!period.present || period.value === '') return 'never';
  const seconds = secondsAt(period);
  return seconds === undefined ? 'unknown' : seconds / DAY;
}

function purpose({ properties }: QuietResource): EncryptionKey['purpose'] {
  const template = properties.block('version_template');
  const said = [
    wordAt(properties.get('purpose'), 'ENCRYPT_DECRYPT'),
    wordAt(template.get('algorithm'), SYMMETRIC),
    wordAt(template.get('protection_level'), 'SOFTWARE'),
  ];
  const importOnly = switchAt(properties.get('import_only'), false);
  if (said.includes(undefined) || importOnly === 'unknown') return 'unknown';
  const [what, algorithm, protection] = said;
  const isOfCloud =
    what === 'ENCRYPT_DECRYPT' && algorithm === SYMMETRIC && protection?.startsWith('EXTERNAL') !== true;
  return isOfCloud && !importOnly ? 'encryption' : 'other';
}
