import { ADMIN_CERTIFICATE_ARN, CERTIFICATE_ARN } from '../../../examples/aws/mirrored';
import { ACCOUNT_ARN, KEY, of, type Deployed } from './example';

const SHOWN_FIRST = ['Health', 'Disk', 'Errors', 'Denied', 'RateLimited'];

export function expectedWatching(example: Deployed): Readonly<Record<string, unknown>> {
  const shown = of(example, {
    Orders: [...SHOWN_FIRST, 'Certificate', 'Snapshots'],
    Billing: [...SHOWN_FIRST, 'AdminDenied', 'Certificate', 'AdminCertificate', 'ApiKeys', 'Snapshots'],
    Ledger: [...SHOWN_FIRST, 'Certificate', 'RevocationList', 'Snapshots'],
  });
  return {
    'each alarm looks at what there is, and is raised when nothing is heard of what must be': Object.fromEntries(
      shown.map((name) => [`{MonitoringAlarms${name}}`, alarms(example)[name]]),
    ),
    'who is told, and who may tell': {
      topics: [
        {
          key: KEY,
          policy: [
            'Deny sns:Publish on {NoticesTopic} to * when Bool aws:SecureTransport=false',
            'Allow sns:Publish on {NoticesTopic} to cloudwatch.amazonaws.com when StringEquals aws:SourceAccount=111122223333',
          ],
        },
      ],
      actions: ['{NoticesTopic}'],
    },
    'what is counted in which log': counted(example),
    'the dashboard shows the alarms of this stack': shown.map((name) =>
      ACCOUNT_ARN('cloudwatch', `alarm:{MonitoringAlarms${name}}`),
    ),
    'nobody deletes the stack by accident': true,
  };
}

const expiry = (arn: string): string =>
  `AWS/CertificateManager DaysToExpiry Minimum LessThanThreshold 14 1 of 86400 s missing is breaching CertificateArn=${arn}`;

function alarms(example: Deployed): Readonly<Record<string, string>> {
  const own = of(example, {
    Orders: 'Portcullis/Orders-Restate-518D3A95',
    Billing: 'Portcullis/Billing-Restate-D7304358',
    Ledger: 'Portcullis/Ledger-Restate-A6EB153C',
  });
  const more = (name: string, count: number): string =>
    `${own} ${name} Sum GreaterThanOrEqualToThreshold ${count} 1 of 300 s missing is notBreaching`;
  return {
    Health:
      'AWS/NetworkELB HealthyHostCount Maximum LessThanThreshold 1 5 of 60 s missing is breaching ' +
      'LoadBalancer={BalancerLoadBalancer} TargetGroup={BalancerTargets}',
    Disk: `${own} DiskUsed Maximum GreaterThanOrEqualToThreshold 80 2 of 300 s missing is breaching`,
    Errors: more('Errors', 10),
    Denied: more('Denied', 100),
    RateLimited: more('RateLimited', 100),
    AdminDenied: more('AdminDenied', 5),
    Certificate:
      example === 'Ledger'
        ? `seconds / 86400 ${own} LessThanThreshold 14 2 of its own s missing is breaching`
        : expiry(CERTIFICATE_ARN),
    AdminCertificate: expiry(ADMIN_CERTIFICATE_ARN),
    ApiKeys: `IF(expiry > 0, expiry - EPOCH(expiry)) ${own} LessThanThreshold 1209600 1 of its own s missing is ignore`,
    RevocationList: `${own} RevocationListSecondsLeft Minimum LessThanThreshold 43200 2 of 300 s missing is breaching`,
    Snapshots:
      'AWS/EBS SnapshotsCreateCompleted Sum LessThanThreshold 1 8 of 3600 s missing is breaching DLMPolicyId={Snapshots}',
  };
}

function counted(example: Deployed): Readonly<Record<string, string>> {
  const doors = '(($.log = "ingress") || ($.log = "admin"))';
  const filters: Readonly<Record<string, string>> = {
    Calls: '{ $.log = "ingress" } Calls 1',
    Denied: '{ ($.log = "handshake") || (($.log = "ingress") && (($.status = 401) || ($.status = 403))) } Denied 1',
    Errors: '{ ($.log = "ingress") && ($.status >= 500) } Errors 1',
    RateLimited: `{ ${doors} && ($.status = 429) } RateLimited 1`,
    DiskUsed: '{ ($.log = "machine") && ($.disk_used_percent = *) } DiskUsed $.disk_used_percent',
    ...of<Readonly<Record<string, string>>>(example, {
      Orders: {},
      Billing: {
        AdminDenied: '{ ($.log = "admin") && (($.status = 401) || ($.status = 403)) } AdminDenied 1',
        ApiKeyExpiry: `{ ${doors} && ($.api_key_exp > 0) } ApiKeyExpiry $.api_key_exp`,
      },
      Ledger: {
        CertificateSecondsLeft:
          '{ ($.log = "expiry") && ($.certificate_seconds_left = *) } CertificateSecondsLeft $.certificate_seconds_left',
        RevocationListSecondsLeft:
          '{ ($.log = "machine") && ($.revocation_list_seconds_left = *) } RevocationListSecondsLeft ' +
          '$.revocation_list_seconds_left',
      },
    }),
  };
  return Object.fromEntries(
    Object.entries(filters).map(([name, line]) => [`{MonitoringMetrics${name}}`, `{Logs} ${line}`]),
  );
}
