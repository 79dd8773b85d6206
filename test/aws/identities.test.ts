import type { Template } from 'aws-cdk-lib/assertions';
import { resourceOf, resourcesOf, templateOf } from './template-of';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, unknown>>;
}

interface Policy {
  readonly Statement: readonly Statement[];
}

function statements(template: Template, type: string, name = ''): Statement[] {
  return resourcesOf(template, type)
    .filter(([id]) => id.includes(name))
    .flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as Policy | undefined)?.Statement ?? []);
}

const actions = ({ Action }: Statement): readonly string[] => (typeof Action === 'string' ? [Action] : Action);

/** What AWS knows no resource for, by the service authorisation reference. */
const NAMELESS = [
  'ec2:DescribeVolumes',
  'ecr:GetAuthorizationToken',
  'ecs:DiscoverPollEndpoint',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

const named = (kind: string, ...last: unknown[]): unknown => ({
  'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(kind), ...last])],
});

describe('the identities', () => {
  const template = templateOf();
  const granted = statements(template, 'AWS::IAM::Policy');

  test('hold no action by wildcard', () => {
    expect(granted.flatMap(actions).filter((action) => action.includes('*'))).toEqual([]);
  });

  test('hold every resource by name, but where the service knows none', () => {
    const unnamed = granted.filter(({ Resource }) => Resource === '*').flatMap(actions);
    expect(unnamed.sort()).toEqual([...NAMELESS, 'ec2:DescribeSnapshots', 'ec2:DescribeVolumes'].sort());
  });

  test('hold no managed policy', () => {
    for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Role')) {
      expect(Properties['ManagedPolicyArns']).toBeUndefined();
      expect(Properties['Policies']).toBeUndefined();
    }
  });

  test('are five: machine, execution, task, snapshots and flow logs, each assumed by its own service alone', () => {
    const trusted = resourcesOf(template, 'AWS::IAM::Role').map(([id, { Properties }]) => [
      id.replace(/[0-9A-F]{8}$/, ''),
      (Properties['AssumeRolePolicyDocument'] as { Statement: Statement[] }).Statement.map(
        ({ Principal }) => Principal,
      ),
    ]);
    expect(trusted).toEqual([
      ['RestateSnapshotsRole', [{ Service: 'dlm.amazonaws.com' }]],
      ['RestateMachineRole', [{ Service: 'ec2.amazonaws.com' }]],
      ['RestateTaskExecutionRole', [{ Service: 'ecs-tasks.amazonaws.com' }]],
      ['RestateTaskDefinitionTaskRole', [{ Service: 'ecs-tasks.amazonaws.com' }]],
      ['RestateMonitoringFlowLogsRole', [{ Service: 'vpc-flow-logs.amazonaws.com' }]],
    ]);
  });

  test('give the task itself no right at all', () => {
    expect(statements(template, 'AWS::IAM::Policy', 'TaskRole')).toEqual([]);
  });

  test('let ECS pull two repositories, write one log group and read one secret', () => {
    const execution = statements(template, 'AWS::IAM::Policy', 'ExecutionRole').filter(
      ({ Resource }) => Resource !== '*',
    );
    expect(execution.map((statement) => [actions(statement), JSON.stringify(statement.Resource)])).toEqual([
      [
        ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        expect.stringMatching(/repository\/mirror\/restate"\].*repository\/mirror\/envoy"\]/),
      ],
      [['logs:CreateLogStream', 'logs:PutLogEvents'], expect.stringMatching(/^\{"Fn::GetAtt":\["RestateLogs/)],
      [
        ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
        expect.stringMatching(/secret:orders\/identity-\?{6}"/),
      ],
    ]);
  });

  test('let the machine attach one volume to itself, and mark it once', () => {
    const disk = statements(template, 'AWS::IAM::Policy', 'MachineRole').filter((statement) =>
      actions(statement).some((action) => /^ec2:(Attach|Create)/.test(action)),
    );
    const volume = { Ref: expect.stringMatching(/^RestateData/) as string };
    expect(disk).toEqual([
      { Effect: 'Allow', Action: 'ec2:AttachVolume', Resource: named(':volume/', volume) },
      {
        Effect: 'Allow',
        Action: 'ec2:AttachVolume',
        Resource: named(`:instance/i-${'?'.repeat(17)}`),
        Condition: { StringEquals: { 'ec2:ResourceTag/portcullis:volume': volume } },
      },
      {
        Effect: 'Allow',
        Action: 'ec2:CreateTags',
        Resource: named(':volume/', volume),
        Condition: {
          Null: { 'aws:ResourceTag/portcullis:marker': 'true' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['portcullis:marker'] },
        },
      },
    ]);
  });

  test('let the machine add to streams of its own in the log, and to none of a container', () => {
    const report = statements(template, 'AWS::IAM::Policy', 'MachineRole').filter((statement) =>
      actions(statement).some((action) => action.startsWith('logs:')),
    );
    expect(report).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: named(
          ':log-group:',
          { Ref: expect.stringMatching(/^RestateLogs/) as unknown },
          `:log-stream:machine/i-${'?'.repeat(17)}`,
        ),
      },
    ]);
  });

  test('let flow logs of this account into their own group alone', () => {
    const { Statement } = resourceOf(template, 'AWS::IAM::Role', 'FlowLogs').Properties[
      'AssumeRolePolicyDocument'
    ] as Policy;
    expect(Statement.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    ]);
    expect(statements(template, 'AWS::IAM::Policy', 'FlowLogs')).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^RestateMonitoringFlowLogs/), 'Arn'] },
      },
    ]);
  });

  test('use the key of the disk through EC2 alone', () => {
    const key = statements(template, 'AWS::IAM::Policy').filter((statement) =>
      actions(statement).some((action) => action.startsWith('kms:')),
    );
    expect(key.flatMap(actions)).toEqual([
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:CreateGrant',
    ]);
    for (const { Condition, Resource } of key) {
      expect(JSON.stringify(Condition)).toContain('kms:ViaService');
      expect(Resource).toEqual({ 'Fn::GetAtt': [expect.stringContaining('EncryptionKey'), 'Arn'] });
    }
  });

  test('let no foreign account through an endpoint, and no action by wildcard, where the service takes a policy', () => {
    const without = resourcesOf(template, 'AWS::EC2::VPCEndpoint')
      .filter(([, { Properties }]) => Properties['PolicyDocument'] === undefined)
      .map(([, { Properties }]) => /\.(ecs-\w+)"/.exec(JSON.stringify(Properties['ServiceName']))?.[1]);
    expect(without).toEqual(['ecs-agent', 'ecs-telemetry']);
    const passing = statements(template, 'AWS::EC2::VPCEndpoint');
    expect(passing.flatMap(actions).filter((action) => action.includes('*'))).toEqual([]);
    const open = passing.filter(({ Condition }) => !JSON.stringify(Condition ?? {}).includes('aws:PrincipalAccount'));
    expect(open.map((statement) => [actions(statement), JSON.stringify(statement.Resource)])).toEqual([
      [['s3:GetObject'], expect.stringMatching(/:s3:::prod-.*-starport-layer-bucket\/\*"/)],
    ]);
    const unnamed = passing.filter(({ Condition }) => !JSON.stringify(Condition ?? {}).includes('aws:ResourceAccount'));
    expect([...new Set(unnamed.flatMap(actions))].sort()).toEqual([...NAMELESS, 's3:GetObject'].sort());
  });

  test('lend the key to nobody by wildcard', () => {
    const policy = resourceOf(template, 'AWS::KMS::Key').Properties['KeyPolicy'] as { Statement: Statement[] };
    expect(JSON.stringify(policy.Statement.map(({ Principal }) => Principal))).not.toContain('"*"');
    expect(policy.Statement.filter((statement) => actions(statement).includes('kms:*'))).toHaveLength(1);
  });
});
