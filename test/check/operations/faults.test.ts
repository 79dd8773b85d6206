import { OPERATION_CLAIMS } from '../../../lib/check/operations/operation-claims';
import { complained, complaints, decided, type Fault } from '../decided';
import { set, SERVICE } from '../edits';
import type { EditedFile } from '../examples';
import { attribute, part, put, statement, unsaid, whole, without } from '../parts-of-aws';

const BALANCER = part('AWS::ElasticLoadBalancingV2::LoadBalancer', 'RestateBalancer');
const TARGETS = part('AWS::ElasticLoadBalancingV2::TargetGroup', 'RestateBalancerTargets');
const FLOW_LOG = part('AWS::EC2::FlowLog');
const SCHEDULE = part('AWS::DLM::LifecyclePolicy');
const TIMES = (file: EditedFile): Record<string, unknown> => SCHEDULE(file)['PolicyDetails'].Schedules[0];
const GROUP = part('AWS::AutoScaling::AutoScalingGroup');
const VOLUME = part('AWS::EC2::Volume');
const KEY = part('AWS::KMS::Key');
const MACHINE = part('AWS::IAM::Policy', 'RestateMachineRole');
const SNAPSHOTS = part('AWS::IAM::Policy', 'RestateSnapshotsRole');
const FLOW = part('AWS::IAM::Policy', 'FlowLogsRole');
const LOGS = part('AWS::Logs::LogGroup', 'RestateLogs');
const BUCKET_POLICY = part('AWS::S3::BucketPolicy');
const TAG = 'portcullis:snapshots';

const SILENT = ['alarms-present broken'];
const UNRECORDED = ['audit-trail-present broken'];
const LOST = ['node-replaced-with-its-disk broken'];
const UNSAVED = ['snapshot-restores broken'];
const OPEN = ['balancers-protected broken'];

const TRAIL: readonly Fault[] = [
  ['no flow log', without('AWS::EC2::FlowLog'), UNRECORDED],
  ['a flow log of what is refused', put(FLOW_LOG, 'TrafficType', 'REJECT'), UNRECORDED],
  ['a flow log of something else', put(FLOW_LOG, 'ResourceId', 'subnet-0'), UNRECORDED],
  ['a flow log of another kind', put(FLOW_LOG, 'ResourceType', 'TransitGateway'), UNRECORDED],
  ['a flow log in a format of its own', put(FLOW_LOG, 'LogFormat', '${srcaddr}'), ['audit-trail-present unproven']],
  ['a flow log to elsewhere', put(FLOW_LOG, 'LogGroupName', 'elsewhere'), ['audit-trail-present unproven']],
  ['a flow log that may not write', unsaid(FLOW, 'PutLogEvents'), UNRECORDED],
  [
    'a flow log that may write elsewhere',
    put(statement(FLOW, 'PutLogEvents'), 'Resource', 'arn:aws:logs:eu-central-1:111122223333:log-group:x:*'),
    UNRECORDED,
  ],
  ['logs for a week', put(LOGS, 'RetentionInDays', 7), UNRECORDED],
  ['logs for ever', put(LOGS, 'RetentionInDays', undefined), UNRECORDED],
  [
    'logs that go with the stack',
    (file) => void (whole('AWS::Logs::LogGroup', 'RestateLogs')(file)['DeletionPolicy'] = 'Delete'),
    UNRECORDED,
  ],
  ['logs whose key the service may not use', unsaid(KEY, 'logs:arn', 'KeyPolicy'), UNRECORDED],
  ['no access log', attribute(BALANCER, 'LoadBalancerAttributes', 'access_logs.s3.enabled', 'false'), UNRECORDED],
  ['no word about an access log', attribute(BALANCER, 'LoadBalancerAttributes', 'access_logs.s3.enabled'), UNRECORDED],
  [
    'an access log to elsewhere',
    attribute(BALANCER, 'LoadBalancerAttributes', 'access_logs.s3.bucket', 'elsewhere'),
    ['audit-trail-present unproven'],
  ],
  ['an access log that nobody delivers', unsaid(BUCKET_POLICY, 'PutObject'), UNRECORDED],
  [
    'access logs for a day',
    (file) => {
      part('AWS::S3::Bucket')(file)['LifecycleConfiguration'].Rules[0].ExpirationInDays = 1;
    },
    UNRECORDED,
  ],
  [
    'callers that nobody sees',
    attribute(TARGETS, 'TargetGroupAttributes', 'preserve_client_ip.enabled', 'false'),
    UNRECORDED,
  ],
  [
    'a container without a log',
    (file) => {
      delete part('AWS::ECS::TaskDefinition')(file)['ContainerDefinitions'][0].LogConfiguration;
    },
    UNRECORDED,
  ],
  [
    'a container that logs elsewhere',
    (file) => {
      part('AWS::ECS::TaskDefinition')(file)['ContainerDefinitions'][0].LogConfiguration.Options['awslogs-group'] = 'x';
    },
    ['audit-trail-present unproven'],
  ],
];

const DISK: readonly Fault[] = [
  ['no disk', without('AWS::EC2::Volume'), [...LOST, ...UNSAVED]],
  ['no group', without('AWS::AutoScaling::AutoScalingGroup'), [...LOST, ...UNSAVED]],
  ['two machines', put(GROUP, 'MaxSize', '2'), LOST],
  ['no machine', put(GROUP, 'DesiredCapacity', '0'), LOST],
  ['more machines than one', put(GROUP, 'DesiredCapacity', '2'), LOST],
  ['the next machine before the last is gone', put(GROUP, 'InstanceMaintenancePolicy', undefined), LOST],
  [
    'a machine of an older version',
    set(GROUP, { LaunchTemplate: { Version: '1' } }),
    ['node-replaced-with-its-disk unproven'],
  ],
  ['a machine of another zone', put(VOLUME, 'AvailabilityZone', 'eu-central-1c'), LOST],
  ['a machine that may not take the disk', unsaid(MACHINE, ':volume/'), LOST],
  ['a machine that may not take part', unsaid(MACHINE, 'instance/i-'), LOST],
  [
    'a machine of another tag',
    put(statement(MACHINE, 'instance/i-'), 'Condition', { StringEquals: { 'ec2:ResourceTag/portcullis:volume': 'x' } }),
    LOST,
  ],
  ['a machine that may not read the disk', unsaid(MACHINE, 'kms:Decrypt'), LOST],
  ['a key that leaves nothing to the account', unsaid(KEY, ':root', 'KeyPolicy'), LOST],
  ['a key that Auto Scaling may not use', unsaid(KEY, 'kms:CreateGrant', 'KeyPolicy'), LOST],
  ['a group by another role', put(GROUP, 'ServiceLinkedRoleARN', undefined), LOST],
  [
    'a setting of a group that nobody knows',
    put(GROUP, 'MixedInstancesPolicy', {}),
    ['node-replaced-with-its-disk unproven'],
  ],
  ['two tasks on one disk', put(SERVICE, 'DesiredCount', 2), LOST],
  ['no task', put(SERVICE, 'DesiredCount', 0), LOST],
];

const SAVED: readonly Fault[] = [
  ['a schedule that is off', put(SCHEDULE, 'State', 'DISABLED'), UNSAVED],
  [
    'a schedule of machines',
    (file) => {
      SCHEDULE(file)['PolicyDetails'].ResourceTypes = ['INSTANCE'];
    },
    UNSAVED,
  ],
  [
    'a schedule of images',
    (file) => {
      SCHEDULE(file)['PolicyDetails'].PolicyType = 'IMAGE_MANAGEMENT';
    },
    UNSAVED,
  ],
  [
    'a schedule that keeps one',
    (file) => {
      TIMES(file)['RetainRule'] = { Count: 1 };
    },
    UNSAVED,
  ],
  [
    'a schedule of weeks',
    (file) => {
      TIMES(file)['CreateRule'] = { CronExpression: 'cron(0 0 ? * SUN *)' };
    },
    [...SILENT, ...UNSAVED],
  ],
  [
    'a schedule without tags',
    (file) => {
      TIMES(file)['CopyTags'] = false;
    },
    UNSAVED,
  ],
  [
    'a schedule that gives snapshots away',
    (file) => {
      TIMES(file)['ShareRules'] = [{ TargetAccounts: ['999999999999'] }];
    },
    ['snapshot-restores unproven', 'alarms-present unproven'],
  ],
  ['a schedule that may take nothing', unsaid(SNAPSHOTS, 'CreateSnapshot'), UNSAVED],
  ['a schedule that may delete nothing', unsaid(SNAPSHOTS, 'DeleteSnapshot'), UNSAVED],
  [
    'a schedule that may delete those of another',
    put(statement(SNAPSHOTS, 'DeleteSnapshot'), 'Condition', { StringEquals: { [`aws:ResourceTag/${TAG}`]: 'x' } }),
    UNSAVED,
  ],
  ['a schedule that may not use the key', unsaid(SNAPSHOTS, 'GenerateDataKey'), UNSAVED],
];

const BALANCERS: readonly Fault[] = [
  [
    'a balancer that can be deleted',
    attribute(BALANCER, 'LoadBalancerAttributes', 'deletion_protection.enabled', 'false'),
    OPEN,
  ],
  [
    'a balancer of which that is not said',
    attribute(BALANCER, 'LoadBalancerAttributes', 'deletion_protection.enabled'),
    OPEN,
  ],
  [
    'a balancer of one zone',
    attribute(BALANCER, 'LoadBalancerAttributes', 'load_balancing.cross_zone.enabled', 'false'),
    OPEN,
  ],
  [
    'a setting of a balancer that nobody knows',
    attribute(BALANCER, 'LoadBalancerAttributes', 'openness', 'all'),
    ['audit-trail-present unproven', 'balancers-protected unproven'],
  ],
  [
    'a setting of a balancer that is given twice',
    (file) => {
      BALANCER(file)['LoadBalancerAttributes'].unshift({ Key: 'deletion_protection.enabled', Value: 'false' });
    },
    ['audit-trail-present unproven', 'balancers-protected unproven'],
  ],
];

test.each(['Orders', 'Billing', 'Ledger'] as const)('%s holds', (example) => {
  const results = decided(example, OPERATION_CLAIMS);
  expect(complaints(results)).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThan(15);
});

test.each([...TRAIL, ...BALANCERS])('%s is found', (_what, edit, expected) => {
  expect(complained('Billing', OPERATION_CLAIMS, edit)).toEqual([...expected].toSorted());
});

test.each([...DISK, ...SAVED])('%s is found', (_what, edit, expected) => {
  expect(complained('Orders', OPERATION_CLAIMS, edit)).toEqual([...expected].toSorted());
});
