import { STORE_CLAIMS } from '../../../lib/check/stores/store-claims';
import { complained, complaints, decided, type Fault } from '../decided';
import { add, set } from '../edits';
import { part, put, statement, unsaid, whole, without } from '../parts-of-aws';

const KEY = part('AWS::KMS::Key');
const VOLUME = part('AWS::EC2::Volume');
const BUCKET = part('AWS::S3::Bucket');
const POLICY = part('AWS::S3::BucketPolicy');
const LOGS = part('AWS::Logs::LogGroup', 'RestateLogs');
const FLOW_LOGS = part('AWS::Logs::LogGroup', 'FlowLogs');
const LAUNCH = part('AWS::EC2::LaunchTemplate');
const AUTOSCALING = statement(KEY, 'CreateGrant', 'KeyPolicy');
const OF_LOGS = statement(KEY, 'logs:arn', 'KeyPolicy');
const DELIVERY = statement(KEY, 'delivery.logs', 'KeyPolicy');
const ROOT = statement(KEY, ':root', 'KeyPolicy');
const DISK = { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeSize: 30 } };

const ENCRYPTED = ['disks-encrypted-own-key broken'];
const UNSURE = ['disks-encrypted-own-key unproven'];
const RETAINED = ['storage-retained broken'];
const PRIVATE = ['buckets-private broken'];

const KEYS: readonly Fault[] = [
  ['a key that never rotates', set(KEY, { EnableKeyRotation: false }), ENCRYPTED],
  ['a key of which rotation is not said', set(KEY, { EnableKeyRotation: undefined }), ENCRYPTED],
  ['a key that rotates every seven years', set(KEY, { RotationPeriodInDays: 2560 }), ENCRYPTED],
  ['a key that is disabled', set(KEY, { Enabled: false }), ENCRYPTED],
  ['a key whose material somebody else has', set(KEY, { Origin: 'EXTERNAL' }), ENCRYPTED],
  ['an asymmetric key', set(KEY, { KeySpec: 'RSA_2048' }), ENCRYPTED],
  ['a setting of a key that nobody knows', set(KEY, { Openness: 'all' }), [...UNSURE, 'storage-retained unproven']],
  ['a key for anybody', set(ROOT, { Principal: { AWS: '*' } }), ENCRYPTED],
  ['a key for anybody by the short form', set(ROOT, { Principal: '*' }), ENCRYPTED],
  ['a key for another account', set(ROOT, { Principal: { AWS: 'arn:aws:iam::999999999999:root' } }), ENCRYPTED],
  ['a key for another account by its number', set(ROOT, { Principal: { AWS: '999999999999' } }), ENCRYPTED],
  ['a key for all but one', set(ROOT, { Principal: undefined, NotPrincipal: { AWS: 'x' } }), ENCRYPTED],
  ['a key for all actions but one', set(ROOT, { Action: undefined, NotAction: 'kms:ScheduleKeyDeletion' }), ENCRYPTED],
  [
    'a key for a federated caller',
    put(ROOT, 'Principal', { Federated: 'accounts.google.com' }),
    [...ENCRYPTED, ...UNSURE],
  ],
  ['a key that Auto Scaling hands to anybody', set(AUTOSCALING, { Condition: undefined }), ENCRYPTED],
  [
    'a key that it may hand to anybody, by false',
    put(AUTOSCALING, 'Condition', { Bool: { 'kms:GrantIsForAWSResource': 'false' } }),
    ENCRYPTED,
  ],
  ['a key that a service uses for any account', set(OF_LOGS, { Condition: undefined }), ENCRYPTED],
  [
    'a key that a service uses for logs of any account',
    put(OF_LOGS, 'Condition', { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*:*:*' } }),
    ENCRYPTED,
  ],
  ['a key that delivery uses for any account', set(DELIVERY, { Condition: undefined }), ENCRYPTED],
  [
    'a key that delivery uses unless it is said otherwise',
    put(DELIVERY, 'Condition', { StringEqualsIfExists: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
    ENCRYPTED,
  ],
  [
    'a key that delivery uses for all accounts but this',
    put(DELIVERY, 'Condition', { StringNotEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
    ENCRYPTED,
  ],
  [
    'a key that delivery uses for two accounts',
    put(DELIVERY, 'Condition', { StringEquals: { 'aws:SourceAccount': [{ Ref: 'AWS::AccountId' }, '999999999999'] } }),
    ENCRYPTED,
  ],
  ['a key with all rights for a service', set(OF_LOGS, { Action: 'kms:*' }), ENCRYPTED],
  ['a statement with an element that nobody knows', set(OF_LOGS, { Unless: 'never' }), UNSURE],
  [
    'a policy of which nobody knows what it says',
    set(KEY, { KeyPolicy: { 'Fn::GetAtt': ['X', 'Policy'] } }),
    [...UNSURE],
  ],
  [
    'a key that goes with the stack',
    (file) => void (whole('AWS::KMS::Key')(file)['DeletionPolicy'] = 'Delete'),
    RETAINED,
  ],
  ['a key that goes after three days', set(KEY, { PendingWindowInDays: 3 }), RETAINED],
];

const DISKS: readonly Fault[] = [
  ['a disk in the clear', set(VOLUME, { Encrypted: false }), ENCRYPTED],
  ['a disk of which nothing is said', set(VOLUME, { Encrypted: undefined }), ENCRYPTED],
  ['a disk with a key of the cloud', set(VOLUME, { KmsKeyId: undefined }), ENCRYPTED],
  ['a disk with a key of the cloud by its alias', set(VOLUME, { KmsKeyId: 'alias/aws/ebs' }), ENCRYPTED],
  [
    'a disk with a key from elsewhere',
    set(VOLUME, { KmsKeyId: 'arn:aws:kms:eu-central-1:999999999999:key/1' }),
    UNSURE,
  ],
  [
    'a disk that goes with the stack',
    (file) => void (whole('AWS::EC2::Volume')(file)['DeletionPolicy'] = 'Delete'),
    RETAINED,
  ],
  [
    'a disk of which nothing keeps it',
    (file) => void delete whole('AWS::EC2::Volume')(file)['DeletionPolicy'],
    RETAINED,
  ],
  [
    'a disk that goes when another comes',
    (file) => void (whole('AWS::EC2::Volume')(file)['UpdateReplacePolicy'] = 'Delete'),
    RETAINED,
  ],
  [
    'a disk whose fate is not known',
    (file) => void (whole('AWS::EC2::Volume')(file)['DeletionPolicy'] = 'Perhaps'),
    ['storage-retained unproven'],
  ],
  [
    'a setting of a disk that nobody knows',
    set(VOLUME, { SharedWith: 'all' }),
    [...UNSURE, 'storage-retained unproven'],
  ],
  [
    'the disk of the machine in the clear',
    (file) => {
      LAUNCH(file)['LaunchTemplateData'].BlockDeviceMappings[0].Ebs.Encrypted = false;
    },
    ENCRYPTED,
  ],
  [
    'the disk of the machine with a key of the cloud',
    (file) => {
      LAUNCH(file)['LaunchTemplateData'].BlockDeviceMappings = [DISK];
    },
    ENCRYPTED,
  ],
  [
    'the disk of the machine as its image says',
    (file) => {
      delete LAUNCH(file)['LaunchTemplateData'].BlockDeviceMappings;
    },
    UNSURE,
  ],
  [
    'another disk of the machine in the clear',
    (file) => {
      LAUNCH(file)['LaunchTemplateData'].BlockDeviceMappings.push({ DeviceName: '/dev/xvdb', Ebs: { VolumeSize: 8 } });
    },
    ENCRYPTED,
  ],
];

const LOGGED: readonly Fault[] = [
  ['logs with a key of the cloud', set(LOGS, { KmsKeyId: undefined }), ENCRYPTED],
  ['flow logs with a key of the cloud', set(FLOW_LOGS, { KmsKeyId: undefined }), ENCRYPTED],
  [
    'logs that go with the stack',
    (file) => void (whole('AWS::Logs::LogGroup', 'RestateLogs')(file)['DeletionPolicy'] = 'Delete'),
    RETAINED,
  ],
  [
    'flow logs that go with the stack',
    (file) => void delete whole('AWS::Logs::LogGroup', 'FlowLogs')(file)['DeletionPolicy'],
    RETAINED,
  ],
];

const TLS_VERSION = 'TlsVersion';
const BUCKETS: readonly Fault[] = [
  ['a bucket with keys of S3', set(BUCKET, { BucketEncryption: undefined }), ENCRYPTED],
  [
    'a bucket with AES256',
    (file) => {
      BUCKET(file)['BucketEncryption'].ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault = {
        SSEAlgorithm: 'AES256',
      };
    },
    ENCRYPTED,
  ],
  [
    'a bucket with a key of the cloud',
    (file) => {
      delete BUCKET(file)['BucketEncryption'].ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault
        .KMSMasterKeyID;
    },
    ENCRYPTED,
  ],
  ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((guard): Fault => [
    `a bucket without ${guard}`,
    set(BUCKET, { PublicAccessBlockConfiguration: { [guard]: false } }),
    PRIVATE,
  ]),
  ['a bucket without guards', set(BUCKET, { PublicAccessBlockConfiguration: undefined }), PRIVATE],
  [
    'a bucket with lists of rights',
    set(BUCKET, { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }),
    PRIVATE,
  ],
  [
    'a bucket of which nobody says who owns objects',
    set(BUCKET, { OwnershipControls: undefined }),
    ['buckets-private unproven'],
  ],
  ['a bucket without versions', set(BUCKET, { VersioningConfiguration: undefined }), PRIVATE],
  ['a bucket with suspended versions', set(BUCKET, { VersioningConfiguration: { Status: 'Suspended' } }), PRIVATE],
  ['a bucket that the public reads', set(BUCKET, { AccessControl: 'PublicRead' }), PRIVATE],
  ['a bucket that is a web site', set(BUCKET, { WebsiteConfiguration: { IndexDocument: 'index.html' } }), PRIVATE],
  ['a bucket that is copied elsewhere', set(BUCKET, { ReplicationConfiguration: { Role: 'x', Rules: [] } }), PRIVATE],
  [
    'a setting of a bucket that nobody knows',
    set(BUCKET, { ShareWith: 'all' }),
    ['buckets-private unproven', ...UNSURE, 'storage-retained unproven'],
  ],
  ['a bucket without a policy', without('AWS::S3::BucketPolicy'), PRIVATE],
  ['plain http', unsaid(POLICY, 'SecureTransport'), PRIVATE],
  [
    'plain http but to the bucket itself',
    set(statement(POLICY, 'SecureTransport'), {
      Resource: { 'Fn::GetAtt': ['RestateBalancerAccessLogsBucket120EC4DB', 'Arn'] },
    }),
    PRIVATE,
  ],
  ['plain http for reading', set(statement(POLICY, 'SecureTransport'), { Action: 's3:PutObject' }), PRIVATE],
  [
    'plain http for all but one',
    set(statement(POLICY, 'SecureTransport'), { Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    PRIVATE,
  ],
  [
    'plain http where something else holds, too',
    set(statement(POLICY, 'SecureTransport'), { Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } }),
    PRIVATE,
  ],
  ['a refusal that allows', set(statement(POLICY, 'SecureTransport'), { Effect: 'Allow' }), PRIVATE],
  ['TLS of any version', unsaid(POLICY, TLS_VERSION), PRIVATE],
  [
    'TLS 1.1',
    set(statement(POLICY, TLS_VERSION), { Condition: { NumericLessThan: { 's3:TlsVersion': 1.1 } } }),
    PRIVATE,
  ],
  ['delivery for any account', set(statement(POLICY, 'PutObject'), { Condition: undefined }), PRIVATE],
  ['delivery of anything', set(statement(POLICY, 'PutObject'), { Action: 's3:*' }), PRIVATE],
  ['delivery anywhere', set(statement(POLICY, 'PutObject'), { Resource: '*' }), PRIVATE],
  [
    'a bucket that anybody may read',
    add((file) => POLICY(file)['PolicyDocument'], 'Statement', {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: { 'Fn::Sub': '${RestateBalancerAccessLogsBucket120EC4DB.Arn}/*' },
    }),
    PRIVATE,
  ],
  [
    'a bucket that another account may read',
    add((file) => POLICY(file)['PolicyDocument'], 'Statement', {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      Action: 's3:GetObject',
      Resource: { 'Fn::Sub': '${RestateBalancerAccessLogsBucket120EC4DB.Arn}/*' },
    }),
    PRIVATE,
  ],
  [
    'a bucket that goes with the stack',
    (file) => void (whole('AWS::S3::Bucket')(file)['DeletionPolicy'] = 'Delete'),
    RETAINED,
  ],
];

test.each(['Orders', 'Billing', 'Ledger'] as const)('%s holds', (example) => {
  const results = decided(example, STORE_CLAIMS);
  expect(complaints(results)).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThan(9);
});

test.each([...KEYS, ...LOGGED, ...BUCKETS])('%s is found', (_what, edit, expected) => {
  expect(complained('Billing', STORE_CLAIMS, edit)).toEqual([...expected].toSorted());
});

test.each(DISKS)('%s is found', (_what, edit, expected) => {
  expect(complained('Orders', STORE_CLAIMS, edit)).toEqual([...expected].toSorted());
});
