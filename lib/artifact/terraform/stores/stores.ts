import type { Store } from '../../store';
import { numberAt } from '../quiet';
import type { Resources } from '../resources';
import { readBuckets } from './buckets';
import { readDisks, sure } from './disks';
import { encryptionBy } from './encryption';
import { fateOf } from './fate';
import { readSecrets } from './secrets';

export const LOG_BUCKETS: readonly string[] = [
  'google_logging_project_bucket_config',
  'google_logging_folder_bucket_config',
  'google_logging_organization_bucket_config',
];
/** What a bucket of logs keeps where it is told nothing. */
const LOG_DAYS = 30;

/**
 * Everything of a file that data lies in.
 *
 * @param lost ids of disks that go with a machine
 */
export function readStores(resources: Resources, lost: ReadonlySet<string>): readonly Store[] {
  return [
    ...readDisks(resources, lost),
    ...readBuckets(resources),
    ...readSecrets(resources),
    ...logBuckets(resources),
    ...withKeyName('google_pubsub_topic', 'topic', resources),
    ...withKeyName('google_artifact_registry_repository', 'registry', resources),
  ];
}

function logBuckets(resources: Resources): readonly Store[] {
  return resources.quietly(...LOG_BUCKETS).map((log) => ({
    id: log.id,
    kind: 'log',
    encryption: sure(encryptionBy(log.properties.block('cmek_settings').get('kms_key_name'), resources), log.doubts),
    fate: fateOf(log, 'deleted'),
    retentionDays: numberAt(log.properties.get('retention_days'), LOG_DAYS),
  }));
}

function withKeyName(type: string, kind: Store['kind'], resources: Resources): readonly Store[] {
  return resources.quietly(type).map((store) => ({
    id: store.id,
    kind,
    encryption: sure(encryptionBy(store.properties.get('kms_key_name'), resources), store.doubts),
    fate: fateOf(store, 'deleted'),
  }));
}
