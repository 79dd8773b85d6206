import type { BucketSettings, Fate, Store } from '../../store';
import { mayStand, switchAt, wordAt } from '../quiet';
import type { QuietResource, Resources } from '../resources';
import { encryptionBy } from './encryption';
import { sure } from './disks';

const BUCKET = 'google_storage_bucket';
/** Lists of rights on single objects and on buckets, which stand beside grants. */
const LISTS = [
  'google_storage_bucket_access_control',
  'google_storage_bucket_acl',
  'google_storage_default_object_access_control',
  'google_storage_default_object_acl',
];
/** Blocks by which what lies in a bucket is shown to others. */
const OPENING = ['website', 'cors'];

/** Buckets of Cloud Storage. Google refuses plain http to their APIs by itself. */
export function readBuckets(resources: Resources): readonly Store[] {
  const listed = resources
    .quietly(...LISTS)
    .map(({ properties }) => resources.quietlyReferredBy(properties.get('bucket'), BUCKET)?.id);
  return resources.quietly(BUCKET).map((bucket) => {
    const { id, properties, doubts } = bucket;
    const encryption = encryptionBy(properties.block('encryption').get('default_kms_key_name'), resources);
    return {
      id,
      kind: 'bucket',
      encryption: sure(encryption, doubts),
      fate: bucketFate(bucket),
      bucket: settings(bucket, listed.includes(id)),
      retentionDays: 'forever',
    };
  });
}

function settings({ properties, doubts }: QuietResource, hasLists: boolean): BucketSettings {
  const prevention = wordAt(properties.get('public_access_prevention'), 'inherited');
  const uniform = switchAt(properties.get('uniform_bucket_level_access'), false);
  const versioned = switchAt(properties.block('versioning').get('enabled'), false);
  return {
    publicAccessOpen: prevention === 'enforced' ? [] : ['public_access_prevention'],
    objectLists: uniform === 'unknown' || doubts.length > 0 ? 'unknown' : !uniform,
    versioned: doubts.length > 0 ? 'unknown' : versioned,
    tlsByCloud: true,
    opens: [
      ...OPENING.filter((name) => mayStand(properties.get(name))),
      ...(hasLists && uniform !== true ? ['a list of rights beside it'] : []),
    ],
  };
}

/** Google deletes no bucket that something lies in, unless Terraform is told to empty it first. */
function bucketFate({ properties, preventsDestroy }: QuietResource): Fate {
  const isForced = switchAt(properties.get('force_destroy'), false);
  const fate = preventsDestroy === true || isForced === false ? 'kept' : isForced === true ? 'deleted' : 'unknown';
  return { onDelete: fate, onReplace: fate };
}
