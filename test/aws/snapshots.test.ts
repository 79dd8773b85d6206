import type { Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { refusal } from '../core/refusal';
import { newStack, resourceOf, resourcesOf, serverIn, templateOf, type Asked } from './template-of';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, unknown>>;
}

const SNAPSHOT = 'snap-0123456789abcdef0';

describe('the snapshots of the data disk', () => {
  const template = templateOf();
  const { Properties: volume } = resourceOf(template, 'AWS::EC2::Volume');
  const [tag] = volume['Tags'] as { Key: string; Value: unknown }[];

  test('are taken every six hours and kept for a week unless somebody says otherwise', () => {
    template.hasResourceProperties('AWS::DLM::LifecyclePolicy', {
      State: 'ENABLED',
      PolicyDetails: {
        PolicyType: 'EBS_SNAPSHOT_MANAGEMENT',
        ResourceTypes: ['VOLUME'],
        Schedules: [
          {
            CreateRule: { Interval: 6, IntervalUnit: 'HOURS', Times: ['00:00'] },
            RetainRule: { Count: 28 },
            CopyTags: true,
          },
        ],
      },
    });
  });

  test('are of this disk alone: by a tag that no other disk has', () => {
    expect(tag?.Key).toBe('portcullis:snapshots');
    expect(JSON.stringify(tag?.Value)).toContain('AWS::StackId');
    template.hasResourceProperties('AWS::DLM::LifecyclePolicy', { PolicyDetails: { TargetTags: [tag] } });
    const restored = resourceOf(
      templateOf(() => ({ restoreFrom: SNAPSHOT })),
      'AWS::EC2::Volume',
    ).Properties;
    const tags = restored['Tags'] as { Key: string; Value: unknown }[];
    expect(tags.find(({ Key }) => Key === tag?.Key)?.Value).not.toEqual(tag?.Value);
  });

  test.each<[object, number, number]>([
    [{ everyHours: 24, keep: 30 }, 24, 30],
    [{ everyHours: 1 }, 1, 168],
    [{ keep: 2 }, 6, 2],
  ])('are taken and kept as asked: %j', (snapshots, Interval, Count) => {
    const asked = templateOf(() => ({ snapshots }));
    asked.hasResourceProperties('AWS::DLM::LifecyclePolicy', {
      PolicyDetails: { Schedules: [{ CreateRule: Match.objectLike({ Interval }), RetainRule: { Count } }] },
    });
    asked.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'SnapshotsCreateCompleted',
      Dimensions: [{ Name: 'DLMPolicyId', Value: { Ref: Match.stringLikeRegexp('Snapshots') } }],
      Period: 3600,
      EvaluationPeriods: Interval + 2,
      TreatMissingData: 'breaching',
    });
  });

  test('are made by a role that can make them of this disk, and take away its own', () => {
    const { Statement: statements } = resourceOf(template, 'AWS::IAM::Policy', 'Snapshots').Properties[
      'PolicyDocument'
    ] as { Statement: Statement[] };
    const ec2 = statements.filter(({ Action }) => JSON.stringify(Action).includes('ec2:'));
    const all = expect.stringContaining(`::snapshot/snap-${'?'.repeat(17)}`) as unknown;
    const own = { 'aws:ResourceTag/portcullis:snapshots': tag?.Value };
    const shown = ec2.map((each) => ({ ...each, Resource: [each.Resource].flat().map((one) => JSON.stringify(one)) }));
    expect(shown).toEqual([
      {
        Effect: 'Allow',
        Action: 'ec2:CreateSnapshot',
        Resource: [expect.stringMatching(/:volume\/.*"Ref":"RestateData/), all],
      },
      { Effect: 'Allow', Action: 'ec2:CreateTags', Resource: [all], Condition: { StringEqualsIfExists: own } },
      { Effect: 'Allow', Action: 'ec2:DeleteSnapshot', Resource: [all], Condition: { StringEquals: own } },
      { Effect: 'Allow', Action: ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots'], Resource: ['"*"'] },
    ]);
  });

  test('can be turned off, which every report then shows', () => {
    const off = templateOf(() => ({ snapshots: false }));
    off.resourceCountIs('AWS::DLM::LifecyclePolicy', 0);
    off.hasResource('AWS::EC2::Volume', {
      Metadata: { 'portcullis:accepted': [Match.objectLike({ claim: 'snapshot-restores' })] },
    });
    expect(resourcesOf(off, 'AWS::CloudWatch::Alarm').filter(([id]) => id.includes('Snapshots'))).toEqual([]);
  });
});

describe('a disk that is restored', () => {
  const template = templateOf(() => ({ restoreFrom: SNAPSHOT, clusterName: 'orders' }));

  test('is another one, made of the snapshot under the key of the server, and is kept', () => {
    const [[id, volume] = []] = resourcesOf(template, 'AWS::EC2::Volume');
    expect(id).not.toBe(resourcesOf(templateOf(), 'AWS::EC2::Volume')[0]?.[0]);
    expect(volume).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { SnapshotId: SNAPSHOT, Encrypted: true, KmsKeyId: { 'Fn::GetAtt': [expect.anything(), 'Arn'] } },
    });
  });

  test('carries the marker from the start, so that the machine neither formats it nor takes a foreign one', () => {
    template.hasResourceProperties('AWS::EC2::Volume', {
      Tags: Match.arrayWith([{ Key: 'portcullis:marker', Value: 'orders' }]),
    });
    expect(JSON.stringify(resourceOf(templateOf(), 'AWS::EC2::Volume').Properties['Tags'])).not.toContain('marker');
  });

  test('is the one that the machine attaches', () => {
    const { Properties } = resourceOf(template, 'AWS::EC2::LaunchTemplate');
    expect(JSON.stringify(Properties)).toContain('RestateDatasnap0123456789abcdef0');
  });
});

describe('refused is', () => {
  test.each<[string, string, (stack: Stack) => Asked]>([
    ['a schedule that the cloud does not take', 'SnapshotScheduleInvalid', () => ({ snapshots: { everyHours: 5 } })],
    ['a single snapshot', 'SnapshotScheduleInvalid', () => ({ snapshots: { keep: 1 } })],
    ['more than can be kept', 'SnapshotScheduleInvalid', () => ({ snapshots: { keep: 1001 } })],
    ['an option that nobody reads', 'OptionUnknown', () => ({ snapshots: { hours: 6 } as object })],
    ['a volume in place of a snapshot', 'SnapshotIdInvalid', () => ({ restoreFrom: 'vol-0123456789abcdef0' })],
    ['a snapshot by a token', 'ValueNotConcrete', (stack) => ({ restoreFrom: stack.stackId })],
  ])('%s', (_, code, ask) => {
    const stack = newStack();
    expect(refusal(() => serverIn(stack, ask(stack))).code).toBe(code);
  });
});
