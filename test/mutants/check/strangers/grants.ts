import { set } from '../../../check/edits';
import { part, statement } from '../../../check/parts-of-aws';
import { got, idOf, more, type StrangersFault } from './fault';

const TASK = 'RestateTaskDefinitionTaskRole';

const EXECUTION = 'RestateTaskExecutionRole';

const MACHINE = 'RestateMachineRole';

const say = (Effect: string, Action: unknown, Resource: unknown, rest: object = {}): object => ({
  Effect,
  Action,
  Resource,
  ...rest,
});

const allow = (action: unknown, resource: unknown, rest: object = {}): object => say('Allow', action, resource, rest);

/** A policy of its own on a role. */
const granted = (role: string, ...statements: readonly object[]): StrangersFault[1] =>
  more('IAM::Policy', (file) => ({
    PolicyName: 'stranger',
    Roles: [{ Ref: idOf(file, 'IAM::Role', role) }],
    PolicyDocument: { Version: '2012-10-17', Statement: statements },
  }));

const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:orders/restate-identity-key-AbCdEf';

/** What roles of the deployment may do. */
export const GRANTS: readonly StrangersFault[] = [
  ['the task may do anything', granted(TASK, allow('*', '*')), ['iam-no-wildcards']],
  ['the task reads every bucket', granted(TASK, allow('s3:GetObject', '*')), ['iam-no-wildcards']],
  [
    'the task reads every secret',
    granted(TASK, allow('secretsmanager:GetSecretValue', '*')),
    ['secret-readers-exact', 'iam-no-wildcards'],
  ],
  [
    'the task reads its own key',
    granted(TASK, allow('secretsmanager:GetSecretValue', SECRET)),
    ['secret-readers-exact'],
  ],
  [
    'the task reads secrets of any version',
    granted(TASK, allow('secretsmanager:BatchGetSecretValue', '*')),
    ['secret-readers-exact', 'iam-no-wildcards'],
  ],
  [
    'the task reads any parameter',
    granted(TASK, allow('ssm:GetParameter*', 'arn:aws:ssm:*:*:parameter/*')),
    ['iam-no-wildcards', 'secret-readers-exact'],
  ],
  [
    'the task decrypts with any key',
    granted(TASK, allow('kms:Decrypt', '*')),
    ['iam-no-wildcards', 'secret-readers-exact', 'disks-encrypted-own-key'],
  ],
  [
    'the task decrypts with the key of the disk',
    more('IAM::Policy', (file) => ({
      PolicyName: 's',
      Roles: [{ Ref: idOf(file, 'IAM::Role', TASK) }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [allow('kms:Decrypt', got(file, 'KMS::Key', 'EncryptionKey', 'Arn'))],
      },
    })),
    ['secret-readers-exact'],
  ],
  [
    'the task assumes any role',
    granted(TASK, allow('sts:AssumeRole', '*')),
    ['iam-no-wildcards', 'lambda-role-narrow'],
  ],
  [
    'the task assumes a role of another account',
    granted(TASK, allow('sts:AssumeRole', 'arn:aws:iam::999999999999:role/x')),
    ['lambda-role-narrow', 'iam-no-wildcards'],
  ],
  [
    'the task invokes any function',
    granted(TASK, allow('lambda:InvokeFunction', '*')),
    ['iam-no-wildcards', 'lambda-role-narrow'],
  ],
  ['the task passes any role', granted(TASK, allow('iam:PassRole', '*')), ['iam-no-wildcards']],
  [
    'the task starts tasks',
    granted(TASK, allow(['ecs:RunTask', 'ecs:RegisterTaskDefinition'], '*')),
    ['iam-no-wildcards'],
  ],
  [
    'a shell in the task',
    granted(
      TASK,
      allow(
        [
          'ssmmessages:CreateControlChannel',
          'ssmmessages:CreateDataChannel',
          'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel',
        ],
        '*',
      ),
    ),
    ['admin-closed', 'iam-no-wildcards'],
  ],
  ['all but one thing', granted(TASK, { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), ['iam-no-wildcards']],
  [
    'everything but one resource',
    granted(TASK, { Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::x/*' }),
    ['iam-no-wildcards'],
  ],
  ['the execution role may do anything', granted(EXECUTION, allow('*', '*')), ['iam-no-wildcards']],
  [
    'the execution role reads every secret',
    granted(EXECUTION, allow('secretsmanager:GetSecretValue', '*')),
    ['secret-readers-exact', 'iam-no-wildcards'],
  ],
  [
    'the execution role reads a secret more',
    granted(
      EXECUTION,
      allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:payroll-AbCdEf'),
    ),
    ['secret-readers-exact'],
  ],
  [
    'the execution role reads secrets by their beginning',
    (file) => {
      const found = statement(part('AWS::IAM::Policy', EXECUTION), 'GetSecretValue')(file);
      found['Resource'] = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:*';
    },
    ['secret-readers-exact', 'iam-no-wildcards'],
  ],
  [
    'the execution role pulls any image',
    set(statement(part('AWS::IAM::Policy', EXECUTION), 'BatchGetImage'), { Resource: '*' }),
    ['iam-no-wildcards'],
  ],
  [
    'the execution role writes any log',
    set(statement(part('AWS::IAM::Policy', EXECUTION), 'PutLogEvents'), { Resource: '*' }),
    ['iam-no-wildcards'],
  ],
  [
    'the execution role deletes its logs',
    granted(EXECUTION, allow('logs:DeleteLogGroup', '*')),
    ['iam-no-wildcards', 'audit-trail-present'],
  ],
  ['the machine may do anything', granted(MACHINE, allow('*', '*')), ['iam-no-wildcards']],
  [
    'the machine reads the key of the server',
    granted(MACHINE, allow('secretsmanager:GetSecretValue', SECRET)),
    ['secret-readers-exact'],
  ],
  [
    'the machine attaches any disk',
    set(statement(part('AWS::IAM::Policy', MACHINE), 'volume/'), { Resource: '*' }),
    ['iam-no-wildcards'],
  ],
  [
    'the machine makes snapshots of any disk',
    granted(MACHINE, allow(['ec2:CreateSnapshot', 'ec2:ModifySnapshotAttribute'], '*')),
    ['iam-no-wildcards'],
  ],
  [
    'the machine detaches and deletes its disk',
    more('IAM::Policy', (file) => ({
      PolicyName: 's',
      Roles: [{ Ref: idOf(file, 'IAM::Role', MACHINE) }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          allow('ec2:DeleteVolume', {
            'Fn::Sub': [
              'arn:aws:ec2:eu-central-1:111122223333:volume/${V}',
              { V: { Ref: idOf(file, 'EC2::Volume', 'Data') } },
            ],
          }),
        ],
      },
    })),
    ['iam-no-wildcards', 'storage-retained', 'node-replaced-with-its-disk'],
  ],
];
