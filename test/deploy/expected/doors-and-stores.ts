import { ADMIN_CERTIFICATE_ARN, CERTIFICATE_ARN } from '../../../examples/aws/mirrored';
import { KEY, of, type Deployed } from './example';

const BUCKET = 'arn:aws:s3:::{BalancerAccessLogsBucket}';
const OF_THIS_ACCOUNT = 'StringEquals aws:SourceAccount=111122223333';

export function expectedDoorsAndStores(example: Deployed): Readonly<Record<string, unknown>> {
  const doors = example === 'Billing' ? ['AdminBalancer', 'Balancer'] : ['Balancer'];
  const each = <T>(end: string, value: (door: string) => T): Readonly<Record<string, T>> =>
    Object.fromEntries(doors.map((door) => [`${door}${end}`, value(door)]));
  const passesOn = example === 'Ledger';
  return {
    'kind, scheme, subnets and protection of each balancer': each('LoadBalancer', () => [
      of(example, {
        Orders: 'network internet-facing in {NetworkPublicSubnet1Subnet}, {NetworkPublicSubnet2Subnet}',
        Billing: 'network internal in {NetworkIsolatedSubnet1Subnet}',
        Ledger: 'network internal in {NetworkIsolatedSubnet1Subnet}',
      }),
      'access_logs.s3.bucket={BalancerAccessLogsBucket}',
      'access_logs.s3.enabled=true',
      'deletion_protection.enabled=true',
      'load_balancing.cross_zone.enabled=true',
    ]),
    'port, protocol, TLS policy and certificate of each listener, and where it leads': each(
      'LoadBalancerListener',
      (door) => [
        `{${door}LoadBalancer} 443 ${passesOn ? 'TCP' : 'TLS'}`,
        ...(passesOn
          ? []
          : [
              'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
              door === 'Balancer' ? CERTIFICATE_ARN : ADMIN_CERTIFICATE_ARN,
              'HTTP2Preferred',
            ]),
        `forward to {${door}Targets}`,
      ],
    ),
    'port, protocol and health check of what each listener leads to': each('Targets', (door) => [
      `ip ${passesOn ? 'TCP' : 'TLS'} ${door === 'Balancer' ? 8443 : 8444}`,
      'health HTTP 8081 /healthz 200',
      'deregistration_delay.connection_termination.enabled=true',
      'deregistration_delay.timeout_seconds=30',
      'preserve_client_ip.enabled=true',
    ]),
    'the data volume is encrypted with the key of this server': {
      Encrypted: true,
      KmsKeyId: KEY,
      Size: 64,
      VolumeType: 'gp3',
    },
    'logs are encrypted, and kept for a year': ['{Logs}', '{RestateMonitoringFlowLogsB0CC3C25}'].map(
      (logGroupName) => ({
        logGroupName,
        kmsKeyId: KEY,
        retentionInDays: 365,
      }),
    ),
    'the bucket of access logs is encrypted, versioned and closed': bucket(example),
  };
}

function bucket(example: Deployed): object {
  return {
    encryption: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY },
        BucketKeyEnabled: true,
      },
    ],
    closed: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    owner: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
    versions: 'Enabled',
    lifecycle: [
      {
        Expiration: { Days: 365 },
        Filter: { Prefix: '' },
        Status: 'Enabled',
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
    ],
    logged: { TargetBucket: 'example-log-archive', TargetPrefix: `${example}/Restate/Balancer/AccessLogs/` },
    policy: [
      `Deny s3:* on ${BUCKET}, ${BUCKET}/* to * when Bool aws:SecureTransport=false`,
      `Deny s3:* on ${BUCKET}, ${BUCKET}/* to * when NumericLessThan s3:TlsVersion=1.2`,
      `Allow s3:PutObject on ${BUCKET}/AWSLogs/111122223333/* to delivery.logs.amazonaws.com when ${OF_THIS_ACCOUNT}`,
      `Allow s3:GetBucketAcl on ${BUCKET} to delivery.logs.amazonaws.com when ${OF_THIS_ACCOUNT}`,
    ],
  };
}
