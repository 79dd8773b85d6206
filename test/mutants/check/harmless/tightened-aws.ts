import { container, LAUNCH, SERVICE, TASK, variable } from '../../../check/edits';
import type { EditedFile } from '../../../check/examples';
import { part } from '../../../check/parts-of-aws';
import type { Edited } from '../sites';
import { idOf, proxy } from '../strangers/fault';
import { cluster, filter, http, provider } from '../../../check/proxy/parts';
import type { HarmlessChange } from './harmless-change';

const RESTATE = container('restate');
const ENVOY = container('envoy');
const LISTENER = part('AWS::ElasticLoadBalancingV2::Listener', 'RestateBalancerTargets');
const TARGETS = part('AWS::ElasticLoadBalancingV2::TargetGroup', 'RestateBalancerTargets');
const ALARM = (name: string) => part('AWS::CloudWatch::Alarm', `Alarms${name}`);

/** More resources beside those of the deployment. */
const beside =
  (more: (file: EditedFile) => object): HarmlessChange['edit'] =>
  (file) =>
    void Object.assign(file['Resources'], more(file));

/** Values that are tighter, said another way, or said although they are the default. */
export const TIGHTENED_ON_AWS: readonly HarmlessChange[] = [
  { id: 'fewer-requests', edit: proxy((b) => void (filter(b, 'local_ratelimit')['token_bucket'].max_tokens = 1000)) },
  { id: 'smaller-bodies', edit: proxy((b) => void (filter(b, 'body_size_limit')['max_request_bytes'] = 1_048_576)) },
  { id: 'shorter-headers', edit: proxy((b) => void (http(b)['request_headers_timeout'] = '5s')) },
  { id: 'shorter-uploads', edit: proxy((b) => void (http(b)['request_timeout'] = '30s')) },
  { id: 'fewer-headers', edit: proxy((b) => void (http(b)['common_http_protocol_options'].max_headers_count = 50)) },
  { id: 'smaller-headers', edit: proxy((b) => void (http(b)['max_request_headers_kb'] = 16)) },
  { id: 'fewer-streams', edit: proxy((b) => void (http(b)['http2_protocol_options'].max_concurrent_streams = 50)) },
  { id: 'no-skew', example: 'Orders', edit: proxy((b) => void (provider(b)['clock_skew_seconds'] = 0)) },
  { id: 'shorter-tokens', example: 'Orders', edit: proxy((b) => void (provider(b)['max_lifetime'] = '3600s')) },
  {
    id: 'keys-fetched-oftener',
    example: 'Orders',
    edit: proxy((b) => void (provider(b)['remote_jwks'].cache_duration = '60s')),
  },
  {
    id: 'newer-tls-to-the-issuer',
    example: 'Orders',
    edit: proxy(
      (b) =>
        void (cluster(b, 'issuer')[
          'transport_socket'
        ].typed_config.common_tls_context.tls_params.tls_minimum_protocol_version = 'TLSv1_3'),
    ),
  },
  {
    id: 'newer-tls-at-the-door',
    edit: proxy(
      (b) =>
        void (b.static_resources.listeners[0].filter_chains[0].transport_socket.typed_config.common_tls_context.tls_params.tls_minimum_protocol_version =
          'TLSv1_3'),
    ),
  },
  {
    id: 'fields-of-the-proxy-in-another-order',
    edit: proxy((b) => {
      const copy = Object.entries(b).toReversed();
      for (const [key] of copy) delete b[key];
      Object.assign(b, Object.fromEntries(copy));
    }),
  },
  {
    id: 'defaults-of-the-proxy-said',
    edit: proxy((b) => {
      http(b)['merge_slashes'] = true;
      http(b)['http_protocol_options'].enable_trailers = false;
    }),
  },
  {
    id: 'logs-kept-longer',
    edit: (file) => void (part('AWS::Logs::LogGroup', 'RestateLogs')(file)['RetentionInDays'] = 731),
  },
  {
    id: 'logs-of-flows-kept-longer',
    edit: (file) => {
      for (const body of Object.values<Edited>(file['Resources']))
        if (body.Type === 'AWS::Logs::LogGroup') body.Properties.RetentionInDays = 1827;
    },
  },
  {
    id: 'access-logs-kept-longer',
    edit: (file) =>
      void (part('AWS::S3::Bucket')(file)['LifecycleConfiguration']['Rules'][0]['ExpirationInDays'] = 730),
  },
  {
    id: 'more-snapshots',
    edit: (file) => {
      const [schedule] = part('AWS::DLM::LifecyclePolicy')(file)['PolicyDetails']['Schedules'];
      schedule.CreateRule.Interval = 4;
      schedule.RetainRule.Count = 56;
    },
  },
  { id: 'an-alarm-that-goes-off-earlier', edit: (file) => void (ALARM('Disk')(file)['Threshold'] = 70) },
  { id: 'refusals-that-ring-earlier', edit: (file) => void (ALARM('Denied')(file)['Threshold'] = 20) },
  { id: 'certificates-that-ring-earlier', edit: (file) => void (ALARM('Health')(file)['EvaluationPeriods'] = 3) },
  {
    id: 'one-alarm-more',
    edit: beside(() => ({
      Another: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          ComparisonOperator: 'GreaterThanThreshold',
          EvaluationPeriods: 1,
          MetricName: 'CPUUtilization',
          Namespace: 'AWS/EC2',
          Period: 300,
          Statistic: 'Average',
          Threshold: 90,
        },
      },
    })),
  },
  {
    id: 'one-metric-more',
    edit: beside((file) => ({
      Another: {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          FilterPattern: '{ $.log = "x" }',
          LogGroupName: { Ref: idOf(file, 'Logs::LogGroup', 'RestateLogs') },
          MetricTransformations: [{ MetricName: 'X', MetricNamespace: 'X', MetricValue: '1' }],
        },
      },
    })),
  },
  {
    id: 'a-stronger-policy-of-tls',
    example: 'Billing',
    edit: (file) => void (LISTENER(file)['SslPolicy'] = 'ELBSecurityPolicy-TLS13-1-3-2021-06'),
  },
  { id: 'health-asked-oftener', edit: (file) => void (TARGETS(file)['HealthCheckIntervalSeconds'] = 5) },
  { id: 'a-longer-time-to-stop', edit: (file) => void (RESTATE(file)['StopTimeout'] = 120) },
  { id: 'more-memory', edit: (file) => void (RESTATE(file)['Memory'] = 8192) },
  {
    id: 'fewer-open-files',
    edit: (file) => void (ENVOY(file)['Ulimits'] = [{ Name: 'nofile', SoftLimit: 32768, HardLimit: 32768 }]),
  },
  { id: 'signatures-that-last-shorter', edit: variable('RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_EXPIRATION', '30s') },
  { id: 'fewer-calls-at-once', edit: variable('RESTATE_WORKER__INVOKER__CONCURRENT_INVOCATIONS_LIMIT', '500') },
  { id: 'more-partitions', edit: variable('RESTATE_DEFAULT_NUM_PARTITIONS', '48') },
  {
    id: 'variables-in-another-order',
    edit: (file) => void (RESTATE(file)['Environment'] = RESTATE(file)['Environment'].toReversed()),
  },
  {
    id: 'containers-in-another-order',
    edit: (file) => void (TASK(file)['ContainerDefinitions'] = TASK(file)['ContainerDefinitions'].toReversed()),
  },
  { id: 'a-larger-machine', edit: (file) => void (LAUNCH(file)['InstanceType'] = 'm7g.2xlarge') },
  { id: 'a-larger-disk', edit: (file) => void (part('AWS::EC2::Volume')(file)['Size'] = 256) },
  {
    id: 'metadata-of-the-machine-said',
    edit: (file) => void (LAUNCH(file)['MetadataOptions']['HttpEndpoint'] = 'enabled'),
  },
  {
    id: 'a-key-that-turns-each-quarter',
    edit: (file) => void (part('AWS::KMS::Key')(file)['RotationPeriodInDays'] = 90),
  },
  { id: 'a-key-that-is-kept-longer', edit: (file) => void (part('AWS::KMS::Key')(file)['PendingWindowInDays'] = 30) },
  {
    id: 'an-alias-of-the-key',
    edit: beside((file) => ({
      Alias: {
        Type: 'AWS::KMS::Alias',
        Properties: { AliasName: 'alias/restate', TargetKeyId: { Ref: idOf(file, 'KMS::Key', 'Encryption') } },
      },
    })),
  },
  {
    id: 'a-rule-with-another-protocol-of-the-same-name',
    edit: (file) => {
      for (const body of Object.values<Edited>(file['Resources']))
        if (body.Type === 'AWS::EC2::SecurityGroupIngress') body.Properties.IpProtocol = '6';
    },
  },
  {
    id: 'one-operator-range-less',
    example: 'Billing',
    edit: (file) => {
      const all = Object.values<Edited>(file['Resources']).find(
        (body) => body.Properties?.GroupDescription === 'Load balancer of the admin door of Restate',
      );
      all.Properties.SecurityGroupIngress = all.Properties.SecurityGroupIngress.filter(
        (rule: Edited) => rule.CidrIp === undefined,
      );
    },
  },
  {
    id: 'narrower-callers',
    example: 'Billing',
    edit: (file) => {
      for (const body of Object.values<Edited>(file['Resources']))
        for (const rule of body.Properties?.SecurityGroupIngress ?? [])
          if (rule.CidrIp?.endsWith('/16') === true) rule.CidrIp = rule.CidrIp.replace('/16', '/24');
    },
  },
  {
    id: 'a-value-by-a-parameter',
    edit: (file) => {
      file['Parameters'] = { ...file['Parameters'], Memory: { Type: 'Number', Default: 8192 } };
      RESTATE(file)['Memory'] = { Ref: 'Memory' };
    },
  },
  {
    id: 'a-value-by-a-condition',
    edit: (file) => {
      file['Conditions'] = { ...file['Conditions'], Always: { 'Fn::Equals': ['a', 'a'] } };
      SERVICE(file)['NetworkConfiguration']['AwsvpcConfiguration']['AssignPublicIp'] = {
        'Fn::If': ['Always', 'DISABLED', 'ENABLED'],
      };
    },
  },
  {
    id: 'a-resource-by-a-condition',
    edit: (file) => {
      file['Conditions'] = { ...file['Conditions'], Always: { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] } };
      file['Resources'][idOf(file, 'CloudWatch::Alarm', 'AlarmsErrors')]['Condition'] = 'Always';
    },
  },
  {
    id: 'a-value-by-a-mapping',
    edit: (file) => {
      file['Mappings'] = { ...file['Mappings'], Sizes: { all: { days: 365 } } };
      part('AWS::Logs::LogGroup', 'RestateLogs')(file)['RetentionInDays'] = {
        'Fn::FindInMap': ['Sizes', 'all', 'days'],
      };
    },
  },
  {
    id: 'a-description-more',
    edit: (file) => void (part('AWS::CloudWatch::Alarm', 'AlarmsErrors')(file)['AlarmDescription'] = 'look at the log'),
  },
  {
    id: 'names-of-alarms',
    edit: (file) => void (part('AWS::CloudWatch::Alarm', 'AlarmsErrors')(file)['AlarmName'] = 'errors'),
  },
  { id: 'tags-of-the-task', edit: (file) => void (TASK(file)['Tags'] = [{ Key: 'team', Value: 'payments' }]) },
  {
    id: 'tags-of-the-service',
    edit: (file) => void Object.assign(SERVICE(file), { EnableECSManagedTags: true, PropagateTags: 'SERVICE' }),
  },
  { id: 'a-template-with-a-description', edit: (file) => void (file['Description'] = 'Restate') },
  {
    id: 'the-latest-version-by-another-attribute',
    edit: (file) => {
      const machines = part('AWS::AutoScaling::AutoScalingGroup')(file);
      machines['LaunchTemplate']['Version'] = {
        'Fn::GetAtt': `${idOf(file, 'EC2::LaunchTemplate', 'Machine')}.LatestVersionNumber`,
      };
    },
  },
];
