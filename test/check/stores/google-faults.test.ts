import { STORE_CLAIMS } from '../../../lib/check/stores/store-claims';
import { complained, complaints, decided, type Fault } from '../decided';
import { both, set } from '../edits';
import { change, one, put, STRANGER } from '../google-edits';

const KEY = one('kms_crypto_key');
const DISK = one('compute_disk');
const LOGS = one('logging_project_bucket_config');
const bootDisk = (by: (disk: Record<string, unknown>) => void): Fault[1] =>
  change('compute_instance_template', '', ({ disk }) => by(disk[0]));
const kept = (by: (disk: Record<string, unknown>) => void): Fault[1] =>
  change('compute_per_instance_config', '', ({ preserved_state: state }) => by(state.disk[0]));

/** A good bucket that the server keeps snapshots in. */
const BUCKET = {
  name: 'snapshots',
  location: 'EU',
  public_access_prevention: 'enforced',
  uniform_bucket_level_access: true,
  versioning: { enabled: true },
  encryption: { default_kms_key_name: '${google_kms_crypto_key.Restate_Encryption_Key_AA79E715.id}' },
};
const bucket = (overrides: object, ...more: readonly Fault[1][]): Fault[1] =>
  both(
    change('compute_instance_template', '', ({ metadata }) => {
      metadata['user-data'] = String(metadata['user-data']).replaceAll(
        '--env=RESTATE_NODE_NAME',
        '--env=RESTATE_WORKER__SNAPSHOTS__DESTINATION=gs://snapshots/x --env=RESTATE_NODE_NAME',
      );
    }),
    put('storage_bucket', { ...BUCKET, ...overrides }, 'snapshots'),
    ...more,
  );
const reader = (role: string, member: string): Fault[1] =>
  put('storage_bucket_iam_member', { bucket: '${google_storage_bucket.snapshots.name}', role, member });

const OWN_KEY = 'disks-encrypted-own-key broken';
const KEY_OPEN = 'disks-encrypted-own-key unproven';
const RETAINED = 'storage-retained broken';
const PRIVATE = 'buckets-private broken';

const FAULTS: readonly Fault[] = [
  ['whose key does not rotate', set(KEY, { rotation_period: undefined }), [OWN_KEY]],
  ['whose key rotates in three years', set(KEY, { rotation_period: '100000000s' }), [OWN_KEY]],
  ['whose key rotates as a variable says', set(KEY, { rotation_period: '${var.period}' }), [KEY_OPEN]],
  ['whose key signs', set(KEY, { purpose: 'ASYMMETRIC_SIGN' }), [OWN_KEY]],
  ['whose key is another one made elsewhere', set(KEY, { import_only: true }), [OWN_KEY]],
  [
    'whose key is kept elsewhere',
    set(KEY, { version_template: { protection_level: 'EXTERNAL', algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION' } }),
    [OWN_KEY],
  ],
  ['whose key has no version', set(KEY, { skip_initial_version_creation: true }), [KEY_OPEN]],
  [
    'whose key is off',
    put('kms_crypto_key_version', {
      crypto_key: '${google_kms_crypto_key.Restate_Encryption_Key_AA79E715.id}',
      state: 'DISABLED',
    }),
    [OWN_KEY],
  ],
  ['whose key goes with the stack', set(KEY, { lifecycle: undefined }), [RETAINED]],
  ['whose key is gone in a day', set(KEY, { destroy_scheduled_duration: '86400s' }), [RETAINED]],
  ['whose disk has a key of Google', set(DISK, { disk_encryption_key: undefined }), [OWN_KEY]],
  [
    'whose disk has no key in its block',
    set(DISK, { disk_encryption_key: { kms_key_self_link: undefined } }),
    [OWN_KEY],
  ],
  ['whose disk has a key that the file holds', set(DISK, { disk_encryption_key: { raw_key: 'AAAA' } }), [KEY_OPEN]],
  [
    'whose disk has a key of somebody else',
    set(DISK, { disk_encryption_key: { kms_key_self_link: 'projects/p/locations/eu/keyRings/r/cryptoKeys/theirs' } }),
    [KEY_OPEN],
  ],
  ['whose disk goes with the stack', set(DISK, { lifecycle: undefined }), [RETAINED]],
  ['whose disk may be destroyed', set(DISK, { lifecycle: { prevent_destroy: false } }), [RETAINED]],
  [
    'whose disk goes with its machine',
    kept((disk) => (disk['delete_rule'] = 'ON_PERMANENT_INSTANCE_DELETION')),
    [RETAINED],
  ],
  [
    'whose machine boots from a disk with a key of Google',
    bootDisk((disk) => delete disk['disk_encryption_key']),
    [OWN_KEY],
  ],
  [
    'whose machine has another disk',
    change('compute_instance_template', '', ({ disk }) => disk.push({ disk_size_gb: 10 })),
    [OWN_KEY],
  ],
  [
    'whose machine has a disk inside it',
    change('compute_instance_template', '', ({ disk }) => disk.push({ type: 'SCRATCH', disk_type: 'local-ssd' })),
    [OWN_KEY],
  ],
  ['whose logs have a key of Google', set(LOGS, { cmek_settings: undefined }), [OWN_KEY]],
  ['whose logs go with the stack', set(LOGS, { lifecycle: undefined }), [RETAINED]],
  ['whose bucket may be public', bucket({ public_access_prevention: 'inherited' }), [PRIVATE]],
  ['whose bucket has lists of rights', bucket({ uniform_bucket_level_access: false }), [PRIVATE]],
  ['whose bucket keeps no versions', bucket({ versioning: undefined }), [PRIVATE]],
  ['whose bucket is a web site', bucket({ website: { main_page_suffix: 'index.html' } }), [PRIVATE]],
  ['whose bucket has a key of Google', bucket({ encryption: undefined }), [OWN_KEY]],
  ['whose bucket is emptied with the stack', bucket({ force_destroy: true }), [RETAINED]],
  ['whose bucket everybody reads', bucket({}, reader('roles/storage.objectViewer', 'allUsers')), [PRIVATE]],
  ['whose bucket a stranger reads', bucket({}, reader('roles/storage.objectViewer', STRANGER)), [PRIVATE]],
  ['whose bucket a stranger rules', bucket({}, reader('roles/storage.admin', STRANGER)), [PRIVATE]],
  [
    'whose bucket a stranger does something to',
    bucket({}, reader('roles/storage.strange', STRANGER)),
    ['buckets-private unproven'],
  ],
];

test.each(['Invoices', 'Storefront'] as const)('all of it holds for %s', (example) => {
  expect(complaints(decided(example, STORE_CLAIMS))).toEqual([]);
});

test('a good bucket holds', () => {
  const results = decided('Invoices', STORE_CLAIMS, bucket({}));
  expect(complaints(results)).toEqual([]);
  expect(results).toContainEqual(
    expect.objectContaining({ id: 'buckets-private', verdict: 'holds', subject: 'google_storage_bucket.snapshots' }),
  );
});

test.each(FAULTS)('a deployment %s does not pass', (_, edit, expected) => {
  expect(complained('Invoices', STORE_CLAIMS, edit)).toEqual([...expected].toSorted());
});
