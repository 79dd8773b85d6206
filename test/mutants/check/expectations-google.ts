import type { Expectation } from './expectation';

const REACHED = [
  'rules-exact',
  'ingress-no-bypass',
  'admin-closed',
  'bind-narrow',
  'registration-by-deployers-only',
  'audit-trail-present',
];
const LET_OUT = ['egress-closed', 'internal-endpoints-unreachable', 'rules-exact'];
const CALLED = ['cloud-run-invoker-exact', 'cloud-run-private', 'cloud-run-token-audience'];
const RIGHTS = [
  'admin-closed',
  'secret-readers-exact',
  'iam-no-wildcards',
  'cloud-run-invoker-exact',
  'federation-keyless',
  'credential-source-fits',
];
const KEYS = ['disks-encrypted-own-key', 'secret-readers-exact'];
const ALARM = ['alarms-present'];
const NODE = ['node-replaced-with-its-disk'];
const TRAIL = ['audit-trail-present'];

/** What is said of single changes to configurations of Terraform. */
export const EXPECTED_ON_GOOGLE: readonly Expectation[] = [
  { at: /^- (?:\/\/|terraform|provider) /, refused: 'what the tools take for themselves, and where all of it is made' },
  {
    at: /^google_\w+ \S+ \.(?:\/\/|depends_on|description|display_name|name|name_prefix|project|region|location|zone)(?:[.[]|$)/,
    refused: 'a remark, the order in which things are made, or a name and a place that others know it by',
  },

  // What is let in and out, whom it is for, and who is told
  {
    at: /^google_compute_firewall Restate_Firewall_(?:Callers\w+|Front|Health|OperatorsByTunnel) \.target_service_accounts(?:\[\d*\])?$/,
    by: /^(?:delete|empty)$/,
    claims: REACHED,
  },
  { at: /^google_compute_firewall Restate_Firewall_DenyOut \.direction$/, by: /^(?:delete|weaker)/, claims: LET_OUT },
  {
    at: /^google_iap_tunnel_instance_iam_member \S+ \.condition(?:\.expression)?$/,
    by: /^(?:delete|blank|star|other)$/,
    claims: ['rules-exact'],
  },
  {
    at: /^google_iap_tunnel_instance_iam_member \S+ \.role$/,
    by: /^role-roles/,
    claims: ['rules-exact', 'admin-closed'],
  },
  { at: /^google_iap_tunnel_instance_iam_member \S+ \.member$/, by: /^(?:member-|other)/, claims: ['admin-closed'] },
  {
    at: /^google_(?:project|artifact_registry_repository)_iam_member \S+ \.member$/,
    by: /^member-all/,
    claims: ['iam-no-wildcards'],
  },
  { at: /^google_project_iam_member Restate_Account_Logs (?:\.member|\.role)?$/, claims: [...TRAIL, ...RIGHTS] },
  {
    at: /^google_cloud_run_v2_service \S+ \.binary_authorization(?:\.use_default)?$/,
    by: /^(?:delete|flip)$/,
    claims: ['images-by-digest'],
  },
  {
    at: /^google_cloud_run_v2_service \S+ \.template\.containers\[\d+\]\.env(?:\[RESTATE_IDENTITY_KEYS\](?:\.\w+)?)?$/,
    by: /^(?:delete|empty|blank|star|other|extra-last-unsigned)$/,
    claims: ['service-verifies-identity'],
  },
  { at: /^google_compute_forwarding_rule \S+ \.allow_global_access$/, by: /^flip$/, claims: ['rules-exact'] },
  {
    at: /^google_compute_address \S+ \.address_type$/,
    by: /^(?:delete|weaker-EXTERNAL)$/,
    claims: ['no-public-address'],
  },
  {
    at: /^google_compute_region_backend_service \S+ \.load_balancing_scheme$/,
    by: /^weaker-EXTERNAL$/,
    claims: ['no-public-address'],
  },
  { at: /^google_compute_backend_service \S+ \.protocol$/, by: /^(?:delete|weaker-HTTP)$/, claims: ['tls-outside'] },
  { at: /^google_compute_backend_service \S+ \.enable_cdn$/, by: /^flip$/, claims: ['ingress-authenticated'] },
  { at: /^google_compute_ssl_policy \S+ \.profile$/, by: /^(?:delete|weaker)/, claims: ['tls-outside'] },
  { at: /^google_compute_target_https_proxy \S+ \.tls_early_data$/, by: /^weaker/, claims: ['tls-outside'] },
  { at: /^google_compute_router_nat \S+ \.log_config(?:\.enable)?$/, by: /^(?:delete|flip)$/, claims: TRAIL },
  {
    at: /^google_dns_policy \S+ (?:\.enable_logging|\.networks(?:\[\d+\])?)?$/,
    by: /^(?:delete|flip|empty)$/,
    claims: TRAIL,
  },
  { at: /^google_dns_record_set \S+ \.rrdatas\[\d*\]$/, by: /^(?:other|everywhere)/, claims: LET_OUT },
  { at: /^google_compute_network \S+ \.auto_create_subnetworks$/, by: /^(?:delete|flip)$/, claims: TRAIL },
  { at: /^google_compute_instance_template \S+ \.scheduling\.preemptible$/, by: /^flip$/, claims: ['deploy-drains'] },
  {
    at: /^google_compute_health_check Restate_HealthCheck_Repair \.http_health_check\.port$/,
    by: /^(?:delete|bigger|one-more|smaller)$/,
    claims: NODE,
  },
  { at: /^google_monitoring_alert_policy .*\.condition_(?:threshold|absent)\.filter$/, by: /^blank$/, claims: ALARM },
  {
    at: /^google_monitoring_alert_policy .*\.condition_absent\.aggregations\[\d+\]\.alignment_period$/,
    by: /^bigger$/,
    claims: ALARM,
  },
  { at: /^google_logging_project_exclusion \S+ \.filter$/, by: /^blank$/, claims: TRAIL },
  { at: /^google_logging_project_sink \S+ \.destination$/, by: /^delete$/, claims: TRAIL },

  // What is kept
  {
    at: /^google_(?:compute_disk|kms_crypto_key|logging_project_bucket_config) \S+ \.lifecycle(?:\.prevent_destroy)?$/,
    by: /^(?:delete|flip)$/,
    claims: ['storage-retained', ...TRAIL],
  },
  {
    at: /^google_(?:compute_disk|logging_project_bucket_config) \S+ \.(?:disk_encryption_key|cmek_settings)(?:\.\w+)?$/,
    by: /^(?:delete|star|blank|other)$/,
    claims: [...KEYS, ...TRAIL],
  },
  { at: /^google_compute_disk \S+ $/, claims: ['storage-retained', 'snapshot-restores', ...NODE, ...KEYS] },
  { at: /^google_compute_disk_resource_policy_attachment \S+ (?:\.disk|\.name)?$/, claims: ['snapshot-restores'] },
  { at: /^google_compute_resource_policy \S+ $/, claims: ['snapshot-restores'] },
  {
    at: /^google_compute_resource_policy \S+ \.snapshot_schedule_policy\.retention_policy\.max_retention_days$/,
    by: /^(?:zero|negative)$/,
    refused: 'no time',
  },
  {
    at: /^google_compute_resource_policy .*on_source_disk_delete$/,
    by: /^weaker/,
    claims: ['snapshot-restores', 'storage-retained'],
  },
  { at: /^google_kms_crypto_key \S+ \.rotation_period$/, by: /^(?:delete|bigger)$/, claims: KEYS },
  { at: /^google_kms_crypto_key \S+ $/, claims: [...KEYS, 'storage-retained'] },
  { at: /^google_logging_project_bucket_config \S+ \.retention_days$/, by: /^(?:zero|delete)$/, claims: TRAIL },
  {
    at: /^google_(?:compute_disk|compute_resource_policy|kms_\w+|logging_project_bucket_config)(?:_attachment)? /,
    refused: 'a store, key or schedule that cannot be, is not used, or keeps another while',
  },

  // Rights
  {
    at: /^google_(?:artifact_registry_repository|project)_iam_member \S+ \.member$/,
    by: /^member-(?:user|domain)/,
    refused: 'who else may read images or write lines, which are no secret',
  },
  {
    at: /^google_(?:iap_tunnel_instance)_iam_member \S+ \.member$/,
    by: /^member-(?:user|domain)/,
    refused: 'other operators, who are named as well',
  },
  {
    at: /^google_artifact_registry_repository_iam_member \S+ \.member$/,
    refused: 'who reads images, which are no secret',
  },
  { at: /_iam_member \S+ \.member$/, by: /^member-(?:allUsers|allAuthenticatedUsers|user|domain)/, claims: RIGHTS },
  { at: /_iam_binding \S+ \.members(?:\[\w*\])?$/, by: /^(?:extra|member-)/, claims: [...RIGHTS, ...CALLED] },
  { at: /_iam_(?:member|binding) \S+ \.role$/, by: /^role-roles/, claims: [...RIGHTS, ...CALLED] },
  {
    at: /^google_iap_tunnel_instance_iam_member \S+ \.condition(?:\.expression)?$/,
    by: /^delete$/,
    claims: ['admin-closed', 'rules-exact', ...RIGHTS],
  },
  { at: /_iam_(?:member|binding) /, refused: 'a right less, or of something else' },

  // Services
  {
    at: /^google_cloud_run_v2_service \S+ \.ingress$/,
    by: /^weaker-INGRESS_TRAFFIC_ALL$/,
    claims: ['cloud-run-private'],
  },
  { at: /^google_cloud_run_v2_service \S+ \.ingress$/, by: /^delete$/, claims: ['cloud-run-private'] },
  {
    at: /^google_cloud_run_v2_service \S+ \.invoker_iam_disabled$/,
    by: /^flip$/,
    claims: ['cloud-run-private', 'cloud-run-invoker-exact'],
  },
  { at: /^google_cloud_run_v2_service \S+ \.custom_audiences/, by: /^extra/, claims: ['cloud-run-token-audience'] },
  { at: /^google_cloud_run_v2_service .*\.ports(?:\.name)?$/, by: /^(?:delete|weaker)/, claims: ['cloud-run-http2'] },
  { at: /^google_cloud_run_v2_service .*\.image$/, by: /^(?:no-digest|latest)$/, claims: ['images-by-digest'] },
  { at: /^google_cloud_run_v2_service .*\.containers$/, by: /^extra/, claims: ['images-by-digest', 'cloud-run-http2'] },
  { at: /^google_cloud_run_v2_service .*\.env$/, by: /secret$/, claims: ['secrets-by-reference'] },
  {
    at: /^google_cloud_run_v2_service \S+ \.template\.service_account$/,
    by: /^delete$/,
    claims: ['iam-no-wildcards', ...RIGHTS],
  },
  { at: /^google_cloud_run_v2_service /, refused: 'a service that cannot be, is called no more, or has another share' },

  // Firewall
  {
    at: /^google_compute_firewall Restate_Firewall_Deny(?:In|Out) \.(?:direction|source_ranges|destination_ranges)$/,
    by: /^delete$/,
    harmless: 'the same by default',
  },
  {
    at: /^google_compute_firewall \S+ \.destination_ranges$/,
    by: /metadata$/,
    harmless: 'no firewall stands before the metadata server',
  },
  {
    at: /^google_compute_firewall Restate_Firewall_Deny(?:In|Out) (?:\.deny|\.direction|\.network|\.source_ranges|\.destination_ranges|\.target_service_accounts\[\d+\])?(?:\[\d+\])?(?:\.protocol)?$/,
    by: /^(?:delete|weaker-.*|another-of-its-type|range-(?:10|0\.0\.0\.0\/1|128).*)$/,
    claims: [...REACHED, ...LET_OUT, 'fabric-cluster-only', 'metrics-closed', 'metadata-unreachable'],
  },
  {
    at: /^google_compute_firewall Restate_Firewall_Deny(?:In|Out) $/,
    by: /^with-disabled$/,
    claims: [...REACHED, ...LET_OUT],
  },
  { at: /^google_compute_firewall Restate_Firewall_Deny/, refused: 'more is refused, or the same' },
  {
    at: /^google_compute_firewall \S+ \.(?:source_ranges|source_service_accounts)(?:\[\d+\])?$/,
    by: /^(?:extra|range-)/,
    claims: REACHED,
  },
  {
    at: /^google_compute_firewall \S+ \.destination_ranges(?:\[\d+\])?$/,
    by: /^(?:extra|range-)/,
    claims: LET_OUT,
  },
  { at: /^google_compute_firewall \S+ \.allow$/, by: /^extra/, claims: [...REACHED, ...LET_OUT] },
  {
    at: /^google_compute_firewall \S+ \.allow\[\w+\]\.ports$/,
    by: /^(?:extra|delete|empty)/,
    claims: [...REACHED, ...LET_OUT],
  },
  {
    at: /^google_compute_firewall \S+ \.allow\[\w+\]\.ports\[\d+\]$/,
    by: /^(?:delete|one-more|smaller)$/,
    claims: [...REACHED, ...LET_OUT],
  },
  { at: /^google_compute_firewall \S+ \.allow\[\w+\]\.protocol$/, by: /^weaker/, claims: [...REACHED, ...LET_OUT] },
  { at: /^google_compute_firewall \S+ \.log_config/, by: /^delete$/, claims: TRAIL },
  { at: /^google_compute_firewall /, refused: 'a rule that lets nobody in or out, or is none of this network' },

  // The network around
  { at: /^google_compute_subnetwork \S+ \.log_config$/, by: /^delete$/, claims: TRAIL },
  {
    at: /^google_compute_forwarding_rule \S+ \.load_balancing_scheme$/,
    by: /^weaker/,
    claims: ['no-public-address', ...REACHED],
  },
  {
    at: /^google_compute_(?:global_)?forwarding_rule \S+ \.(?:ports|port_range)/,
    by: /^(?:delete|one-more|smaller)$/,
    refused: 'another port of the balancer, behind which there is the same',
  },
  { at: /^google_compute_ssl_policy \S+ \.min_tls_version$/, by: /^(?:weaker|delete)/, claims: ['tls-outside'] },
  { at: /^google_compute_target_https_proxy \S+ \.ssl_policy$/, by: /^delete$/, claims: ['tls-outside'] },
  {
    at: /^google_compute_(?:region_)?backend_service \S+ \.log_config(?:\.enable)?$/,
    by: /^(?:delete|flip)$/,
    claims: TRAIL,
  },
  {
    at: /^google_(?:compute_(?:network|subnetwork|route|router|router_nat|address|global_address|forwarding_rule|global_forwarding_rule|ssl_policy|target_https_proxy|url_map|backend_service|region_backend_service|health_check|region_health_check|managed_ssl_certificate)|dns_\w+|service_account) /,
    refused: 'a network that does not work, or a door that leads nowhere',
  },

  // What is written down, and what wakes somebody
  {
    at: /^google_logging_project_(?:sink|exclusion) \S+ (?:\.filter|\.destination)?$/,
    refused: 'lines that go elsewhere as well',
  },
  { at: /^google_monitoring_alert_policy \S+ $/, claims: ALARM },
  { at: /^google_monitoring_alert_policy \S+ \.enabled$/, by: /^flip$/, claims: ALARM },
  { at: /^google_monitoring_alert_policy \S+ \.conditions$/, by: /^(?:delete|empty)$/, claims: ALARM },
  { at: /^google_monitoring_alert_policy .*\.threshold_value$/, by: /^bigger$/, claims: ALARM },
  { at: /^google_monitoring_alert_policy .*\.comparison$/, by: /^weaker/, claims: ALARM },
  { at: /^google_monitoring_alert_policy .*\.filter$/, by: /^another-of-its-type$/, claims: ALARM },
  { at: /^google_logging_metric \S+ (?:\.filter)?$/, by: /^(?:star|blank)$/, claims: ALARM },
  {
    at: /^google_(?:monitoring|logging)_\w+ /,
    refused: 'an alarm or a metric that cannot be, or wakes somebody a little earlier or later',
  },

  // Machine
  {
    at: /^google_compute_instance_template \S+ \.metadata$/,
    by: /^with-(?:ssh-keys|startup-script)$/,
    claims: ['instance-metadata-v2', 'unprivileged', 'admin-closed', ...NODE],
  },
  {
    at: /^google_compute_instance_template \S+ \.metadata\.(?:block-project-ssh-keys|enable-oslogin|serial-port-enable|disable-legacy-endpoints)$/,
    by: /^(?:delete|flip)$/,
    claims: ['instance-metadata-v2'],
  },
  {
    at: /^google_compute_instance_template \S+ \.shielded_instance_config(?:\.enable_(?:vtpm|integrity_monitoring|secure_boot))?$/,
    by: /^flip$/,
    claims: ['instance-metadata-v2'],
  },
  {
    at: /^google_compute_instance_template \S+ \.can_ip_forward$/,
    by: /^flip$/,
    claims: ['instance-metadata-v2', 'unprivileged', 'rules-exact', 'no-public-address', 'egress-closed'],
  },
  { at: /^google_compute_instance_template \S+ \.network_interface$/, by: /^extra/, claims: ['no-public-address'] },
  {
    at: /^google_compute_instance_template \S+ \.network_interface\[\d+\]\.stack_type$/,
    by: /^weaker/,
    claims: ['no-public-address', ...REACHED, ...LET_OUT],
  },
  { at: /^google_compute_instance_template \S+ \.disk\[\d+\]\.disk_encryption_key/, by: /^delete$/, claims: KEYS },
  { at: /^google_compute_instance_template \S+ \.disk$/, by: /^extra/, claims: KEYS },
  {
    at: /^google_compute_instance_template \S+ \.service_account(?:\.email)?$/,
    by: /^delete$/,
    claims: ['iam-no-wildcards', 'credential-source-fits', ...RIGHTS, ...REACHED],
  },
  {
    at: /^google_compute_per_instance_config \S+ (?:\.preserved_state(?:\.disk)?)?$/,
    by: /^(?:delete|empty)$/,
    claims: NODE,
  },
  { at: /^google_compute_per_instance_config .*\.delete_rule$/, by: /^weaker/, claims: [...NODE, 'storage-retained'] },
  {
    at: /^google_compute_instance_group_manager \S+ \.auto_healing_policies(?:\.health_check)?$/,
    by: /^delete$/,
    claims: NODE,
  },
  {
    at: /^google_compute_(?:instance_template|instance_group_manager|per_instance_config) /,
    refused: 'a machine that cannot be, or of another kind',
  },

  // What starts it
  {
    at: /^script \S+ \.metadata\.user-data:(?:- path:|ExecStart=\/bin\/bash \/etc\/portcullis\/pull-image|owner:|permissions:|content:|write_files:|runcmd:|- systemctl|#cloud-config)/,
    refused: 'no start that can be read, or what it is anyway',
  },
  { at: /^script /, by: /^flag-gone --(?:user|read-only|cap-drop|security-opt)/, claims: ['unprivileged'] },
  {
    at: /^script /,
    by: /^flag-gone --env=RESTATE_(?:BIND_ADDRESS|INGRESS__BIND_ADDRESS|ADMIN__BIND_ADDRESS)=/,
    claims: ['bind-narrow', ...REACHED],
  },
  {
    at: /^script /,
    by: /^flag-gone --env=RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE=/,
    claims: ['requests-signed', 'identity-key-by-reference'],
  },
  { at: /^script /, by: /^flag-gone --env=RESTATE_ADMIN__DISABLE_WEB_UI=/, claims: ['admin-ui-closed'] },
  { at: /^script /, by: /^flag/, refused: 'an option that is none, or gives another share, name or place' },
  {
    at: /^script /,
    claims: [
      ...NODE,
      'secrets-by-reference',
      'identity-key-by-reference',
      'unprivileged',
      'metadata-unreachable',
      'instance-metadata-v2',
      'deploy-drains',
      'cloud-run-invoker-exact',
    ],
  },
];
