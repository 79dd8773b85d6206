import { IDENTITY_CLAIMS } from '../../../lib/check/identity/identity-claims';
import { complained, complaints, decided, type Fault } from '../decided';
import { add, both, set } from '../edits';
import { part, put, statement } from '../parts-of-aws';

const EXECUTION = part('AWS::IAM::Policy', 'RestateTaskExecutionRole');
const MACHINE = part('AWS::IAM::Policy', 'RestateMachineRole');
const SNAPSHOTS = part('AWS::IAM::Policy', 'RestateSnapshotsRole');
const FLOW = part('AWS::IAM::Policy', 'FlowLogsRole');
const TASK_ROLE = part('AWS::IAM::Role', 'RestateTaskDefinitionTaskRole');
const EXECUTION_ROLE = part('AWS::IAM::Role', 'RestateTaskExecutionRole');
const MACHINE_ROLE = part('AWS::IAM::Role', 'RestateMachineRole');
const FLOW_ROLE = part('AWS::IAM::Role', 'FlowLogsRole');
const INSTRUMENTS = part('AWS::EC2::VPCEndpoint', 'ec2:DescribeVolumes');
const SECRETS = part('AWS::EC2::VPCEndpoint', 'secretsmanager:GetSecretValue');
const IMAGES = part('AWS::EC2::VPCEndpoint', 'starport-layer-bucket');
const TRUST = 'AssumeRolePolicyDocument';

const WIDE = ['iam-no-wildcards broken'];
const UNSURE = ['iam-no-wildcards unproven'];
const READ = ['secret-readers-exact broken'];

const allow = (action: unknown, resource: unknown, more: object = {}): object => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});

const STATEMENTS: readonly Fault[] = [
  ['any action of a service', set(statement(MACHINE, 'AttachVolume'), { Action: 'ec2:*' }), WIDE],
  ['any action', set(statement(MACHINE, 'AttachVolume'), { Action: '*' }), [...READ, ...WIDE].slice(1)],
  ['actions by their beginning', set(statement(MACHINE, 'AttachVolume'), { Action: 'ec2:Attach*' }), WIDE],
  ['an action on everything', set(statement(MACHINE, 'AttachVolume'), { Resource: '*' }), WIDE],
  ['an action on every disk', set(statement(MACHINE, 'AttachVolume'), { Resource: 'arn:aws:ec2:*:*:volume/*' }), WIDE],
  ['any machine', set(statement(MACHINE, 'instance/i-'), { Condition: undefined }), WIDE],
  [
    'any machine that has some tag',
    put(statement(MACHINE, 'instance/i-'), 'Condition', { StringLike: { 'ec2:ResourceTag/portcullis:volume': '*' } }),
    WIDE,
  ],
  [
    'any machine without another tag',
    put(statement(MACHINE, 'instance/i-'), 'Condition', {
      StringNotEquals: { 'ec2:ResourceTag/portcullis:volume': 'x' },
    }),
    WIDE,
  ],
  [
    'a machine of the tag, if it has it',
    put(statement(MACHINE, 'instance/i-'), 'Condition', {
      StringEqualsIfExists: { 'ec2:ResourceTag/portcullis:volume': 'x' },
    }),
    WIDE,
  ],
  [
    'any tag of the disk',
    set(statement(MACHINE, 'CreateTags'), { Condition: { 'ForAllValues:StringEquals': undefined } }),
    WIDE,
  ],
  ['the mark of another', set(statement(MACHINE, 'CreateTags'), { Condition: { Null: undefined } }), WIDE],
  ['any snapshot', set(statement(SNAPSHOTS, 'DeleteSnapshot'), { Condition: undefined }), WIDE],
  [
    'grants of the key to anybody',
    put(statement(SNAPSHOTS, 'CreateGrant'), 'Condition', {
      StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'ec2.${AWS::Region}.amazonaws.com' } },
    }),
    WIDE,
  ],
  ['every cluster', set(statement(MACHINE, 'RegisterContainerInstance'), { Resource: '*' }), WIDE],
  [
    'every machine of every cluster',
    set(statement(MACHINE, 'ecs:Poll'), { Resource: 'arn:aws:ecs:eu-central-1:111122223333:container-instance/*' }),
    WIDE,
  ],
  ['every log', set(statement(FLOW, 'PutLogEvents'), { Resource: '*' }), WIDE],
  [
    'logs by their beginning',
    set(statement(MACHINE, 'PutLogEvents'), {
      Resource: 'arn:aws:logs:eu-central-1:111122223333:log-group:Rest*:log-stream:x',
    }),
    WIDE,
  ],
  ['every image', set(statement(EXECUTION, 'BatchGetImage'), { Resource: '*' }), WIDE],
  [
    'every image of the account',
    set(statement(EXECUTION, 'BatchGetImage'), {
      Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*' },
    }),
    WIDE,
  ],
  [
    'all actions but some',
    both(
      put(statement(MACHINE, 'ecs:Poll'), 'NotAction', 'iam:*'),
      (file) => delete statement(MACHINE, 'container-instance')(file)['Action'],
    ),
    WIDE,
  ],
  [
    'all resources but some',
    both(
      put(statement(MACHINE, 'ecs:Poll'), 'NotResource', 'x'),
      (file) => delete statement(MACHINE, 'ecs:Poll')(file)['Resource'],
    ),
    WIDE,
  ],
  [
    'an element of a statement that nobody knows',
    put(statement(FLOW, 'PutLogEvents'), 'Unless', 'x'),
    [...UNSURE, 'secret-readers-exact unproven'],
  ],
  [
    'an effect that nobody knows',
    put(statement(FLOW, 'PutLogEvents'), 'Effect', 'Permit'),
    [...UNSURE, 'secret-readers-exact unproven'],
  ],
  [
    'roles handed on',
    add(
      (file) => MACHINE(file)['PolicyDocument'],
      'Statement',
      allow('iam:PassRole', 'arn:aws:iam::111122223333:role/x'),
    ),
    WIDE,
  ],
  [
    'a policy of AWS',
    put(MACHINE_ROLE, 'ManagedPolicyArns', ['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']),
    WIDE,
  ],
  [
    'all rights',
    put(MACHINE_ROLE, 'ManagedPolicyArns', [
      { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess' },
    ]),
    [...WIDE, ...READ],
  ],
  ['a policy from elsewhere', put(MACHINE_ROLE, 'ManagedPolicyArns', ['arn:aws:iam::111122223333:policy/x']), UNSURE],
  [
    'a setting of a role that nobody knows',
    put(MACHINE_ROLE, 'Openness', 'all'),
    [...UNSURE, 'secret-readers-exact unproven'],
  ],
  ['actions in capitals', set(statement(MACHINE, 'AttachVolume'), { Action: 'EC2:AttachVolume', Resource: '*' }), WIDE],
];

const TRUSTS: readonly Fault[] = [
  ['a role for anybody', put(statement(MACHINE_ROLE, 'sts', TRUST), 'Principal', { AWS: '*' }), [...WIDE, ...UNSURE]],
  [
    'a role for anybody, too',
    add((file) => MACHINE_ROLE(file)[TRUST], 'Statement', {
      Effect: 'Allow',
      Principal: '*',
      Action: 'sts:AssumeRole',
    }),
    WIDE,
  ],
  [
    'a role for the account, too',
    add((file) => EXECUTION_ROLE(file)[TRUST], 'Statement', {
      Effect: 'Allow',
      Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } },
      Action: 'sts:AssumeRole',
    }),
    WIDE,
  ],
  [
    'a role for another service',
    put(statement(EXECUTION_ROLE, 'sts', TRUST), 'Principal', { Service: 'lambda.amazonaws.com' }),
    [...WIDE, ...UNSURE],
  ],
  [
    'a role for all but one',
    both(
      put(statement(MACHINE_ROLE, 'sts', TRUST), 'NotPrincipal', { AWS: 'x' }),
      (file) => delete statement(MACHINE_ROLE, 'sts', TRUST)(file)['Principal'],
    ),
    [...WIDE, ...UNSURE],
  ],
  ['a role with any action', put(statement(MACHINE_ROLE, 'sts', TRUST), 'Action', 'sts:*'), WIDE],
  [
    'a role that flow logs of any account take',
    set(statement(FLOW_ROLE, 'sts', TRUST), { Condition: undefined }),
    WIDE,
  ],
  [
    'a role that flow logs of another account take',
    put(statement(FLOW_ROLE, 'sts', TRUST), 'Condition', { StringEquals: { 'aws:SourceAccount': '999999999999' } }),
    WIDE,
  ],
  [
    'a role for a federated caller',
    add((file) => TASK_ROLE(file)[TRUST], 'Statement', {
      Effect: 'Allow',
      Principal: { Federated: 'x' },
      Action: 'sts:AssumeRole',
    }),
    UNSURE,
  ],
];

const ENDPOINTS: readonly Fault[] = [
  [
    'an endpoint for any account',
    set((file) => SECRETS(file)['PolicyDocument'].Statement[0], {
      Condition: { StringEquals: { 'aws:PrincipalAccount': undefined } },
    }),
    WIDE,
  ],
  [
    'an endpoint to any account',
    set((file) => SECRETS(file)['PolicyDocument'].Statement[0], {
      Condition: { StringEquals: { 'aws:ResourceAccount': undefined } },
    }),
    WIDE,
  ],
  [
    'an endpoint without conditions',
    set((file) => SECRETS(file)['PolicyDocument'].Statement[0], { Condition: undefined }),
    WIDE,
  ],
  [
    'an endpoint for every action',
    set((file) => SECRETS(file)['PolicyDocument'].Statement[0], { Action: 'secretsmanager:*' }),
    WIDE,
  ],
  ['an endpoint to every bucket', set((file) => IMAGES(file)['PolicyDocument'].Statement[0], { Resource: '*' }), WIDE],
  [
    'an endpoint to write to a bucket',
    set((file) => IMAGES(file)['PolicyDocument'].Statement[0], { Action: 's3:PutObject' }),
    WIDE,
  ],
  [
    'an endpoint of the instruments for any account',
    set((file) => INSTRUMENTS(file)['PolicyDocument'].Statement[0], { Condition: undefined }),
    WIDE,
  ],
];

test.each(['Orders', 'Billing', 'Ledger'] as const)('%s holds', (example) => {
  const results = decided(example, IDENTITY_CLAIMS);
  expect(complaints(results)).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThan(12);
});

test.each([...STATEMENTS, ...TRUSTS, ...ENDPOINTS])('%s is found', (_what, edit, expected) => {
  expect(complained('Billing', IDENTITY_CLAIMS, edit)).toEqual([...expected].toSorted());
});
