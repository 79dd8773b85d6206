import type { EditedFile } from '../../../check/examples';
import { change, one, ofType, put } from '../../../check/google-edits';
import type { Edited } from '../sites';
import type { HarmlessChange } from './harmless-change';

const OTHER = { auto_create_subnetworks: false, name: 'other' };
const OTHER_ID = '${google_compute_network.other.id}';
const TEAM = 'group:team@example.com';
const both =
  (...edits: readonly HarmlessChange['edit'][]): HarmlessChange['edit'] =>
  (file) => {
    for (const edit of edits) edit(file);
  };
const networkOf = (file: EditedFile): string => one('compute_subnetwork')(file)['network'] as string;
const accountOf = (file: EditedFile): string =>
  one('compute_firewall', 'DenyIn')(file)['target_service_accounts'][0] as string;
const denial =
  (body: object): HarmlessChange['edit'] =>
  (file) =>
    put('compute_firewall', {
      name: 'another',
      network: networkOf(file),
      direction: 'INGRESS',
      priority: 500,
      deny: [{ protocol: 'all' }],
      source_ranges: ['192.0.2.0/24'],
      target_service_accounts: [accountOf(file)],
      log_config: { metadata: 'INCLUDE_ALL_METADATA' },
      ...body,
    })(file);

/** Writes texts of some arguments by an expression that comes to the same. */
function rewritten(keys: readonly string[], by: (value: string, name: string) => string): HarmlessChange['edit'] {
  return (file) => {
    for (const [type, named] of Object.entries(file['resource'] as Record<string, Record<string, Edited>>)) {
      for (const [id, resource] of Object.entries(named)) {
        for (const key of keys) {
          const value: unknown = resource[key];
          if (typeof value === 'string' && /^[\w./-]+$/.test(value)) resource[key] = by(value, `${type}_${id}_${key}`);
        }
      }
    }
  };
}

function asVariables(file: EditedFile): void {
  const variables: Record<string, object> = {};
  rewritten(['region', 'zone', 'machine_type'], (value, name) => {
    variables[name] = { type: 'string', default: value };
    return `\${var.${name}}`;
  })(file);
  file['variable'] = variables;
}

function counted(file: EditedFile): void {
  for (const type of ['monitoring_alert_policy', 'logging_project_exclusion']) {
    for (const resource of Object.values(ofType(file, type))) resource['count'] = 1;
  }
}

/** What somebody else has in the same file, what is stricter than before, and expressions that come to the same. */
export const HARMLESS_BESIDE_GOOGLE: readonly HarmlessChange[] = [
  { id: 'variables-with-defaults', edit: asVariables },
  { id: 'joined-texts', edit: rewritten(['region', 'role'], (value) => `\${join("", ["${value}"])}`) },
  { id: 'formatted-texts', edit: rewritten(['region', 'direction'], (value) => `\${format("%s", "${value}")}`) },
  { id: 'single-copies-counted', edit: counted },
  { id: 'another-denial', edit: denial({}) },
  { id: 'denial-of-ipv6', edit: denial({ source_ranges: ['::/0'] }) },
  {
    id: 'denial-of-a-way-out',
    edit: denial({ direction: 'EGRESS', source_ranges: undefined, destination_ranges: ['192.0.2.0/24'] }),
  },
  { id: 'rule-switched-off', edit: denial({ disabled: true, deny: undefined, allow: [{ protocol: 'all' }] }) },
  {
    id: 'logs-kept-longer',
    edit: change('logging_project_bucket_config', '', (body) => void (body['retention_days'] = 730)),
  },
  { id: 'logs-locked', edit: change('logging_project_bucket_config', '', (body) => void (body['locked'] = true)) },
  {
    id: 'key-rotated-more-often',
    edit: change('kms_crypto_key', '', (body) => void (body['rotation_period'] = '2592000s')),
  },
  {
    id: 'snapshots-more-often',
    edit: change(
      'compute_resource_policy',
      '',
      (body) => void (body['snapshot_schedule_policy'].schedule.hourly_schedule.hours_in_cycle = 1),
    ),
  },
  {
    id: 'alert-sooner',
    edit: change(
      'monitoring_alert_policy',
      'Errors',
      (body) => void (body['conditions'][0].condition_threshold.threshold_value = 0),
    ),
  },
  { id: 'larger-disk', edit: change('compute_disk', '', (body) => void (body['size'] = 500)) },
  {
    id: 'larger-machine',
    edit: change('compute_instance_template', '', (body) => void (body['machine_type'] = 'n2-standard-16')),
  },
  {
    id: 'confidential-machine',
    edit: change(
      'compute_instance_template',
      '',
      (body) => void (body['confidential_instance_config'] = { enable_confidential_compute: true }),
    ),
  },
  {
    id: 'more-copies-of-the-service',
    edit: change('cloud_run_v2_service', '', (body) => void (body['template'].scaling.max_instance_count = 50)),
  },
  {
    id: 'modern-ciphers',
    example: 'Storefront',
    edit: change('compute_ssl_policy', '', (body) => void (body['profile'] = 'MODERN')),
  },
  {
    id: 'unrelated-peering',
    edit: both(
      put('compute_network', OTHER, 'other'),
      put('compute_network_peering', { name: 'p', network: OTHER_ID, peer_network: 'projects/x/global/networks/y' }),
    ),
  },
  {
    id: 'unrelated-nat',
    edit: both(
      put('compute_network', OTHER, 'other'),
      put('compute_router', { name: 'r', network: OTHER_ID, region: 'europe-west3' }),
      put('compute_router_nat', {
        name: 'n',
        router: '${google_compute_router.another.name}',
        region: 'europe-west3',
        nat_ip_allocate_option: 'AUTO_ONLY',
        source_subnetwork_ip_ranges_to_nat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
      }),
    ),
  },
  {
    id: 'unrelated-zone',
    edit: put('dns_managed_zone', { name: 'z', dns_name: 'corp.example.com.', visibility: 'public' }),
  },
  {
    id: 'unrelated-account',
    edit: both(
      put('service_account', { account_id: 'unrelated' }, 'unrelated'),
      put('project_iam_member', {
        project: 'example-project',
        role: 'roles/cloudsql.client',
        member: 'serviceAccount:${google_service_account.unrelated.email}',
      }),
    ),
  },
  {
    id: 'somebody-looks-at-machines',
    edit: put('project_iam_member', { project: 'example-project', role: 'roles/compute.viewer', member: TEAM }),
  },
  {
    id: 'somebody-looks-at-numbers',
    edit: put('project_iam_member', { project: 'example-project', role: 'roles/monitoring.viewer', member: TEAM }),
  },
  {
    id: 'unrelated-database',
    edit: put('sql_database_instance', {
      name: 'd',
      database_version: 'POSTGRES_16',
      region: 'europe-west3',
      settings: { tier: 'db-f1-micro' },
    }),
  },
  {
    id: 'unrelated-exclusion',
    edit: put('logging_project_exclusion', { name: 'x', filter: 'resource.type="k8s_container"' }),
  },
  {
    id: 'unrelated-sink',
    edit: put('logging_project_sink', {
      name: 'x',
      destination: 'bigquery.googleapis.com/projects/example-project/datasets/d',
      filter: 'resource.type="k8s_container"',
    }),
  },
  {
    id: 'unrelated-alert',
    edit: put('monitoring_alert_policy', { display_name: 'x', combiner: 'OR', conditions: [] }),
  },
  {
    id: 'unrelated-job',
    edit: put('cloud_run_v2_job', {
      name: 'j',
      location: 'europe-west3',
      template: {
        template: { service_account: 'job@example-project.iam.gserviceaccount.com', containers: [{ image: 'job' }] },
      },
    }),
  },
  { id: 'unrelated-data-source', edit: (file) => void (file['data'] = { google_project: { this: {} } }) },
];
