import type { CatalogueClaim } from './catalogue-claim';
import { BENCHMARK } from './sources';

/** What lies on disks and in stores, and who may read it. */
export const STORE_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'disks-encrypted-own-key',
    statement: 'disks, buckets, secrets, logs and queues are encrypted with keys of the owner, which rotate',
    source: BENCHMARK,
    fix: {
      aws: 'give each an AWS::KMS::Key of your own with EnableKeyRotation true',
      google: 'give each a google_kms_crypto_key of your own with a rotation_period',
    },
    decided: 'looks at the key of each store that the deployment uses, whether it rotates, and whom its policy lets in',
  },
  {
    id: 'secret-readers-exact',
    statement: 'only the workloads that need a secret or key may read it',
    source: BENCHMARK,
    fix: {
      aws: 'allow secretsmanager:GetSecretValue and kms:Decrypt on the one secret and key to the one role that reads it',
      google: 'give roles/secretmanager.secretAccessor on the one secret to the one account that reads it',
    },
    decided:
      'evaluates every policy of every role, key and secret of the file for who may read each secret and use each key',
  },
  {
    id: 'storage-retained',
    statement: 'deleting the stack does not delete the journal',
    source: BENCHMARK,
    fix: {
      aws: 'set DeletionPolicy and UpdateReplacePolicy of the volume, of buckets and of keys to Retain',
      google: 'set prevent_destroy in the lifecycle of the disk, of buckets and of keys',
    },
    decided: 'looks at what becomes of each store and key that the deployment uses when the stack or the resource goes',
  },
  {
    id: 'buckets-private',
    statement: 'buckets refuse public access and plain http, and keep versions',
    source: BENCHMARK,
    fix: {
      aws: 'set all four of PublicAccessBlockConfiguration, deny requests without aws:SecureTransport, and enable versioning',
      google: 'set public_access_prevention to enforced, uniform_bucket_level_access and versioning',
    },
    decided: 'looks at the guards, owners, versions and policy of each bucket that the deployment uses',
  },
];
