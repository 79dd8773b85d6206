import type { EditedFile } from '../examples';
import { attribute, DIGEST, exchange, type PeerWeakness, resource, set } from './peer-weakness';

const template = 'byoc-0.5.0-Byoc';
const GATED = 'byoc-0.5.0-ByocOidc';
const of = (number: number): string => `RestateEcsFargateCluster (${number})`;
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const TASK = 'AWS::ECS::TaskDefinition';
const MODERN = { Protocol: 'TLS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' };

/** What `RestateEcsFargateCluster` of byoc 0.5.0 leaves open by default. */
export const BYOC_WEAKNESSES: readonly PeerWeakness[] = [
  {
    of: of(1),
    weakness: 'balancer, tasks, function and deployer wear one group, by which each reaches the admin API',
    template,
    claim: 'admin-closed',
    evidence:
      /port 9070 .* is reached by members of Clustersecuritygroup\w+ \(Clustersharednlb\w+.*Clusterrestatectllambda/,
    mend: exchange(resource('AWS::EC2::SecurityGroupIngress', '"FromPort":9070'), '9070', '9999'),
  },
  {
    of: of(1),
    weakness: 'by the same group each reaches the fabric',
    template,
    claim: 'fabric-cluster-only',
    evidence:
      /port 5122 .* is reached by members of Clustersecuritygroup\w+ \(Clustersharednlb\w+.*Clusterrestatectllambda/,
    mend: exchange(resource('AWS::EC2::SecurityGroupIngress', '"FromPort":5122'), '5122', '9999'),
  },
  {
    of: of(1),
    weakness: 'by the same group each reaches the ingress',
    template,
    claim: 'ingress-no-bypass',
    evidence:
      /port 8080 .* is reached by members of Clustersecuritygroup\w+ \(Clustersharednlb\w+.*Clusterrestatectllambda/,
    mend: exchange(resource('AWS::EC2::SecurityGroupIngress', '"FromPort":8080'), '8080', '9999'),
  },
  ...[8080, 9070, 5122].map((port): PeerWeakness => ({
    of: of(2),
    weakness: `the balancer leads to port ${port} in the clear`,
    template,
    claim: 'tls-outside',
    evidence: new RegExp(`of Clustersharednlb\\w+, port ${port}, speaks TCP, and what it leads to speaks no TLS`),
    mend: set(resource(LISTENER, `"Port":${port}`), MODERN),
  })),
  {
    of: of(2),
    weakness: 'the fabric is behind a balancer',
    template,
    claim: 'fabric-cluster-only',
    evidence: /over listener Clusternodesharedlistener\w+ \(port 5122\) of the internal balancer/,
    mend: exchange(resource(LISTENER, '"Port":5122'), 'Clusternodesharedtarget', 'Nowhere'),
  },
  {
    of: of(3),
    weakness: 'the licence key stands in the environment of a task',
    template,
    claim: 'secrets-by-reference',
    evidence: /Environment\[\d+\]\.Value holds the value of a secret, by its name/,
    mend: exchange(resource(TASK, 'CONTROLLER_LICENSE_KEY'), 'CONTROLLER_LICENSE_KEY', 'CONTROLLER_COLOUR'),
  },
  {
    of: of(4),
    weakness: 'the bucket with journal and metadata is encrypted with a key of the cloud',
    template,
    claim: 'disks-encrypted-own-key',
    evidence: /bucket Clusterbucket\w+ is encrypted with a key of the cloud/,
    mend: set(resource('AWS::S3::Bucket'), {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { Ref: 'Key' } } },
        ],
      },
    }),
  },
  {
    of: of(4),
    weakness: 'the bucket keeps no versions',
    template,
    claim: 'buckets-private',
    evidence: /bucket Clusterbucket\w+: it keeps no versions/,
    mend: set(resource('AWS::S3::Bucket'), { VersioningConfiguration: { Status: 'Enabled' } }),
  },
  {
    of: of(4),
    weakness: 'the server acknowledges what is not yet on the disk',
    template,
    claim: 'node-replaced-with-its-disk',
    evidence: /RESTATE_LOG_SERVER__ROCKSDB_DISABLE_WAL_FSYNC acknowledges what is not yet on the disk/,
    mend: exchange(resource(TASK, 'LOG_SERVER'), 'RESTATE_LOG_SERVER__ROCKSDB_DISABLE_WAL_FSYNC', 'RESTATE_LOG_FILTER'),
  },
  {
    of: of(5),
    weakness: 'no alarm goes off',
    template,
    claim: 'alarms-present',
    evidence: /no alarm goes off when no node answers/,
  },
  {
    of: of(5),
    weakness: 'the balancer writes no access log',
    template,
    claim: 'audit-trail-present',
    evidence: /Clustersharednlb\w+ writes no access log/,
    mend: attribute('access_logs.s3.enabled'),
  },
  {
    of: of(5),
    weakness: 'the balancer can be deleted by mistake',
    template,
    claim: 'balancers-protected',
    evidence: /deletion_protection\.enabled is not true/,
    mend: attribute('deletion_protection.enabled'),
  },
  {
    of: of(5),
    weakness: 'a deployment that never becomes healthy goes on',
    template,
    claim: 'deploy-drains',
    evidence: /Clusterstatelessservice\w+ goes on for hours .* \(DeploymentCircuitBreaker\)/,
    mend: exchange(
      resource('AWS::ECS::Service', 'stateless-service'),
      '"MaximumPercent"',
      '"DeploymentCircuitBreaker":{"Enable":true,"Rollback":true},"MaximumPercent"',
    ),
  },
  {
    of: of(5),
    weakness: 'containers keep what they may do',
    template,
    claim: 'unprivileged',
    evidence: /container restate runs as its image's own user.*writes on its root.*keeps capabilities/,
    mend: (file) =>
      Object.values(file['Resources'] as Record<string, EditedFile>)
        .filter(({ Type }) => Type === TASK)
        .flatMap(({ Properties }) => Properties['ContainerDefinitions'] as EditedFile[])
        .forEach((container) => Object.assign(container, { User: '65532:65532' })),
  },
  {
    of: of(5),
    weakness: 'images are named by tags',
    template,
    claim: 'images-by-digest',
    evidence:
      /Clusterstatelessdefinition\w+: container restate runs docker\.restate\.dev\/restatedev\/restate:1\.5, which/,
    mend: exchange(resource(TASK, 'http-ingress'), 'restate:1.5', `restate:1.7.12${DIGEST}`),
  },
  {
    of: of(6),
    weakness: 'functions run code of a bucket of the vendor, whatever lies there at the time',
    template,
    claim: 'images-by-digest',
    evidence: /Clusterrestatectllambda\w+: its code is in restate-byoc-artifacts-public-.*names no version of it/,
    mend: exchange(
      resource('AWS::Lambda::Function', 'restatectl.zip'),
      '"S3Key"',
      '"S3ObjectVersion":"3HL4kqtJlcpXroDTDmJ","S3Key"',
    ),
  },
  {
    of: of(7),
    weakness: 'the controller may do on everything what could be named',
    template,
    claim: 'iam-no-wildcards',
    evidence: /allows ecs:listtasks on every resource, although the action takes a name/,
  },
  {
    of: of(8),
    weakness: 'in the recipe with an identity provider the admin door is open to the world',
    template: GATED,
    claim: 'admin-closed',
    evidence: /0\.0\.0\.0\/0 over listener AlbAdmin\w+ \(port 9070\) of the internet-facing balancer/,
    mend: exchange(resource('AWS::EC2::SecurityGroup', '"FromPort":9070'), '0.0.0.0/0', '203.0.113.7/32'),
  },
  {
    of: of(8),
    weakness: 'beside it the internal balancer leads to the admin API and asks nobody',
    template: GATED,
    claim: 'admin-authenticated',
    evidence: /Clusteradminsharedlistener\w+ of Clustersharednlb\w+, port 9070, leads to the admin API and asks nobody/,
    mend: exchange(resource(LISTENER, 'admin-shared-listener'), 'Clusteradminsharedtarget', 'Nowhere'),
  },
  {
    of: of(8),
    weakness: 'headers of the balancer and bearers of the callers are written into the journal',
    template: GATED,
    claim: 'headers-allow-listed',
    evidence: /writes every header into its journal/,
  },
];
