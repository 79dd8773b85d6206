import type { Edited } from '../sites';
import { set } from '../../../check/edits';
import { part, statement, unsaid } from '../../../check/parts-of-aws';
import { got, idOf, type StrangersFault } from './fault';

type File = Parameters<typeof idOf>[0];

const BUCKET = part('AWS::S3::Bucket');

const BUCKET_POLICY = part('AWS::S3::BucketPolicy');

const say = (Effect: string, Action: unknown, Resource: unknown, rest: object = {}): object => ({
  Effect,
  Action,
  Resource,
  ...rest,
});

const allow = (action: unknown, resource: unknown, rest: object = {}): object => say('Allow', action, resource, rest);

const bucket =
  (...statements: readonly object[]): StrangersFault[1] =>
  (file) => {
    BUCKET_POLICY(file)['PolicyDocument']['Statement'].push(...statements);
  };

const everything = (file: File): object => got(file, 'S3::Bucket', 'AccessLogs', 'Arn');

const STRANGER = { AWS: 'arn:aws:iam::999999999999:root' };

const COLLEAGUE = { AWS: 'arn:aws:iam::111122223333:role/colleague' };

/** How buckets and logs are kept. */
export const BUCKETS_AND_LOGS: readonly StrangersFault[] = [
  [
    'everybody reads the bucket',
    (file) => bucket(allow('s3:GetObject', everything(file), { Principal: '*' }))(file),
    ['buckets-private'],
  ],
  [
    'another account reads the bucket',
    (file) => bucket(allow('s3:GetObject', everything(file), { Principal: STRANGER }))(file),
    ['buckets-private'],
  ],
  [
    'everybody of the organisation reads the bucket',
    (file) =>
      bucket(
        allow('s3:*', everything(file), {
          Principal: '*',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
        }),
      )(file),
    ['buckets-private', 'audit-trail-present'],
  ],
  [
    'a service of others writes to the bucket',
    (file) =>
      bucket(allow('s3:PutObject', everything(file), { Principal: { Service: 'cloudtrail.amazonaws.com' } }))(file),
    ['buckets-private', 'audit-trail-present'],
  ],
  ['plain http to the bucket', unsaid(BUCKET_POLICY, 'aws:SecureTransport'), ['buckets-private']],
  ['old TLS to the bucket', unsaid(BUCKET_POLICY, 's3:TlsVersion'), ['buckets-private']],
  [
    'old TLS to the bucket by number',
    (file) => {
      statement(BUCKET_POLICY, 's3:TlsVersion')(file)['Condition'] = { NumericLessThan: { 's3:TlsVersion': 1.0 } };
    },
    ['buckets-private'],
  ],
  [
    'plain http refused to one caller alone',
    (file) => {
      statement(BUCKET_POLICY, 'aws:SecureTransport')(file)['Principal'] = COLLEAGUE;
    },
    ['buckets-private'],
  ],
  [
    'plain http refused for one action alone',
    (file) => {
      statement(BUCKET_POLICY, 'aws:SecureTransport')(file)['Action'] = 's3:PutObject';
    },
    ['buckets-private'],
  ],
  [
    'plain http refused to the bucket, not to what is in it',
    (file) => {
      statement(BUCKET_POLICY, 'aws:SecureTransport')(file)['Resource'] = everything(file);
    },
    ['buckets-private'],
  ],
  [
    'public lists in the bucket',
    set(BUCKET, { PublicAccessBlockConfiguration: { BlockPublicAcls: false } }),
    ['buckets-private'],
  ],
  [
    'no block of what is public',
    (file) => {
      delete BUCKET(file)['PublicAccessBlockConfiguration'];
    },
    ['buckets-private'],
  ],
  ['the bucket is public to read', set(BUCKET, { AccessControl: 'PublicRead' }), ['buckets-private']],
  ['no versions in the bucket', set(BUCKET, { VersioningConfiguration: { Status: 'Suspended' } }), ['buckets-private']],
  [
    'the key of Amazon for the bucket',
    (file) => {
      BUCKET(file)['BucketEncryption'] = {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      };
    },
    ['disks-encrypted-own-key'],
  ],
  [
    'the key of Amazon for the bucket, by name',
    (file) => {
      BUCKET(file)['BucketEncryption'] = {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/aws/s3' } },
        ],
      };
    },
    ['disks-encrypted-own-key'],
  ],
  [
    'a web site in the bucket',
    set(BUCKET, { WebsiteConfiguration: { IndexDocument: 'index.html' } }),
    ['buckets-private'],
  ],
  [
    'a copy of the bucket elsewhere',
    set(BUCKET, {
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::111122223333:role/x',
        Rules: [
          {
            Status: 'Enabled',
            Prefix: '',
            Destination: { Bucket: 'arn:aws:s3:::somebodys-bucket', Account: '999999999999' },
          },
        ],
      },
    }),
    ['buckets-private', 'audit-trail-present'],
  ],
  [
    'other origins read the bucket',
    set(BUCKET, { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] } }),
    ['buckets-private'],
  ],
  [
    'logs of the bucket last a day',
    (file) => {
      BUCKET(file)['LifecycleConfiguration'] = { Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }] };
    },
    ['audit-trail-present'],
  ],
  [
    'the bucket goes with the stack',
    (file) => {
      file.Resources[idOf(file, 'S3::Bucket', 'AccessLogs')]['DeletionPolicy'] = 'Delete';
    },
    ['storage-retained', 'audit-trail-present'],
  ],
  [
    'logs without a key',
    (file) => {
      for (const body of Object.values<Edited>(file.Resources))
        if (body.Type === 'AWS::Logs::LogGroup') delete body.Properties.KmsKeyId;
    },
    ['disks-encrypted-own-key'],
  ],
  ['logs last a day', set(part('AWS::Logs::LogGroup', 'RestateLogs'), { RetentionInDays: 1 }), ['audit-trail-present']],
  [
    'logs last a week',
    set(part('AWS::Logs::LogGroup', 'RestateLogs'), { RetentionInDays: 7 }),
    ['audit-trail-present'],
  ],
  [
    'logs of flows last a day',
    set(part('AWS::Logs::LogGroup', 'FlowLogs'), { RetentionInDays: 1 }),
    ['audit-trail-present'],
  ],
];
