import type { Property } from '../property';
import type { StoreEncryption } from '../store';
import { literal } from '../text';
import { toLiteral, toText } from '../value';
import type { Resources } from './resources';

/** `alias/aws/ebs` and its like are keys of the cloud. */
const OF_CLOUD = /(?:^|:)alias\/aws\//;

/**
 * The key that a property names: by id, ARN or alias.
 *
 * @param absent what encrypts where none is named
 */
export function encryptionBy(key: Property, absent: StoreEncryption, resources: Resources): StoreEncryption {
  if (!key.present) return absent;
  const text = toText(key.value);
  if (text === undefined) return { kind: 'unknown', why: 'its key is not known from the file' };
  const aliased = resources.referredBy(key, 'AWS::KMS::Alias')?.properties.get('TargetKeyId');
  if (aliased !== undefined) return encryptionBy(aliased, absent, resources);
  const last = text.at(-1);
  const before = text.at(-2);
  if (typeof last === 'object' && resources.typeOf(last.logicalId) === 'AWS::KMS::Key') {
    const isWhole = text.length === 1 || (typeof before === 'string' && before.endsWith(':key/'));
    if (isWhole) return { kind: 'own-key', of: last.logicalId };
  }
  if (OF_CLOUD.test(literal(text) ?? '')) return { kind: 'cloud-key' };
  const alias = aliasOf(literal(text), resources);
  return alias === undefined ? { kind: 'foreign-key', of: text } : encryptionBy(alias, absent, resources);
}

/** The key behind an alias of the file that is named by its name. */
function aliasOf(name: string | undefined, resources: Resources): Property | undefined {
  if (name?.startsWith('alias/') !== true) return undefined;
  return resources
    .ofType('AWS::KMS::Alias')
    .find(({ properties }) => toLiteral(properties.get('AliasName').value) === name)
    ?.properties.get('TargetKeyId');
}
