import { add, both, set } from '../../../check/edits';
import { part, put, statement } from '../../../check/parts-of-aws';
import { got, more, type StrangersFault } from './fault';

const say = (Effect: string, Action: unknown, Resource: unknown, rest: object = {}): object => ({
  Effect,
  Action,
  Resource,
  ...rest,
});

const allow = (action: unknown, resource: unknown, rest: object = {}): object => say('Allow', action, resource, rest);

const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders/restate-identity-key-AbCdEf';

const STRANGER = { AWS: 'arn:aws:iam::999999999999:root' };

/** Who reads secrets, and how snapshots are kept. */
export const SECRETS_AND_SNAPSHOTS: readonly StrangersFault[] = [
  [
    'everybody reads the secret',
    more('SecretsManager::ResourcePolicy', () => ({
      SecretId: SECRET,
      ResourcePolicy: {
        Version: '2012-10-17',
        Statement: [allow('secretsmanager:GetSecretValue', '*', { Principal: '*' })],
      },
    })),
    ['secret-readers-exact'],
    'Orders',
  ],
  [
    'another account reads the secret',
    more('SecretsManager::ResourcePolicy', () => ({
      SecretId: 'orders/restate-identity-key',
      ResourcePolicy: {
        Version: '2012-10-17',
        Statement: [allow('secretsmanager:GetSecretValue', '*', { Principal: STRANGER })],
      },
    })),
    ['secret-readers-exact'],
    'Orders',
  ],
  [
    'a user in the account with the rights of the machine',
    both(
      more('IAM::User', (file) => ({
        Policies: [
          {
            PolicyName: 'x',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [allow('kms:Decrypt', got(file, 'KMS::Key', 'Encryption', 'Arn'))],
            },
          },
        ],
      })),
    ),
    ['secret-readers-exact'],
  ],
  [
    'a user who reads the secret',
    more('IAM::User', () => ({
      Policies: [
        {
          PolicyName: 'x',
          PolicyDocument: { Version: '2012-10-17', Statement: [allow('secretsmanager:GetSecretValue', '*')] },
        },
      ],
    })),
    ['secret-readers-exact'],
  ],
  [
    'a keeper of snapshots who shares them',
    (file) => {
      part('AWS::DLM::LifecyclePolicy')(file)['PolicyDetails']['Schedules'][0]['ShareRules'] = [
        { TargetAccounts: ['999999999999'] },
      ];
    },
    ['snapshot-restores', 'secret-readers-exact', 'disks-encrypted-own-key'],
  ],
  [
    'snapshots copied to another region in the clear',
    (file) => {
      part('AWS::DLM::LifecyclePolicy')(file)['PolicyDetails']['Schedules'][0]['CrossRegionCopyRules'] = [
        { TargetRegion: 'us-east-1', Encrypted: false },
      ];
    },
    ['disks-encrypted-own-key', 'snapshot-restores'],
  ],
  [
    'one snapshot kept',
    (file) => {
      part('AWS::DLM::LifecyclePolicy')(file)['PolicyDetails']['Schedules'][0]['RetainRule'] = { Count: 1 };
    },
    ['snapshot-restores'],
  ],
  [
    'a snapshot a day',
    (file) => {
      part('AWS::DLM::LifecyclePolicy')(file)['PolicyDetails']['Schedules'][0]['CreateRule'] = {
        Interval: 24,
        IntervalUnit: 'HOURS',
        Times: ['00:00'],
      };
    },
    ['snapshot-restores', 'alarms-present'],
  ],
  ['no snapshots', set(part('AWS::DLM::LifecyclePolicy'), { State: 'DISABLED' }), ['snapshot-restores']],
  [
    'whoever keeps snapshots deletes any',
    (file) => {
      delete statement(part('AWS::IAM::Policy', 'RestateSnapshotsRole'), 'DeleteSnapshot')(file)['Condition'];
    },
    ['iam-no-wildcards'],
  ],
  [
    'the endpoint of secrets answers for every account',
    (file) => {
      for (const each of part('AWS::EC2::VPCEndpoint', 'secretsmanager:GetSecretValue')(file)['PolicyDocument'][
        'Statement'
      ])
        delete each.Condition;
    },
    ['iam-no-wildcards', 'egress-closed'],
  ],
  [
    'the endpoint of logs answers for other accounts',
    (file) => {
      statement(part('AWS::EC2::VPCEndpoint', 'logs:PutLogEvents'), 'logs')(file)['Condition'] = {
        StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } },
      };
    },
    ['iam-no-wildcards', 'egress-closed'],
  ],
  [
    'the endpoint of images takes any bucket',
    (file) => {
      statement(part('AWS::EC2::VPCEndpoint', 'starport'), 'starport')(file)['Resource'] = ['arn:aws:s3:::*/*'];
    },
    ['egress-closed', 'iam-no-wildcards'],
  ],
  [
    'the endpoint of images puts things',
    put(statement(part('AWS::EC2::VPCEndpoint', 'starport'), 'starport'), 'Action', ['s3:GetObject', 's3:PutObject']),
    ['egress-closed', 'iam-no-wildcards'],
  ],
  [
    'the endpoint of images takes a bucket more',
    (file) => {
      const found = statement(part('AWS::EC2::VPCEndpoint', 'starport'), 'starport')(file);
      found['Resource'] = [found['Resource'], 'arn:aws:s3:::somebodys-bucket/*'];
    },
    ['egress-closed', 'iam-no-wildcards'],
  ],
  [
    'a statement more at the endpoint of secrets',
    add(
      (file) => part('AWS::EC2::VPCEndpoint', 'secretsmanager:GetSecretValue')(file)['PolicyDocument'],
      'Statement',
      allow('secretsmanager:PutSecretValue', '*', { Principal: '*' }),
    ),
    ['egress-closed', 'iam-no-wildcards', 'secret-readers-exact'],
  ],
];
