import { OPERATION_CLAIMS } from '../../../lib/check/operations/operation-claims';
import { complained, complaints, decided, type Fault } from '../decided';
import { container, set } from '../edits';
import type { EditedFile } from '../examples';
import { beside, part, put, statement, without } from '../parts-of-aws';

const ALARM = (name: string): ReturnType<typeof part> => part('AWS::CloudWatch::Alarm', `Alarms${name}`);
const FILTER = (name: string): ReturnType<typeof part> => part('AWS::Logs::MetricFilter', `Metrics${name}`);
const TARGETS = part('AWS::ElasticLoadBalancingV2::TargetGroup', 'RestateBalancerTargets');
const FLOW_LOG = part('AWS::EC2::FlowLog');
const SCHEDULE = part('AWS::DLM::LifecyclePolicy');
const TIMES = (file: EditedFile): Record<string, unknown> => SCHEDULE(file)['PolicyDetails'].Schedules[0];
const LOGS = part('AWS::Logs::LogGroup', 'RestateLogs');

const PUBLISHING = statement(part('AWS::SNS::TopicPolicy'), 'cloudwatch');

const SILENT = ['alarms-present broken'];

const transform =
  (name: string, changes: object): Fault[1] =>
  (file) => {
    Object.assign(FILTER(name)(file)['MetricTransformations'][0] as object, changes);
  };

/** Alarms that each example has. */
const NAMES = [
  'Health',
  'Disk',
  'Errors',
  'Denied',
  'RateLimited',
  'Snapshots',
  'ApiKeys',
  'AdminDenied',
  'Certificate',
  'AdminCertificate',
];

const ALARMS: readonly Fault[] = [
  ...NAMES.map((name): Fault => [`no alarm ${name}`, without('AWS::CloudWatch::Alarm', `Alarms${name}`), SILENT]),
  ...NAMES.map((name): Fault => [
    `an alarm ${name} that is switched off`,
    put(ALARM(name), 'ActionsEnabled', false),
    SILENT,
  ]),
  ...['Denied', 'RateLimited', 'Errors', 'AdminDenied', 'DiskUsed', 'ApiKeyExpiry'].map((name): Fault => [
    `no metric ${name}`,
    without('AWS::Logs::MetricFilter', `Metrics${name}`),
    SILENT,
  ]),
  ['an alarm when all is well', put(ALARM('Health'), 'ComparisonOperator', 'GreaterThanThreshold'), SILENT],
  ['an alarm on another metric of the certificate', put(ALARM('AdminCertificate'), 'MetricName', 'DaysLeft'), SILENT],
  ['an alarm of another namespace', put(ALARM('Certificate'), 'Namespace', 'Own'), SILENT],
  ['an alarm on no certificate', put(ALARM('AdminCertificate'), 'Dimensions', undefined), SILENT],
  ['an alarm below nothing', put(ALARM('Health'), 'Threshold', 0), SILENT],
  ['an alarm after a day', put(ALARM('Health'), 'Period', 86400), SILENT],
  ['an alarm that a dead reporter does not raise', put(ALARM('Health'), 'TreatMissingData', 'notBreaching'), SILENT],
  [
    'an alarm on another balancer',
    put(ALARM('Health'), 'Dimensions', [
      { Name: 'LoadBalancer', Value: 'net/x/1' },
      { Name: 'TargetGroup', Value: 'targetgroup/x/1' },
    ]),
    SILENT,
  ],
  [
    'an alarm on the targets of another balancer',
    (file) => {
      const targets = ALARM('Health')(file)['Dimensions'].find((each: { Name: string }) => each.Name === 'TargetGroup');
      targets.Value = JSON.parse(
        JSON.stringify(targets.Value).replace('RestateBalancerTargets', 'RestateAdminBalancerTargets'),
      );
      targets.Value['Fn::GetAtt'][0] = Object.keys(file['Resources']).find((id) =>
        id.startsWith('RestateAdminBalancerTargets'),
      );
    },
    SILENT,
  ],
  ['an alarm on the number of reports', put(ALARM('Health'), 'Statistic', 'SampleCount'), SILENT],
  ['targets that are asked nothing', set(TARGETS, { HealthCheckProtocol: 'TCP', HealthCheckPath: undefined }), SILENT],
  ['an alarm when the disk is full', put(ALARM('Disk'), 'Threshold', 99), SILENT],
  ['an alarm on the emptiest moment', put(ALARM('Disk'), 'Statistic', 'Minimum'), SILENT],
  ['an alarm that no machine raises by its silence', put(ALARM('Disk'), 'TreatMissingData', 'ignore'), SILENT],
  ['an alarm on a metric that nobody writes', put(ALARM('Errors'), 'MetricName', 'Other'), SILENT],
  ['an alarm on a namespace that nobody writes', put(ALARM('Errors'), 'Namespace', 'Other'), SILENT],
  ['an alarm after a million', put(ALARM('Errors'), 'Threshold', 1_000_000), SILENT],
  ['an alarm by another statistic', put(ALARM('Denied'), 'Statistic', 'Average'), SILENT],
  ['an alarm that wants more than it looks at', put(ALARM('Denied'), 'DatapointsToAlarm', 2), SILENT],
  [
    'an alarm with a dimension that no metric has',
    put(ALARM('Denied'), 'Dimensions', [{ Name: 'x', Value: 'y' }]),
    SILENT,
  ],
  [
    'an alarm by an expression that nobody understands',
    (file) => {
      ALARM('ApiKeys')(file)['Metrics'][0].Expression = 'expiry * 0';
    },
    SILENT,
  ],
  ['an alarm that forgets keys', put(ALARM('ApiKeys'), 'TreatMissingData', 'notBreaching'), SILENT],
  [
    'an alarm on snapshots of another disk',
    put(ALARM('Snapshots'), 'Dimensions', [{ Name: 'DLMPolicyId', Value: 'policy-0' }]),
    SILENT,
  ],
  ['an alarm after a week without snapshots', put(ALARM('Snapshots'), 'EvaluationPeriods', 168), SILENT],
  ['one alarm that tells nobody', put(ALARM('Errors'), 'AlarmActions', []), SILENT],
  ['a topic that no alarm may write to', put(PUBLISHING, 'Principal', { Service: 'events.amazonaws.com' }), SILENT],
  ['a topic that alarms may only read', put(PUBLISHING, 'Action', 'sns:GetTopicAttributes'), SILENT],
  ['a topic for alarms of any account', put(PUBLISHING, 'Condition', undefined), SILENT],
  ['a topic that everybody may write to', set(PUBLISHING, { Principal: '*', Condition: undefined }), SILENT],
  ['a topic that alarms may do anything with', put(PUBLISHING, 'Action', 'sns:*'), SILENT],
  ['a setting of an alarm that nobody knows', put(ALARM('Errors'), 'Quiet', true), ['alarms-present unproven']],
  ['lines of another log', put(FILTER('Denied'), 'LogGroupName', 'other'), SILENT],
  ['lines of other logs', put(FILTER('DiskUsed'), 'LogGroupName', 'other'), SILENT],
  [
    'refusals of one kind',
    put(FILTER('Denied'), 'FilterPattern', '{ ($.log = "ingress") && ($.status = 401) }'),
    SILENT,
  ],
  [
    'refusals of another door',
    put(FILTER('AdminDenied'), 'FilterPattern', '{ ($.log = "ingress") && (($.status = 401) || ($.status = 403)) }'),
    SILENT,
  ],
  ['every line', put(FILTER('Denied'), 'FilterPattern', '{ $.log = "ingress" }'), SILENT],
  ['errors of one kind', put(FILTER('Errors'), 'FilterPattern', '{ ($.log = "ingress") && ($.status = 500) }'), SILENT],
  ['a pattern that nobody understands', put(FILTER('Errors'), 'FilterPattern', '[ip, status = 5*]'), SILENT],
  ['no line', put(FILTER('Errors'), 'FilterPattern', '{ ($.log = "ingress") && ($.status >= 600) }'), SILENT],
  ['lines that count for nothing', transform('Errors', { MetricValue: '0' }), SILENT],
  ['lines where there are none', transform('Errors', { DefaultValue: 7 }), SILENT],
  ['another member of the lines', transform('DiskUsed', { MetricValue: '$.other' }), SILENT],
  ['an empty disk where nothing is said', transform('DiskUsed', { DefaultValue: 0 }), SILENT],
  [
    'no numbers of tasks',
    put(part('AWS::ECS::Cluster'), 'ClusterSettings', [{ Name: 'containerInsights', Value: 'disabled' }]),
    SILENT,
  ],
  [
    'no word about numbers of tasks',
    put(part('AWS::ECS::Cluster'), 'ClusterSettings', undefined),
    ['alarms-present unproven'],
  ],
];

const MUTUAL_TLS: readonly Fault[] = [
  ['nobody who says how long the certificate lasts', set(container('expiry'), { EntryPoint: ['/bin/sleep'] }), SILENT],
  ['no alarm on the certificate', without('AWS::CloudWatch::Alarm', 'AlarmsCertificate'), SILENT],
  ['no alarm on the revocation list', without('AWS::CloudWatch::Alarm', 'AlarmsRevocationList'), SILENT],
  ['an alarm when the list has expired', put(ALARM('RevocationList'), 'Threshold', 0), SILENT],
  [
    'handshakes that nobody counts',
    put(FILTER('Denied'), 'FilterPattern', '{ ($.log = "ingress") && (($.status = 401) || ($.status = 403)) }'),
    SILENT,
  ],
  [
    'days that are seconds',
    (file) => {
      ALARM('Certificate')(file)['Metrics'][0].Expression = 'seconds';
    },
    SILENT,
  ],
];

const PUBLIC: readonly Fault[] = [
  ['no alarm on the certificate', without('AWS::CloudWatch::Alarm', 'AlarmsCertificate'), SILENT],
  [
    'an alarm on another certificate',
    put(ALARM('Certificate'), 'Dimensions', [{ Name: 'CertificateArn', Value: 'arn:aws:acm:x' }]),
    SILENT,
  ],
  ['an alarm on the day', put(ALARM('Certificate'), 'Threshold', 1), SILENT],
  ['an alarm that an expired certificate ends', put(ALARM('Certificate'), 'TreatMissingData', 'notBreaching'), SILENT],
];

const HARMLESS: readonly (readonly [string, Fault[1]])[] = [
  ['an alarm at another threshold', put(ALARM('Errors'), 'Threshold', 5)],
  ['a topic with the policy that it has by itself', without('AWS::SNS::TopicPolicy')],
  [
    'a topic with that policy written out',
    set(PUBLISHING, { Principal: '*', Condition: { StringEquals: { 'AWS:SourceOwner': { Ref: 'AWS::AccountId' } } } }),
  ],
  [
    'a pattern in another order',
    put(FILTER('AdminDenied'), 'FilterPattern', '{($.status=403||$.status=401)&&$.log="admin"}'),
  ],
  [
    'a flow log of the whole network',
    (file) => {
      FLOW_LOG(file)['ResourceType'] = 'VPC';
      FLOW_LOG(file)['ResourceId'] = { Ref: 'Network1C6012B5' };
    },
  ],
  ['logs for longer', put(LOGS, 'RetentionInDays', 731)],
  [
    'more snapshots',
    (file) => {
      TIMES(file)['RetainRule'] = { Count: 56 };
    },
  ],
  [
    'something else with its own alarm, log and disk',
    beside({
      A: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          MetricName: 'x',
          Namespace: 'y',
          Threshold: 1,
          EvaluationPeriods: 1,
          ComparisonOperator: 'GreaterThanThreshold',
        },
      },
      L: { Type: 'AWS::Logs::LogGroup', Properties: {} },
      V: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'eu-central-1a', Size: 1 } },
      G: { Type: 'AWS::ECS::Cluster', Properties: {} },
    }),
  ],
];

test.each(ALARMS)('%s is found', (_what, edit, expected) => {
  expect(complained('Billing', OPERATION_CLAIMS, edit)).toEqual([...expected].toSorted());
});

test.each(PUBLIC)('%s is found', (_what, edit, expected) => {
  expect(complained('Orders', OPERATION_CLAIMS, edit)).toEqual([...expected].toSorted());
});

test.each(MUTUAL_TLS)('%s is found', (_what, edit, expected) => {
  expect(complained('Ledger', OPERATION_CLAIMS, edit)).toEqual([...expected].toSorted());
});

test.each(HARMLESS)('%s does no harm', (_what, edit) => {
  expect(complaints(decided('Billing', OPERATION_CLAIMS, edit))).toEqual([]);
});
