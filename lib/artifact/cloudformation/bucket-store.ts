import type { Property } from '../property';
import type { Resource } from '../resource';
import type { BucketSettings, Store, StoreEncryption } from '../store';
import { fateOf } from './fate';
import { resourcePolicies } from './resource-policy';
import type { Resources } from './resources';
import { encryptionBy } from './store-encryption';
import { reportNotUnderstood } from './understood';

const GUARDS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'] as const;

/** Settings that lead what lies in the bucket elsewhere, or give it to somebody. */
const OPENING = [
  'AccessControl',
  'AnalyticsConfigurations',
  'CorsConfiguration',
  'InventoryConfigurations',
  'NotificationConfiguration',
  'ReplicationConfiguration',
  'WebsiteConfiguration',
] as const;
/** The access list that says what there is without one. */
const CLOSED_LIST = 'Private';

const UNDERSTOOD: readonly string[] = [
  ...OPENING,
  'AbacStatus',
  'BucketEncryption',
  'BucketName',
  'LifecycleConfiguration',
  'LoggingConfiguration',
  'MetricsConfigurations',
  'ObjectLockConfiguration',
  'ObjectLockEnabled',
  'OwnershipControls',
  'PublicAccessBlockConfiguration',
  'Tags',
  'VersioningConfiguration',
];

/** Reads the buckets. */
export function readBuckets(resources: Resources): readonly Store[] {
  return resources.ofType('AWS::S3::Bucket').map((bucket) => {
    const { id, properties } = bucket;
    reportNotUnderstood(properties, UNDERSTOOD);
    return {
      id,
      kind: 'bucket',
      encryption: encryptionOf(properties, resources),
      fate: fateOf(bucket),
      retentionDays: retentionOf(properties.get('LifecycleConfiguration')),
      policies: resourcePolicies(bucket, 'AWS::S3::BucketPolicy', 'Bucket', resources),
      bucket: settingsOf(bucket),
    };
  });
}

function settingsOf({ properties }: Resource): BucketSettings {
  const block = properties.get('PublicAccessBlockConfiguration');
  const [ownership, ...others] = properties.get('OwnershipControls').get('Rules').items();
  const owner = ownership?.get('ObjectOwnership').string();
  const versioning = properties.get('VersioningConfiguration').get('Status');
  return {
    publicAccessOpen: GUARDS.filter((guard) => block.get(guard).boolean() !== true),
    // A bucket that says nothing is as new buckets are at the time: since April 2023 one whose owner owns every object.
    objectLists: ownership === undefined || others.length > 0 ? 'unknown' : owner !== 'BucketOwnerEnforced',
    versioned: versioning.present && versioning.string() === undefined ? 'unknown' : versioning.string() === 'Enabled',
    opens: OPENING.filter((name) => {
      const given = properties.get(name);
      return given.present && !(name === 'AccessControl' && given.string() === CLOSED_LIST);
    }),
  };
}

/** Without a word S3 encrypts with a key of its own. */
function encryptionOf(bucket: Property, resources: Resources): StoreEncryption {
  const rules = bucket.get('BucketEncryption').get('ServerSideEncryptionConfiguration').items();
  const [rule, ...others] = rules;
  if (rule === undefined) return { kind: 'cloud-key' };
  if (others.length > 0) return { kind: 'unknown', why: 'it has several rules of encryption' };
  const byDefault = rule.get('ServerSideEncryptionByDefault');
  const algorithm = byDefault.get('SSEAlgorithm').string();
  if (algorithm === 'AES256') return { kind: 'cloud-key' };
  return algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse'
    ? encryptionBy(byDefault.get('KMSMasterKeyID'), { kind: 'cloud-key' }, resources)
    : { kind: 'unknown', why: 'its algorithm of encryption is not known' };
}

/** The time of the rule that deletes first. */
function retentionOf(lifecycle: Property): NonNullable<Store['retentionDays']> {
  const days: (number | undefined)[] = lifecycle
    .get('Rules')
    .items()
    .filter((rule) => rule.get('Status').string() === 'Enabled')
    .flatMap((rule) => {
      const given = rule.get('ExpirationInDays');
      return rule.get('ExpirationDate').present ? [0] : given.present ? [given.integer()] : [];
    });
  if (days.length === 0) return 'forever';
  const known = days.filter((each) => each !== undefined);
  return known.length < days.length ? 'unknown' : Math.min(...known);
}
