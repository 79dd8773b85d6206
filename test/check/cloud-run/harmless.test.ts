import { CLOUD_RUN_CLAIMS } from '../../../lib/check/cloud-run/cloud-run-claims';
import { IDENTITY_CLAIMS } from '../../../lib/check/identity/identity-claims';
import { OPERATION_CLAIMS } from '../../../lib/check/operations/operation-claims';
import { STORE_CLAIMS } from '../../../lib/check/stores/store-claims';
import { complaints, decided } from '../decided';
import { both, type Edit, set } from '../edits';
import { accountOf, change, drop, ofType, one, onProject, put, rename } from '../google-edits';

const ALL = [...CLOUD_RUN_CLAIMS, ...IDENTITY_CLAIMS, ...OPERATION_CLAIMS, ...STORE_CLAIMS];

const KEY_PATH = 'projects/example-project/locations/europe-west3/keyRings/r/cryptoKeys/disks-and-logs';

/** The binding of the service as members by themselves. */
const split: Edit = (file) => {
  const { members, ...rest } = one('cloud_run_v2_service_iam_binding')(file);
  drop('cloud_run_v2_service_iam_binding')(file);
  (members as readonly string[]).forEach((member, index) =>
    put('cloud_run_v2_service_iam_member', { ...rest, member }, `member_${index}`)(file),
  );
};

const HARMLESS: readonly (readonly [string, Edit])[] = [
  ['whose key has another address', rename(/Restate_Encryption_Key_AA79E715/g, 'key')],
  ['whose disk and group have other addresses', rename(/Restate_((?:Data|Group)_\w+)/g, 'other_$1')],
  ['whose account has another address', rename(/Restate_Account_D51C4278/g, 'account')],
  ['whose binding is split', split],
  [
    'whose service is bound by its name as text',
    (file) =>
      set(one('cloud_run_v2_service_iam_binding'), { name: one('cloud_run_v2_service')(file)['name'] as string })(file),
  ],
  [
    'whose disk names its key by a path',
    both(
      set(one('compute_disk'), { disk_encryption_key: { kms_key_self_link: KEY_PATH } }),
      set(one('kms_crypto_key'), { project: 'example-project' }),
    ),
  ],
  [
    'whose disk is attached by its name',
    change('compute_disk_resource_policy_attachment', '', (body) => (body['disk'] = String(body['disk']))),
  ],
  [
    'whose schedule is named by the disk',
    both(
      (file) =>
        set(one('compute_disk'), {
          resource_policies: [
            `\${google_compute_resource_policy.${Object.keys(ofType(file, 'compute_resource_policy'))[0] ?? ''}.id}`,
          ],
        })(file),
      drop('compute_disk_resource_policy_attachment'),
    ),
  ],
  ['with blocks in lists', set(one('kms_crypto_key'), { lifecycle: [{ prevent_destroy: true }] })],
  ['whose key rotates in a month', set(one('kms_crypto_key'), { rotation_period: '2592000s' })],
  ['whose logs are kept longer', set(one('logging_project_bucket_config'), { retention_days: 3650 })],
  [
    'that waits for fewer refusals',
    change(
      'monitoring_alert_policy',
      'Alarms_Denied_',
      ({ conditions }) => (conditions[0].condition_threshold.threshold_value = 5),
    ),
  ],
  [
    'whose snapshots are taken daily',
    change(
      'compute_resource_policy',
      '',
      ({ snapshot_schedule_policy: policy }) =>
        (policy.schedule = { daily_schedule: { days_in_cycle: 1, start_time: '00:00' } }),
    ),
  ],
  ['with an account that nobody uses', put('service_account', { account_id: 'unrelated', project: 'example-project' })],
  ['with a bucket of somebody else', put('storage_bucket', { name: 'unrelated', location: 'EU' })],
  ['with a topic of somebody else', put('pubsub_topic', { name: 'unrelated' })],
  ['with a disk of somebody else', put('compute_disk', { name: 'unrelated', zone: 'europe-west3-a' })],
  ['with disks of somebody else, as many as a variable says', put('compute_disk', { name: 'unrelated', count: 1 })],
  [
    'with a secret of somebody else',
    put('secret_manager_secret', { secret_id: 'unrelated', replication: { auto: {} } }),
  ],
  [
    'with a key of somebody else',
    put('kms_crypto_key', { name: 'unrelated', key_ring: 'projects/p/locations/eu/keyRings/r' }),
  ],
  [
    'with keys of somebody else, one for each of a variable',
    put('kms_crypto_key', { name: 'unrelated', for_each: '${var.each}' }),
  ],
  [
    'with logs of somebody else',
    put('logging_project_sink', {
      name: 'unrelated',
      destination: 'pubsub.googleapis.com/x',
      filter: 'resource.type="k8s_container"',
    }),
  ],
  [
    'with an alert of somebody else',
    put('monitoring_alert_policy', {
      display_name: 'unrelated',
      combiner: 'OR',
      conditions: [{ condition_monitoring_query_language: { query: 'x' } }],
    }),
  ],
  ['with a publisher', onProject('roles/pubsub.publisher')],
  ['with somebody who looks at logs', onProject('roles/logging.viewer', 'group:developers@example.com')],
  [
    'with a key of an account that nobody uses',
    both(put('service_account', { account_id: 'unrelated', project: 'example-project' }, 'Unrelated'), (file) =>
      put('service_account_key', { service_account_id: accountOf(file, 'Unrelated').replace('email', 'name') })(file),
    ),
  ],
  [
    'with a job of somebody else that everybody may run',
    both(
      put('cloud_run_v2_job', {
        name: 'job',
        template: { template: { service_account: 'job@example-project.iam.gserviceaccount.com' } },
      }),
      put('cloud_run_v2_job_iam_member', { name: 'job', role: 'roles/run.invoker', member: 'allUsers' }),
    ),
  ],
  [
    'with a web site on Cloud Run',
    put('cloud_run_v2_service', {
      name: 'site',
      project: 'example-project',
      location: 'europe-west3',
      ingress: 'INGRESS_TRAFFIC_ALL',
      template: { service_account: 'site@example-project.iam.gserviceaccount.com', containers: [{ image: 'site' }] },
    }),
  ],
];

test.each(HARMLESS)('a deployment %s holds', (_, edit) => {
  expect(complaints(decided('Invoices', ALL, edit))).toEqual([]);
});
