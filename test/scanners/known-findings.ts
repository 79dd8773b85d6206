import type { Example } from '../check/examples';

/** What scanners have against the examples on AWS, and why it stays. Everything else that they find is a fault. */
export interface KnownFinding {
  readonly tool: 'cdk-nag' | 'cfn-guard';
  readonly rules: readonly string[];
  /** Logical ids without what the framework appends to them, by example. */
  readonly of: Readonly<Partial<Record<Example, readonly string[]>>>;
  readonly reason: string;
}

const onEach = (...resources: readonly string[]): KnownFinding['of'] => ({
  Orders: resources,
  Billing: resources,
  Ledger: resources,
});

/** A rule that several packs of cdk-nag have. */
const inPacks = (rule: string, packs = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']): readonly string[] =>
  packs.map((pack) => `${pack}-${rule}`);

/** Of AwsSolutions, where there should be none: what each rule asks for would make a guard weaker. */
const AGAINST_A_BETTER_GUARD: readonly KnownFinding[] = [
  {
    tool: 'cdk-nag',
    rules: ['AwsSolutions-IAM5[Resource::*]'],
    of: onEach(
      'RestateMachineRoleDefaultPolicy',
      'RestateTaskExecutionRoleDefaultPolicy',
      'RestateSnapshotsRoleDefaultPolicy',
    ),
    reason:
      'ecr:GetAuthorizationToken, ecs:DiscoverPollEndpoint, ec2:DescribeVolumes, ec2:DescribeSnapshots and the four of ssmmessages take no ' +
      'resource: the service authorisation reference has nothing but * for them, and they stand in statements of their own. Only a form ' +
      'that the rule does not read would be silent (NotResource, a parameter, AWS::IAM::RolePolicy), and iam-no-wildcards refuses these',
  },
  {
    tool: 'cdk-nag',
    rules: ['AwsSolutions-ECS2'],
    of: onEach('RestateTaskDefinition'),
    reason:
      'no variable is a secret (secrets-by-reference), and a revision of a task definition cannot be changed: what was checked is what runs. ' +
      'Parameters and files in a bucket, which the rule asks for, can be changed after the proof without a new revision',
  },
];

/** Of the packs for HIPAA, NIST 800-53 R5 and PCI DSS. */
const OF_COMPLIANCE_PACKS: readonly KnownFinding[] = [
  {
    tool: 'cdk-nag',
    rules: inPacks('IAMNoInlinePolicy'),
    of: onEach(
      'RestateMachineRoleDefaultPolicy',
      'RestateTaskExecutionRoleDefaultPolicy',
      'RestateSnapshotsRoleDefaultPolicy',
      'RestateMonitoringFlowLogsRoleDefaultPolicy',
    ),
    reason:
      'each role has rights that name the disk, the cluster, the logs and the secrets of one server. As a policy of its own they could be ' +
      'attached to another identity, or another version of them be made the default; inline they come and go with the one role',
  },
  {
    tool: 'cdk-nag',
    rules: inPacks('VPCNoUnrestrictedRouteToIGW'),
    of: onEach('NetworkPublicSubnet1DefaultRoute', 'NetworkPublicSubnet2DefaultRoute'),
    reason:
      'the public subnets of the examples’ network: the internet-facing balancer and the NAT gateway of Orders need the route, in the others ' +
      'nothing stands there. Neither task nor machine ever does (no-public-address), and nothing gets a public address by itself',
  },
  {
    tool: 'cdk-nag',
    rules: inPacks('VPCDefaultSecurityGroupClosed'),
    of: onEach('Network'),
    reason:
      'CloudFormation cannot empty the default group of a VPC; the framework does it with a function that it adds to the stack, and against ' +
      'which checkov has three findings, where it should have none. Nothing of a deployment wears that group',
  },
  {
    tool: 'cdk-nag',
    rules: inPacks('S3BucketReplicationEnabled'),
    of: onEach('RestateBalancerAccessLogsBucket'),
    reason:
      'access logs are kept, encrypted and versioned, in one region, as the server is in one zone. A copy elsewhere is a second place to guard, ' +
      'and to which one is for the account to say: buckets-private refuses replication that nobody asked for',
  },
  {
    tool: 'cdk-nag',
    rules: inPacks('EC2EBSInBackupPlan', ['HIPAA.Security', 'NIST.800.53.R5']),
    of: onEach('RestateData'),
    reason:
      'snapshots are taken every six hours by Data Lifecycle Manager, which the rule does not know, by a role that can take them of this disk and ' +
      'no other; the role of AWS Backup would read every disk. snapshot-restores and its alarm hold it',
  },
  {
    tool: 'cdk-nag',
    rules: inPacks('ELBv2ACMCertificateRequired'),
    of: { Ledger: ['RestateBalancerLoadBalancerListener'] },
    reason: 'callers show certificates, which Envoy verifies: TLS must end there, and the balancer passes it on unread',
  },
];

/** Of the rules of Control Tower. */
const OF_CONTROL_TOWER: readonly KnownFinding[] = [
  {
    tool: 'cfn-guard',
    rules: ['autoscaling_multiple_az_check', 'autoscaling_mixed_instances_policy_multiple_instance_types_check'],
    of: onEach('RestateMachineAutoScalingGroup'),
    reason: 'one machine at a time, in the zone of its disk: a second one would be a second writer of one journal',
  },
  {
    tool: 'cfn-guard',
    rules: ['ec2_launch_template_monitoring_enabled_check'],
    of: onEach('RestateMachineLaunchTemplate'),
    reason:
      'the machine reports every minute by itself, what CloudWatch cannot see from outside included; the rest is the price of a metric',
  },
  {
    tool: 'cfn-guard',
    rules: ['ecs_container_insights_enabled_check'],
    of: onEach('RestateMachineCluster'),
    reason: 'it is "enhanced", which is more than the "enabled" that the rule knows',
  },
  {
    tool: 'cfn-guard',
    rules: ['kms_create_grant_aws_service_check'],
    // the second time as a whole key policy, which it names by no resource
    of: onEach('RestateEncryptionKey', ''),
    reason:
      'who is no administrator of the account may make grants for services of the cloud alone; the rule wants that said a second time as a denial, ' +
      'for the administrators, too, who may change the policy',
  },
  {
    tool: 'cfn-guard',
    rules: ['s3_bucket_object_lock_enabled_check', 's3_event_notifications_enabled_check'],
    of: onEach('RestateBalancerAccessLogsBucket'),
    reason:
      'versions are kept, and who changes them is written down elsewhere (auditBucket). A lock cannot be undone for as long as it was set, and ' +
      'who should be told of each file is for the account to say',
  },
];

export const KNOWN_FINDINGS: readonly KnownFinding[] = [
  ...AGAINST_A_BETTER_GUARD,
  ...OF_COMPLIANCE_PACKS,
  ...OF_CONTROL_TOWER,
];
