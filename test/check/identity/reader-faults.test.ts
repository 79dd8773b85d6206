import { IDENTITY_CLAIMS } from '../../../lib/check/identity/identity-claims';
import { complained, complaints, decided, type Fault } from '../decided';
import { add, both, set, TASK } from '../edits';
import { beside, part, put, statement, unsaid } from '../parts-of-aws';

const EXECUTION = part('AWS::IAM::Policy', 'RestateTaskExecutionRole');
const MACHINE = part('AWS::IAM::Policy', 'RestateMachineRole');
const SNAPSHOTS = part('AWS::IAM::Policy', 'RestateSnapshotsRole');
const FLOW = part('AWS::IAM::Policy', 'FlowLogsRole');
const TASK_ROLE = part('AWS::IAM::Role', 'RestateTaskDefinitionTaskRole');
const MACHINE_ROLE = part('AWS::IAM::Role', 'RestateMachineRole');
const KEY = part('AWS::KMS::Key');
const TRUST = 'AssumeRolePolicyDocument';

const WIDE = ['iam-no-wildcards broken'];
const READ = ['secret-readers-exact broken'];
const NARROW = ['lambda-role-narrow broken'];

/** An inline policy. */
const policy = (...statements: readonly object[]): object => ({
  PolicyName: 'inline',
  PolicyDocument: { Version: '2012-10-17', Statement: statements },
});
const allow = (action: unknown, resource: unknown, more: object = {}): object => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
const LAMBDA = 'arn:aws:lambda:eu-central-1:111122223333:function:charge';
const SECRET = {
  'Fn::Sub':
    'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:billing/restate-identity-key-??????',
};
const KEY_ARN = { 'Fn::GetAtt': ['RestateEncryptionKeyE2255AFB', 'Arn'] };

const READERS: readonly Fault[] = [
  [
    'the task reads its secret',
    put(TASK_ROLE, 'Policies', [policy(allow('secretsmanager:GetSecretValue', SECRET))]),
    READ,
  ],
  [
    'the machine reads it',
    add((file) => MACHINE(file)['PolicyDocument'], 'Statement', allow('secretsmanager:GetSecretValue', SECRET)),
    READ,
  ],
  [
    'the machine reads all secrets',
    add((file) => MACHINE(file)['PolicyDocument'], 'Statement', allow('secretsmanager:GetSecretValue', '*')),
    [...READ, ...WIDE],
  ],
  [
    'it reads all secrets of a path',
    put(statement(EXECUTION, 'GetSecretValue'), 'Resource', {
      'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:billing/*',
    }),
    [...READ, ...WIDE],
  ],
  [
    'it reads another secret',
    set(statement(EXECUTION, 'GetSecretValue'), {
      Resource: ['arn:aws:secretsmanager:eu-central-1:111122223333:secret:other-??????'],
    }),
    READ,
  ],
  ['it reads everything', set(statement(EXECUTION, 'GetSecretValue'), { Resource: '*' }), [...READ, ...WIDE]],
  [
    'the role of something else reads it',
    beside({
      Reader: {
        Type: 'AWS::IAM::Role',
        Properties: { [TRUST]: { Statement: [] }, Policies: [policy(allow('secretsmanager:GetSecretValue', SECRET))] },
      },
    }),
    READ,
  ],
  [
    'a user reads it by a policy of its own',
    beside({
      Reader: { Type: 'AWS::IAM::User', Properties: {} },
      Reading: {
        Type: 'AWS::IAM::UserPolicy',
        Properties: {
          PolicyName: 'x',
          UserName: { Ref: 'Reader' },
          PolicyDocument: { Statement: allow('SecretsManager:get*', '*') },
        },
      },
    }),
    READ,
  ],
  [
    'a role from elsewhere reads it',
    beside({
      Reading: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'x', Roles: ['elsewhere'], PolicyDocument: { Statement: [allow('*', '*')] } },
      },
    }),
    READ,
  ],
  [
    'a managed policy of the file reads it',
    both(
      beside({
        Reading: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { PolicyDocument: { Statement: [allow('secretsmanager:GetSecretValue', SECRET)] } },
        },
      }),
      put(MACHINE_ROLE, 'ManagedPolicyArns', [{ Ref: 'Reading' }]),
    ),
    READ,
  ],
  ['the task uses the key', put(TASK_ROLE, 'Policies', [policy(allow('kms:ReEncryptFrom', KEY_ARN))]), READ],
  [
    'what starts the task uses the key',
    add((file) => EXECUTION(file)['PolicyDocument'], 'Statement', allow('kms:Decrypt', KEY_ARN)),
    READ,
  ],
  [
    'flow logs use the key',
    add((file) => FLOW(file)['PolicyDocument'], 'Statement', allow('kms:Decrypt', KEY_ARN)),
    READ,
  ],
  ['the machine uses the key by any way', set(statement(MACHINE, 'kms:Decrypt'), { Condition: undefined }), READ],
  [
    'the machine uses the key through S3',
    put(statement(MACHINE, 'kms:Decrypt'), 'Condition', {
      StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
    }),
    READ,
  ],
  [
    'the machine changes whose the key is',
    add((file) => MACHINE(file)['PolicyDocument'], 'Statement', allow('kms:PutKeyPolicy', KEY_ARN)),
    READ,
  ],
  ['snapshots use the key by any way', set(statement(SNAPSHOTS, 'kms:Decrypt'), { Condition: undefined }), READ],
  [
    'the policy of the key names the task',
    add((file) => KEY(file)['KeyPolicy'], 'Statement', {
      Effect: 'Allow',
      Principal: { AWS: { 'Fn::GetAtt': ['RestateTaskDefinitionTaskRoleD1C9CE46', 'Arn'] } },
      Action: 'kms:Decrypt',
      Resource: '*',
    }),
    READ,
  ],
  [
    'the policy of the key names a service',
    add((file) => KEY(file)['KeyPolicy'], 'Statement', {
      Effect: 'Allow',
      Principal: { Service: 'sqs.amazonaws.com' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }),
    READ,
  ],
  [
    'the policy of the key names anybody',
    set(statement(KEY, 'delivery', 'KeyPolicy'), { Principal: '*', Condition: undefined }),
    READ,
  ],
  [
    'a task role of which nobody knows what it may',
    set(TASK, { ExecutionRoleArn: 'arn:aws:iam::111122223333:role/x' }),
    ['iam-no-wildcards unproven', ...READ],
  ],
];

const CALLS: readonly Fault[] = [
  ['every function', put(TASK_ROLE, 'Policies', [policy(allow('lambda:InvokeFunction', '*'))]), [...WIDE, ...NARROW]],
  [
    'functions by their beginning',
    put(TASK_ROLE, 'Policies', [policy(allow('lambda:InvokeFunction', `${LAMBDA}*`))]),
    [...WIDE, ...NARROW],
  ],
  ['every role', put(TASK_ROLE, 'Policies', [policy(allow('sts:AssumeRole', '*'))]), [...WIDE, ...NARROW]],
  ['any action of STS', put(TASK_ROLE, 'Policies', [policy(allow('sts:*', '*'))]), [...WIDE, ...NARROW]],
  [
    'a role of which nobody knows who else may',
    put(TASK_ROLE, 'Policies', [policy(allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/caller'))]),
    ['lambda-role-narrow unproven'],
  ],
];

/** A role that the server becomes to call a function. */
const caller = (trust: object): object => ({
  Caller: {
    Type: 'AWS::IAM::Role',
    Properties: {
      [TRUST]: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust }] },
      Policies: [policy(allow('lambda:InvokeFunction', [LAMBDA, `${LAMBDA}:*`]))],
    },
  },
});
const SERVER = { AWS: { 'Fn::GetAtt': ['RestateTaskDefinitionTaskRoleD1C9CE46', 'Arn'] } };
const ASSUMES = put(TASK_ROLE, 'Policies', [policy(allow('sts:AssumeRole', { 'Fn::GetAtt': ['Caller', 'Arn'] }))]);
const ID = { Condition: { StringEquals: { 'sts:ExternalId': 'billing' } } };

const ASSUMED: readonly Fault[] = [
  [
    'a role that anybody assumes',
    both(ASSUMES, beside(caller({ Principal: { AWS: '*' }, ...ID }))),
    [...WIDE, ...NARROW],
  ],
  [
    'a role that the account assumes',
    both(ASSUMES, beside(caller({ Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, ...ID }))),
    NARROW,
  ],
  ['a role without an external id', both(ASSUMES, beside(caller({ Principal: SERVER }))), [...WIDE, ...NARROW]],
  [
    'a role with any external id',
    both(ASSUMES, beside(caller({ Principal: SERVER, Condition: { StringLike: { 'sts:ExternalId': '*' } } }))),
    [...WIDE, ...NARROW],
  ],
];

const HARMLESS: readonly (readonly [string, Fault[1]])[] = [
  ['one function', put(TASK_ROLE, 'Policies', [policy(allow('lambda:InvokeFunction', [LAMBDA, `${LAMBDA}:*`]))])],
  ['one role for the server alone', both(ASSUMES, beside(caller({ Principal: SERVER, ...ID })))],
  [
    'a refusal of everything',
    add((file) => FLOW(file)['PolicyDocument'], 'Statement', {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  ],
  [
    'a function of something else with its role',
    beside({
      Other: {
        Type: 'AWS::IAM::Role',
        Properties: {
          [TRUST]: {
            Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          },
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
          Policies: [policy(allow('dynamodb:*', '*'))],
        },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Role: { 'Fn::GetAtt': ['Other', 'Arn'] },
          Code: { ZipFile: '' },
          Handler: 'x',
          Runtime: 'nodejs22.x',
        },
      },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
    }),
  ],
  [
    'a secret of something else with its reader',
    beside({
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
      Other: {
        Type: 'AWS::IAM::Role',
        Properties: {
          [TRUST]: { Statement: [] },
          Policies: [policy(allow('secretsmanager:GetSecretValue', { Ref: 'Secret' }))],
        },
      },
    }),
  ],
  [
    'a policy in two',
    both(
      unsaid(MACHINE, 'AttachVolume'),
      beside({
        Two: {
          Type: 'AWS::IAM::RolePolicy',
          Properties: {
            PolicyName: 'two',
            RoleName: { Ref: 'RestateMachineRole07F42258' },
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: allow(['ec2:AttachVolume'], {
                'Fn::Sub': 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:volume/${RestateData74B76A42}',
              }),
            },
          },
        },
      }),
    ),
  ],
  ['a narrower secret', set(statement(EXECUTION, 'GetSecretValue'), { Action: 'secretsmanager:GetSecretValue' })],
];

test.each([...READERS, ...CALLS, ...ASSUMED])('%s is found', (_what, edit, expected) => {
  expect(complained('Billing', IDENTITY_CLAIMS, edit)).toEqual([...expected].toSorted());
});

test.each(HARMLESS)('%s does no harm', (_what, edit) => {
  expect(complaints(decided('Billing', IDENTITY_CLAIMS, edit))).toEqual([]);
});
