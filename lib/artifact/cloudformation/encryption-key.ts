import type { EncryptionKey } from '../encryption-key';
import type { Resource } from '../resource';
import { readPolicy } from './access-policy';
import { fateOf } from './fate';
import type { Resources } from './resources';
import { reportNotUnderstood } from './understood';

const UNDERSTOOD: readonly string[] = [
  'BypassPolicyLockoutSafetyCheck',
  'Description',
  'EnableKeyRotation',
  'Enabled',
  'KeyPolicy',
  'KeySpec',
  'KeyUsage',
  'MultiRegion',
  'Origin',
  'PendingWindowInDays',
  'RotationPeriodInDays',
  'Tags',
];
const YEAR_DAYS = 365;

/** Reads the keys of the owner. */
export function readEncryptionKeys(resources: Resources): readonly EncryptionKey[] {
  return resources.ofType('AWS::KMS::Key').map((key) => readKey(key, resources));
}

function readKey(key: Resource, resources: Resources): EncryptionKey {
  const { id, properties } = key;
  reportNotUnderstood(properties, UNDERSTOOD);
  const enabled = properties.get('Enabled');
  const pendingDays = properties.get('PendingWindowInDays').integer();
  const policy = properties.get('KeyPolicy');
  return {
    id,
    enabled: enabled.present ? (enabled.boolean() ?? 'unknown') : true,
    rotationDays: rotationOf(key),
    ...(pendingDays !== undefined && { pendingDays }),
    purpose: purposeOf(key),
    fate: fateOf(key),
    ...(policy.present && { policy: readPolicy(id, policy, resources) }),
  };
}

function rotationOf({ properties }: Resource): EncryptionKey['rotationDays'] {
  const rotates = properties.get('EnableKeyRotation');
  if (!rotates.present) return 'never';
  const period = properties.get('RotationPeriodInDays');
  if (rotates.boolean() !== true) return rotates.boolean() === false ? 'never' : 'unknown';
  return period.present ? (period.integer() ?? 'unknown') : YEAR_DAYS;
}

/** A key whose material came from elsewhere is one that somebody else may hold, too. */
function purposeOf({ properties }: Resource): EncryptionKey['purpose'] {
  const says = (name: string, usual: string): boolean | undefined => {
    const given = properties.get(name);
    return given.present ? (given.string() === undefined ? undefined : given.string() === usual) : true;
  };
  const all = [says('KeySpec', 'SYMMETRIC_DEFAULT'), says('KeyUsage', 'ENCRYPT_DECRYPT'), says('Origin', 'AWS_KMS')];
  if (all.includes(false)) return 'other';
  return all.includes(undefined) ? 'unknown' : 'encryption';
}
