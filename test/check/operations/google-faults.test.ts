import { OPERATION_CLAIMS } from '../../../lib/check/operations/operation-claims';
import { complained, complaints, decided, type Fault } from '../decided';
import { type Edit, exchange, set } from '../edits';
import { change, drop, one, put } from '../google-edits';

type Body = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

const GROUP = one('compute_instance_group_manager');
const CONFIG = 'compute_per_instance_config';
const kept = (by: (disk: Body) => void): Edit => change(CONFIG, '', ({ preserved_state: state }) => by(state.disk[0]));
const schedule = (by: (policy: Body) => void): Edit =>
  change('compute_resource_policy', '', ({ snapshot_schedule_policy: policy }) => by(policy));
const policy = (word: string, changes: object): Edit => set(one('monitoring_alert_policy', word), changes);
const threshold = (word: string, changes: object): Edit =>
  change('monitoring_alert_policy', word, ({ conditions }) => {
    const found = (conditions as Body[]).find((each) => each['condition_threshold'] !== undefined);
    Object.assign(found?.['condition_threshold'], changes);
  });
const aggregation = (word: string, changes: object): Edit =>
  change('monitoring_alert_policy', word, ({ conditions }) =>
    Object.assign((conditions as Body[])[0]?.['condition_threshold'].aggregations[0], changes),
  );
const absent = (by: (conditions: Body[]) => void): Edit =>
  change('monitoring_alert_policy', 'Health', ({ conditions }) => by(conditions as Body[]));
const metric = (word: string, from: string | RegExp, to: string): Edit =>
  change('logging_metric', word, (body) => {
    const before = String(body['filter']);
    body['filter'] = before.replace(from, to);
    if (body['filter'] === before) throw new Error(`the filter has no ${String(from)}`);
  });
const SINK = one('logging_project_sink');
const BUCKET = one('logging_project_bucket_config');
const SUBNET = one('compute_subnetwork');
const DENIAL = one('compute_firewall', 'DenyIn');

const REPLACED = 'node-replaced-with-its-disk broken';
const RESTORES = 'snapshot-restores broken';
const ALARMS = 'alarms-present broken';
const TRAIL = 'audit-trail-present broken';

const FAULTS: readonly Fault[] = [
  ['that refuses strangers without a line', drop('compute_firewall', 'DenyIn'), [TRAIL]],
  ['that refuses half of the world without a line', set(DENIAL, { source_ranges: ['0.0.0.0/1'] }), [TRAIL]],
  ['that refuses one protocol alone with a line', set(DENIAL, { deny: [{ protocol: 'tcp' }] }), [TRAIL]],
  ['whose rules do not say which machines', set(DENIAL, { log_config: { metadata: 'EXCLUDE_ALL_METADATA' } }), [TRAIL]],
  [
    'whose subnet does not say when',
    change('compute_subnetwork', '', (body) => {
      body['log_config'].aggregation_interval = 'INTERVAL_15_MIN';
    }),
    [TRAIL],
  ],
  ['that asks for names without a line', set(one('dns_policy'), { enable_logging: false }), [TRAIL]],
  ['whose network makes subnets by itself', set(one('compute_network'), { auto_create_subnetworks: true }), [TRAIL]],
  [
    'that leaves connections out of logs',
    put('logging_project_exclusion', { name: 'x', filter: 'logName:"vpc_flows"' }),
    [TRAIL],
  ],
  ['that leaves everything out of logs', put('logging_project_exclusion', { name: 'x', filter: '' }), [TRAIL]],
  [
    'that leaves out of logs what is not understood',
    put('logging_project_exclusion', { name: 'x', filter: 'sample(insertId, 0.5)' }),
    ['audit-trail-present unproven'],
  ],
  ['whose machine is not let write lines', drop('project_iam_member', 'Logs'), ['audit-trail-present unproven']],
  ['whose containers say what they say to the machine', exchange(/ --log-driver=gcplogs/g, ''), [TRAIL]],
  ['whose containers say nothing', exchange(/--log-driver=gcplogs/g, '--log-driver=none'), [TRAIL]],
  [
    'whose containers say what they say elsewhere',
    exchange(/--log-driver=gcplogs/g, '--log-driver=syslog'),
    ['audit-trail-present unproven'],
  ],
  [
    'that repairs by a port of callers',
    change('compute_health_check', 'Repair', (body) => {
      body['http_health_check'].port = 443;
    }),
    [REPLACED],
  ],
  [
    'whose start takes another disk',
    exchange('/dev/disk/by-id/google-portcullis-data invoices', '/dev/disk/by-id/google-other invoices'),
    [REPLACED],
  ],
  [
    'that counts an hour as one for its machine',
    absent((conditions) => {
      conditions[0]!['condition_absent'].aggregations[0].alignment_period = '3600s';
    }),
    [ALARMS],
  ],
  ['whose policy is about everything', threshold('Denied', { filter: '' }), ['alarms-present unproven']],
  ['whose metric is of every line', set(one('logging_metric', 'Unhealthy'), { filter: '' }), [ALARMS]],
  ['whose sink leads nowhere', set(SINK, { destination: undefined }), ['audit-trail-present unproven']],
  ['with two machines', set(GROUP, { target_size: 2 }), [REPLACED]],
  [
    'with as many machines as a variable says',
    set(GROUP, { target_size: '${var.size}' }),
    ['node-replaced-with-its-disk unproven'],
  ],
  [
    'whose machines are scaled',
    put('compute_autoscaler', { target: '${google_compute_instance_group_manager.Restate_Group_FDBECAD3.id}' }),
    [REPLACED],
  ],
  ['whose next machine comes first', set(GROUP, { update_policy: { max_surge_fixed: 1 } }), [REPLACED]],
  [
    'whose next machine has another name',
    set(GROUP, { update_policy: { replacement_method: 'SUBSTITUTE' } }),
    [REPLACED],
  ],
  ['that does not say how machines are replaced', set(GROUP, { update_policy: undefined }), [REPLACED]],
  ['that keeps a machine that does not answer', set(GROUP, { auto_healing_policies: undefined }), [REPLACED]],
  [
    'that repairs by what is not there',
    set(GROUP, { auto_healing_policies: { health_check: '${var.check}' } }),
    ['node-replaced-with-its-disk unproven'],
  ],
  ['whose group is elsewhere', set(GROUP, { zone: 'europe-west3-b' }), [REPLACED]],
  ['whose disk is elsewhere', set(one('compute_disk'), { zone: 'europe-west3-c' }), [REPLACED]],
  ['whose machine has no name', drop(CONFIG), [REPLACED, RESTORES, ALARMS, TRAIL]],
  ['whose machine keeps nothing', set(one(CONFIG), { preserved_state: undefined }), [REPLACED, RESTORES]],
  ['whose machine only reads', kept((disk) => (disk['mode'] = 'READ_ONLY')), [REPLACED]],
  ['whose machine calls the disk otherwise', kept((disk) => (disk['device_name'] = 'other')), [REPLACED]],
  [
    'whose machine keeps the disk of somebody else',
    kept((disk) => (disk['source'] = 'projects/p/zones/z/disks/theirs')),
    [REPLACED, RESTORES],
  ],
  [
    'whose disk goes with the machine',
    kept((disk) => (disk['delete_rule'] = 'ON_PERMANENT_INSTANCE_DELETION')),
    [REPLACED],
  ],
  [
    'without a group',
    drop('compute_instance_group_manager'),
    [REPLACED, ALARMS, TRAIL, 'audit-trail-present unproven', RESTORES],
  ],
  ['whose snapshots nobody takes', drop('compute_disk_resource_policy_attachment'), [RESTORES]],
  ['without a schedule', drop('compute_resource_policy'), [RESTORES]],
  [
    'whose snapshots are taken every other day',
    schedule((each) => (each['schedule'] = { daily_schedule: { days_in_cycle: 2, start_time: '00:00' } })),
    [RESTORES],
  ],
  [
    'whose snapshots are taken once a week',
    schedule((each) => (each['schedule'] = { weekly_schedule: { day_of_weeks: [{ day: 'MONDAY' }] } })),
    [RESTORES],
  ],
  [
    'of whose snapshots one is kept',
    schedule(
      (each) => (
        (each['schedule'] = { daily_schedule: { days_in_cycle: 1 } }),
        (each['retention_policy'].max_retention_days = 1)
      ),
    ),
    [RESTORES],
  ],
  [
    'whose snapshots go when the disk does',
    schedule((each) => (each['retention_policy'].on_source_disk_delete = 'APPLY_RETENTION_POLICY')),
    [RESTORES],
  ],

  ...['Denied_', 'AdminDenied_', 'Errors_', 'RateLimited_', 'Health_'].flatMap((word): readonly Fault[] => [
    [`without the policy ${word}`, drop('monitoring_alert_policy', `Alarms_${word}`), [ALARMS]],
    [`whose policy ${word} is off`, policy(`Alarms_${word}`, { enabled: false }), [ALARMS]],
    [
      `whose policy ${word} goes off when it is quiet`,
      threshold(`Alarms_${word}`, { comparison: 'COMPARISON_LT' }),
      [ALARMS],
    ],
    [`whose policy ${word} waits for a million`, threshold(`Alarms_${word}`, { threshold_value: 1_000_000 }), [ALARMS]],
    [`whose policy ${word} waits for a day`, threshold(`Alarms_${word}`, { duration: '86400s' }), [ALARMS]],
    [
      `whose policy ${word} is about something else`,
      threshold(`Alarms_${word}`, {
        filter: 'resource.type="gce_instance" AND metric.type="logging.googleapis.com/user/other"',
      }),
      [ALARMS],
    ],
    [
      `whose policy ${word} is about what a variable says`,
      threshold(`Alarms_${word}`, { filter: '${var.filter}' }),
      ['alarms-present unproven'],
    ],
  ]),
  ['whose policy takes the mean', aggregation('Alarms_Denied_', { per_series_aligner: 'ALIGN_MEAN' }), [ALARMS]],
  ['whose policy looks at a day', aggregation('Alarms_Denied_', { alignment_period: '86400s' }), [ALARMS]],
  ['all of whose conditions must be met', policy('Alarms_Health', { combiner: 'AND' }), [ALARMS]],
  [
    'that waits two hours for its machine',
    absent((list) => (list[0]!['condition_absent'].duration = '7200s')),
    [ALARMS],
  ],
  [
    'that waits for another machine',
    absent(
      (list) =>
        (list[0]!['condition_absent'].filter =
          'resource.type="gce_instance" AND metric.type="compute.googleapis.com/instance/uptime" AND metric.labels.instance_name="other"'),
    ),
    [ALARMS],
  ],
  ['that does not see its machine go', absent((list) => list.shift()), [ALARMS]],
  ['that does not see its machine fall ill again', absent((list) => list.pop()), [ALARMS]],
  ['whose metric is off', set(one('logging_metric', 'ErrorsLines'), { disabled: true }), [ALARMS]],
  ['whose metric counts 401 alone', metric('AdminDenied', '40[13]', '401'), [ALARMS]],
  ['whose metric counts every answer', metric('Alarms_ErrorsLines', '5[0-9][0-9]', '[0-9]+'), [ALARMS]],
  ['whose metric is of another machine', metric('RateLimited', /invoices-restate-machine-\w+/, 'other'), [ALARMS]],
  ['whose metric is of another log', metric('RateLimited', 'gcplogs-docker-driver', 'other'), [ALARMS]],
  [
    'whose metric is of another group',
    metric('Unhealthy', /instance_group_name="[^"]+"/, 'instance_group_name="other"'),
    [ALARMS],
  ],
  ['whose metric is of healthy machines', metric('Unhealthy', 'UNHEALTHY', 'HEALTHY'), [ALARMS]],
  ['whose health check says nothing', set(one('compute_region_health_check'), { log_config: undefined }), [ALARMS]],
  [
    'whose alerts tell somebody but for one',
    policy('Alarms_Denied_', { notification_channels: ['${var.channel}'] }),
    [ALARMS],
  ],

  ['whose subnet writes nothing down', set(SUBNET, { log_config: undefined }), [TRAIL]],
  ['whose subnet writes a tenth down', set(SUBNET, { log_config: { flow_sampling: 0.1 } }), [TRAIL]],
  ['whose subnet leaves connections out', set(SUBNET, { log_config: { filter_expr: 'false' } }), [TRAIL]],
  ...['CallersByAccount0', 'CallersByRange', 'DenyIn', 'DenyOut', 'Health', 'OperatorsByTunnel', 'ToGoogle'].map(
    (word): Fault => [
      `whose rule ${word} writes nothing down`,
      set(one('compute_firewall', word), { log_config: undefined }),
      [TRAIL],
    ],
  ),
  [
    'whose balancer writes nothing down',
    set(one('compute_region_backend_service'), { log_config: { enable: false } }),
    [TRAIL],
  ],
  [
    'whose balancer writes half down',
    set(one('compute_region_backend_service'), { log_config: { sample_rate: 0.5 } }),
    [TRAIL],
  ],
  ['without a sink', drop('logging_project_sink'), [TRAIL]],
  ['whose sink is off', set(SINK, { disabled: true }), [TRAIL]],
  ['whose sink is for another machine', set(SINK, { filter: 'jsonPayload.instance.name="other"' }), [TRAIL]],
  [
    'whose sink leaves lines out',
    set(SINK, { exclusions: [{ name: 'x', filter: 'jsonPayload.message=~"ingress"' }] }),
    [TRAIL],
  ],
  ['whose sink is not understood', set(SINK, { filter: 'sample(insertId, 0.1)' }), ['audit-trail-present unproven']],
  [
    'whose sink writes elsewhere',
    set(SINK, { destination: 'storage.googleapis.com/theirs' }),
    ['audit-trail-present unproven'],
  ],
  ['that keeps lines a day', set(BUCKET, { retention_days: 1 }), [TRAIL]],
  ['that does not say how long it keeps lines', set(BUCKET, { retention_days: undefined }), [TRAIL]],
  ['whose lines have a key of Google', set(BUCKET, { cmek_settings: undefined }), [TRAIL]],
  ['whose lines go with the stack', set(BUCKET, { lifecycle: undefined }), [TRAIL]],
];

test.each(['Invoices', 'Storefront'] as const)('all of it holds for %s', (example) => {
  expect(complaints(decided(example, OPERATION_CLAIMS))).toEqual([]);
});

test.each(FAULTS)('a deployment %s does not pass', (_, edit, expected) => {
  expect(complained('Invoices', OPERATION_CLAIMS, edit)).toEqual([...expected].toSorted());
});
