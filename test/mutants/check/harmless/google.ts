import type { EditedFile } from '../../../check/examples';
import type { Edited } from '../sites';
import type { HarmlessChange } from './harmless-change';

type Resource = Record<string, Edited>;

/** Other ways to write the same configuration, and what has nothing to do with the deployment beside it. */
export const HARMLESS_ON_GOOGLE: readonly HarmlessChange[] = [
  { id: 'names-renamed', edit: renameAll },
  { id: 'literals-in-place-of-references-to-accounts', edit: accountsAsLiterals },
  { id: 'literals-in-place-of-references-to-networks', edit: networksAsLiterals },
  { id: 'locals-in-place-of-literals', edit: asLocals },
  { id: 'binding-in-place-of-members', edit: bindings },
  { id: 'members-in-place-of-binding', edit: members },
  { id: 'blocks-as-lists', edit: (file) => each(file, (resource, type) => blocks(type, resource, listed)) },
  { id: 'blocks-as-objects', edit: (file) => each(file, (resource, type) => blocks(type, resource, bare)) },
  { id: 'resources-in-several-parts', edit: inParts },
  {
    id: 'numbers-and-booleans-written-as-texts',
    edit: (file) => each(file, (resource) => void mapValues(resource, asText)),
  },
  { id: 'metadata-removed', edit: removeMetadata },
  { id: 'keys-reordered', edit: reorderKeys },
  { id: 'order-of-creation-removed', edit: (file) => each(file, (resource) => delete resource['depends_on']) },
  { id: 'descriptions-removed', edit: (file) => each(file, (resource) => delete resource['description']) },
  { id: 'labels-added', edit: (file) => each(file, addLabels) },
  {
    id: 'projects-left-to-the-provider',
    edit: (file) => each(file, (resource) => resource['project'] === 'example-project' && delete resource['project']),
  },
  { id: 'ranges-narrowed', example: 'Invoices', edit: narrowRanges },
  { id: 'rules-split-by-range', edit: splitRules },
  { id: 'unrelated-bucket-added', edit: (file) => add(file, UNRELATED_BUCKET) },
  { id: 'unrelated-network-added', edit: (file) => add(file, UNRELATED_NETWORK) },
  { id: 'unrelated-machine-added', edit: (file) => add(file, { ...UNRELATED_NETWORK, ...UNRELATED_MACHINE }) },
  { id: 'unrelated-topic-and-job-added', edit: (file) => add(file, UNRELATED_QUEUES) },
  { id: 'outputs-added', edit: (file) => void (file['output'] = { address: { value: 'none' } }) },
];

const UNRELATED_BUCKET: Resource = {
  google_storage_bucket: { unrelated: { name: 'unrelated-example', location: 'EU' } },
};

const UNRELATED_NETWORK: Resource = {
  google_compute_network: { unrelated: { name: 'unrelated', auto_create_subnetworks: false } },
  google_compute_subnetwork: {
    unrelated: {
      name: 'unrelated',
      ip_cidr_range: '10.99.0.0/24',
      network: '${google_compute_network.unrelated.id}',
      region: 'europe-west3',
    },
  },
  google_compute_firewall: {
    unrelated: {
      name: 'unrelated-ssh',
      network: '${google_compute_network.unrelated.id}',
      direction: 'INGRESS',
      allow: [{ protocol: 'tcp', ports: ['22'] }],
      source_ranges: ['0.0.0.0/0'],
    },
  },
};

const UNRELATED_MACHINE: Resource = {
  google_service_account: { unrelated: { account_id: 'unrelated-machine' } },
  google_compute_instance: {
    unrelated: {
      name: 'unrelated',
      machine_type: 'e2-small',
      zone: 'europe-west3-a',
      boot_disk: { initialize_params: { image: 'debian-cloud/debian-12' } },
      network_interface: { subnetwork: '${google_compute_subnetwork.unrelated.id}' },
      service_account: { email: '${google_service_account.unrelated.email}', scopes: ['cloud-platform'] },
    },
  },
};

const UNRELATED_QUEUES: Resource = {
  google_pubsub_topic: { unrelated: { name: 'unrelated' } },
  google_cloud_scheduler_job: {
    unrelated: {
      name: 'unrelated',
      schedule: '0 4 * * *',
      pubsub_target: { topic_name: '${google_pubsub_topic.unrelated.id}', data: 'e30=' },
    },
  },
};

/** Of the arguments, those that are blocks. */
const BLOCKS: Readonly<Record<string, readonly string[]>> = {
  google_compute_instance_template: [
    'disk',
    'disk_encryption_key',
    'lifecycle',
    'network_interface',
    'scheduling',
    'service_account',
    'shielded_instance_config',
  ],
  google_compute_firewall: ['allow', 'deny', 'log_config'],
  google_cloud_run_v2_service: [
    'binary_authorization',
    'template',
    'containers',
    'env',
    'ports',
    'resources',
    'startup_probe',
    'tcp_socket',
    'scaling',
  ],
  google_compute_disk: ['disk_encryption_key'],
  google_compute_subnetwork: ['log_config'],
  google_compute_backend_service: ['backend', 'log_config'],
  google_compute_region_backend_service: ['backend', 'log_config'],
  google_compute_health_check: ['http_health_check', 'log_config'],
  google_compute_region_health_check: ['http_health_check', 'log_config'],
  google_compute_instance_group_manager: ['auto_healing_policies', 'named_port', 'update_policy', 'version'],
  google_compute_per_instance_config: ['preserved_state', 'disk'],
  google_compute_resource_policy: [
    'snapshot_schedule_policy',
    'retention_policy',
    'schedule',
    'hourly_schedule',
    'snapshot_properties',
  ],
  google_dns_managed_zone: ['private_visibility_config', 'networks'],
  google_dns_policy: ['networks'],
  google_iap_tunnel_instance_iam_member: ['condition'],
  google_logging_metric: ['metric_descriptor'],
  google_logging_project_bucket_config: ['cmek_settings'],
  google_monitoring_alert_policy: [
    'conditions',
    'condition_threshold',
    'condition_absent',
    'aggregations',
    'documentation',
  ],
  google_compute_router_nat: ['log_config', 'subnetwork'],
  google_compute_managed_ssl_certificate: ['managed'],
};

function each(file: EditedFile, change: (resource: Resource, type: string, id: string) => unknown): void {
  for (const [type, named] of Object.entries(file['resource'] as Resource)) {
    for (const [id, resource] of Object.entries(named as Resource)) change(resource, type, id);
  }
}

function add(file: EditedFile, resources: Resource): void {
  for (const [type, named] of Object.entries(resources)) {
    file['resource'][type] = { ...file['resource'][type], ...named };
  }
}

function mapValues(value: Edited, change: (value: Edited, key: string) => unknown, key = ''): unknown {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.keys(value)) if (inner !== '//') value[inner] = mapValues(value[inner], change, inner);
  }
  return change(value, key);
}

function renameAll(file: EditedFile): void {
  let index = 0;
  let text = JSON.stringify(file);
  each(file, (_, type, id) => {
    const name = `thing${(index += 1)}`;
    text = text.replaceAll(`${type}.${id}`, `${type}.${name}`).replaceAll(`"${id}":`, `"${name}":`);
  });
  file['resource'] = (JSON.parse(text) as EditedFile)['resource'];
}

function accountsAsLiterals(file: EditedFile): void {
  let text = JSON.stringify(file);
  for (const [id, { account_id: account }] of Object.entries(file['resource']['google_service_account'] as Resource)) {
    text = text.replaceAll(
      `\${google_service_account.${id}.email}`,
      `${account}@example-project.iam.gserviceaccount.com`,
    );
  }
  file['resource'] = (JSON.parse(text) as EditedFile)['resource'];
}

function networksAsLiterals(file: EditedFile): void {
  let text = JSON.stringify(file);
  for (const [id, { name }] of Object.entries(file['resource']['google_compute_network'] as Resource)) {
    text = text.replaceAll(`\${google_compute_network.${id}.id}`, `projects/example-project/global/networks/${name}`);
  }
  file['resource'] = (JSON.parse(text) as EditedFile)['resource'];
}

function asLocals(file: EditedFile): void {
  const locals: Resource = {};
  each(file, (resource, type) => {
    for (const key of ['network', 'role', 'ip_cidr_range', 'region', 'direction']) {
      const value = resource[key] as unknown;
      if (typeof value !== 'string' || value.includes('${') || type === 'google_compute_router') continue;
      const name = `value${Object.keys(locals).length}`;
      locals[name] = value;
      resource[key] = `\${local.${name}}`;
    }
  });
  file['locals'] = locals;
}

/** Every member of a role as the whole list of it, where a list of the members of that role stands for one thing alone. */
function bindings(file: EditedFile): void {
  for (const [type, list] of [
    ['google_secret_manager_secret_iam_member', 'google_secret_manager_secret_iam_binding'],
    ['google_artifact_registry_repository_iam_member', 'google_artifact_registry_repository_iam_binding'],
  ] as const) {
    const named = (file['resource'][type] ?? {}) as Resource;
    file['resource'][list] = Object.fromEntries(
      Object.entries(named).map(([id, { member, ...rest }]) => [id, { ...rest, members: [member] }]),
    );
    for (const id of Object.keys(named)) rename(file, `${type}.${id}`, `${list}.${id}`);
    delete file['resource'][type];
  }
}

function members(file: EditedFile): void {
  const type = 'google_cloud_run_v2_service_iam_binding';
  const named = file['resource'][type] as Resource;
  file['resource']['google_cloud_run_v2_service_iam_member'] = Object.fromEntries(
    Object.entries(named).map(
      ([
        id,
        {
          members: [member],
          ...rest
        },
      ]) => [id, { ...rest, member }],
    ),
  );
  delete file['resource'][type];
}

function rename(file: EditedFile, from: string, to: string): void {
  file['resource'] = JSON.parse(JSON.stringify(file['resource']).replaceAll(from, to));
}

function blocks(type: string, value: Resource, change: (block: unknown) => unknown): void {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'object' || inner === null || key === '//') continue;
    for (const item of [inner].flat()) if (typeof item === 'object') blocks(type, item as Resource, change);
    if ((BLOCKS[type] ?? []).includes(key)) value[key] = change(inner);
  }
}

function listed(block: unknown): unknown {
  return Array.isArray(block) ? block : [block];
}

function bare(block: unknown): unknown {
  return Array.isArray(block) && block.length === 1 ? (block as readonly unknown[])[0] : block;
}

function inParts(file: EditedFile): void {
  file['resource'] = Object.entries(file['resource'] as Resource).map(([type, named]) => ({ [type]: named }));
}

function asText(value: unknown): unknown {
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
}

function removeMetadata(file: EditedFile): void {
  delete file['//'];
  each(file, (resource) => delete resource['//']);
}

function reorderKeys(file: EditedFile): void {
  const reordered = reversed(file) as EditedFile;
  for (const key of Object.keys(file)) delete file[key];
  Object.assign(file, reordered);
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

function addLabels(resource: Resource, type: string): void {
  if (['google_compute_disk', 'google_compute_instance_template', 'google_cloud_run_v2_service'].includes(type)) {
    resource['labels'] = { ...resource['labels'], team: 'payments' };
  }
}

/** Of the callers' own ranges, a quarter each. */
function narrowRanges(file: EditedFile): void {
  each(file, (resource, type) => {
    if (type !== 'google_compute_firewall' || resource['direction'] !== 'INGRESS' || resource['allow'] === undefined)
      return;
    resource['source_ranges'] = resource['source_ranges']?.map((range: string) =>
      range.startsWith('10.') ? range.replace(/\/(?<bits>\d+)$/, (_, bits) => `/${Number(bits) + 2}`) : range,
    );
  });
}

/** A rule for each range. */
function splitRules(file: EditedFile): void {
  const more: Resource = {};
  each(file, (resource, type, id) => {
    const ranges = resource['source_ranges'] as readonly string[] | undefined;
    if (type !== 'google_compute_firewall' || ranges === undefined || ranges.length < 2) return;
    ranges.slice(1).forEach((range, index) => {
      more[`${id}_${index}`] = { ...resource, name: `${resource['name']}-${index}`, source_ranges: [range] };
    });
    resource['source_ranges'] = ranges.slice(0, 1);
  });
  add(file, { google_compute_firewall: more });
}
