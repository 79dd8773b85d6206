import type { Property } from '../property';
import type { Resource } from '../resource';
import type { Store, StoreEncryption } from '../store';
import { isMap } from '../value';
import { readPolicy } from './access-policy';
import { fateOf } from './fate';
import { resourcePolicies } from './resource-policy';
import type { Resources } from './resources';
import { encryptionBy } from './store-encryption';
import { reportNotUnderstood } from './understood';

/** A kind of store whose key is one property of it. */
interface KeyedKind {
  readonly kind: Store['kind'];
  readonly key: string;
  /** What encrypts where no key is named. */
  readonly absent: StoreEncryption['kind'] & ('cloud-key' | 'none');
  readonly understood: readonly string[];
  /** The type of the policy that stands apart, and how it names the store. */
  readonly policy?: readonly [type: string, names: string];
}

const KINDS: Readonly<Record<string, KeyedKind>> = {
  'AWS::Logs::LogGroup': {
    kind: 'log',
    key: 'KmsKeyId',
    absent: 'cloud-key',
    understood: ['KmsKeyId', 'LogGroupName', 'RetentionInDays', 'Tags', 'LogGroupClass', 'DeletionProtectionEnabled'],
  },
  'AWS::SecretsManager::Secret': {
    kind: 'secret',
    key: 'KmsKeyId',
    absent: 'cloud-key',
    understood: ['Description', 'GenerateSecretString', 'KmsKeyId', 'Name', 'SecretString', 'Tags'],
    policy: ['AWS::SecretsManager::ResourcePolicy', 'SecretId'],
  },
  'AWS::SQS::Queue': {
    kind: 'queue',
    key: 'KmsMasterKeyId',
    absent: 'cloud-key',
    understood: [
      'ContentBasedDeduplication',
      'DelaySeconds',
      'FifoQueue',
      'KmsDataKeyReusePeriodSeconds',
      'KmsMasterKeyId',
      'MaximumMessageSize',
      'MessageRetentionPeriod',
      'QueueName',
      'ReceiveMessageWaitTimeSeconds',
      'RedrivePolicy',
      'SqsManagedSseEnabled',
      'Tags',
      'VisibilityTimeout',
    ],
    policy: ['AWS::SQS::QueuePolicy', 'Queues'],
  },
  'AWS::SNS::Topic': {
    kind: 'topic',
    key: 'KmsMasterKeyId',
    absent: 'none',
    understood: ['DisplayName', 'FifoTopic', 'KmsMasterKeyId', 'Subscription', 'Tags', 'TopicName', 'TracingConfig'],
    policy: ['AWS::SNS::TopicPolicy', 'Topics'],
  },
  'AWS::EFS::FileSystem': {
    kind: 'file-system',
    key: 'KmsKeyId',
    absent: 'cloud-key',
    understood: [
      'AvailabilityZoneName',
      'BackupPolicy',
      'Encrypted',
      'FileSystemPolicy',
      'FileSystemTags',
      'KmsKeyId',
      'LifecyclePolicies',
      'PerformanceMode',
      'ProvisionedThroughputInMibps',
      'ThroughputMode',
    ],
  },
};

/** Reads logs, secrets, queues, topics and file systems. */
export function readKeyedStores(resources: Resources): readonly Store[] {
  return Object.entries(KINDS).flatMap(([type, kind]) =>
    resources.ofType(type).map((store) => readStore(store, kind, resources)),
  );
}

function readStore(store: Resource, { kind, key, absent, understood, policy }: KeyedKind, resources: Resources): Store {
  const { id, properties } = store;
  reportNotUnderstood(properties, understood);
  const inline = properties.get('FileSystemPolicy');
  return {
    id,
    kind,
    encryption: encryptionOf(properties, kind, encryptionBy(properties.get(key), { kind: absent }, resources)),
    fate: fateOf(store),
    ...(kind === 'log' && { retentionDays: retentionOf(properties.get('RetentionInDays')) }),
    policies: [
      ...(policy === undefined ? [] : resourcePolicies(store, ...policy, resources)),
      ...(kind === 'file-system' && isMap(inline.value) ? [readPolicy(id, inline, resources)] : []),
    ],
  };
}

/** What turns encryption off, whatever key is named. */
function encryptionOf(store: Property, kind: Store['kind'], byKey: StoreEncryption): StoreEncryption {
  const off = kind === 'file-system' ? store.get('Encrypted').boolean() !== true : isSwitchedOff(store, byKey);
  return off ? { kind: 'none' } : byKey;
}

function isSwitchedOff(store: Property, byKey: StoreEncryption): boolean {
  return byKey.kind === 'cloud-key' && store.get('SqsManagedSseEnabled').boolean() === false;
}

function retentionOf(days: Property): NonNullable<Store['retentionDays']> {
  return days.present ? (days.integer() ?? 'unknown') : 'forever';
}
