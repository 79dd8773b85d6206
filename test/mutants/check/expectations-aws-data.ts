import { ALARM, KEYS, NODE, RIGHTS, TRAIL } from './claims-on-aws';
import type { Expectation } from './expectation';

/** What is said of single changes to templates of CloudFormation: rights, stores and what watches over them. */
export const EXPECTED_OF_AWS_DATA: readonly Expectation[] = [
  // Whom alarms tell
  { at: /^AWS::CloudWatch::Alarm .*\.AlarmActions(?:\[\d\])?$/, by: /^(?:delete|empty)$/, claims: ['alarms-present'] },
  { at: /^AWS::SNS::Topic \S+ \.Properties(?:\.KmsMasterKeyId)?$/, claims: [...KEYS, 'secret-readers-exact'] },
  { at: /^AWS::SNS::Topic /, refused: 'a file that names a topic which it does not have' },
  { at: /^AWS::SNS::TopicPolicy .*\.Statement$/, by: /^extra/, claims: ['alarms-present'] },
  { at: /^AWS::SNS::TopicPolicy .*\[1\]\.Condition/, by: /^(?:delete|star)$/, claims: ['alarms-present'] },
  { at: /^AWS::SNS::TopicPolicy .*\[1\]\.Principal\.Service$/, by: /^star$/, claims: ['alarms-present'] },
  { at: /^AWS::SNS::TopicPolicy .*\[1\]\.Action$/, by: /^(?:star|whole-\w+)$/, claims: ['alarms-present'] },
  { at: /^AWS::SNS::TopicPolicy .*SSLOnly\]\.Effect$/, by: /^weaker-Allow$/, claims: ['alarms-present'] },
  {
    at: /^AWS::SNS::TopicPolicy .*SSLOnly\]/,
    refused: 'whom the policy lets in is a service of the cloud, which never comes without TLS',
  },
  { at: /^AWS::SNS::TopicPolicy /, refused: 'a policy that SNS does not take, or a topic that less is written to' },

  // Rights
  { at: /^AWS::IAM::Policy \S+ \.Properties\.PolicyDocument\.Statement$/, by: /^extra/, claims: RIGHTS },
  { at: /^AWS::IAM::Role \S+ \.Properties$/, by: /^with/, claims: RIGHTS },
  { at: /^AWS::IAM::Role .*\.Statement$/, by: /^extra/, claims: RIGHTS },
  {
    at: /^AWS::IAM::Policy .*\.Condition\.ForAllValues:StringEquals\.aws:TagKeys(?:\[\w*\])?$/,
    claims: RIGHTS,
  },
  {
    at: /^AWS::IAM::(?:Policy|Role) .*\.Condition(?:\.\S+)?$/,
    by: /^(?:delete|star|piece-star|empty)$/,
    claims: [...RIGHTS, ...NODE, 'snapshot-restores'],
  },
  { at: /^AWS::IAM::Policy .*\.Condition\.Bool\S+$/, by: /^flip$/, claims: [...RIGHTS, ...NODE, 'snapshot-restores'] },
  { at: /^AWS::IAM::Policy .*\.Action(?:\[\w*\])?$/, by: /^(?:star|whole-service|whole-verb)$/, claims: RIGHTS },
  {
    at: /^AWS::IAM::Policy .*\.Resource(?:\[\w*\])?(?:\.Fn::Join\S*)?$/,
    by: /^(?:star|piece-star)$/,
    claims: RIGHTS,
  },
  { at: /^AWS::IAM::Role .*\.Principal(?:\.\w+)?$/, by: /^star$/, claims: RIGHTS },
  { at: /^AWS::IAM::/, refused: 'less may be done, by nobody else' },

  // Keys and stores
  {
    at: /^AWS::KMS::Key \S+ \.(?:DeletionPolicy|UpdateReplacePolicy)$/,
    by: /^(?:delete|weaker-Delete)$/,
    claims: ['storage-retained'],
  },
  { at: /^AWS::KMS::Key \S+ \.Properties\.EnableKeyRotation$/, claims: KEYS },
  { at: /^AWS::KMS::Key \S+ \.Properties\.KeyPolicy\.Statement$/, by: /^extra/, claims: KEYS },
  { at: /^AWS::KMS::Key .*\.Condition/, by: /^(?:delete|star|flip)$/, claims: [...KEYS, ...NODE] },
  { at: /^AWS::KMS::Key .*\[Allow kms:\* 0\]/, refused: 'the account itself, which is who the key belongs to' },
  {
    at: /^AWS::KMS::Key .*\[Allow kms:DescribeKey 1\]\.Action\[0?\]$/,
    by: /^whole-verb$/,
    refused: 'what describes a key decrypts nothing',
  },
  { at: /^AWS::KMS::Key .*\.Action(?:\[\w*\])?$/, by: /^(?:star|whole-service|whole-verb)$/, claims: KEYS },
  { at: /^AWS::KMS::Key .*\.Principal(?:\.\w+)?$/, by: /^star$/, claims: KEYS },
  {
    at: /^AWS::KMS::Key \S+ \.Properties$/,
    by: /^with-(?:Enabled|Origin)$/,
    claims: ['disks-encrypted-own-key', 'storage-retained'],
  },
  { at: /^AWS::KMS::Key /, refused: 'a key that less is done with, or none' },
  { at: /^AWS::EC2::Volume \S+ \.Properties\.(?:Encrypted|KmsKeyId)$/, by: /^(?:delete|flip)$/, claims: KEYS },
  {
    at: /^AWS::(?:EC2::Volume|S3::Bucket|Logs::LogGroup) \S+ \.(?:DeletionPolicy|UpdateReplacePolicy)$/,
    by: /^(?:delete|weaker-Delete)$/,
    claims: ['storage-retained', ...TRAIL],
  },
  { at: /^AWS::EC2::Volume /, refused: 'a disk that cannot be, elsewhere or of another size' },
  {
    at: /^AWS::S3::Bucket \S+ \.Properties\.BucketEncryption(?:\.\S*(?:SSEAlgorithm|KMSMasterKeyID|ByDefault|Configuration))?$/,
    by: /^(?:delete|empty|weaker)/,
    claims: [...KEYS, 'buckets-private'],
  },
  {
    at: /^AWS::S3::Bucket \S+ \.Properties\.PublicAccessBlockConfiguration/,
    by: /^(?:delete|flip)$/,
    claims: ['buckets-private'],
  },
  {
    at: /^AWS::S3::Bucket \S+ \.Properties\.VersioningConfiguration/,
    by: /^(?:delete|weaker-Suspended)$/,
    claims: ['buckets-private'],
  },
  {
    at: /^AWS::S3::Bucket \S+ \.Properties\.OwnershipControls/,
    by: /^(?:delete|empty|weaker)/,
    claims: ['buckets-private'],
  },
  {
    at: /^AWS::S3::Bucket \S+ \.Properties$/,
    by: /^(?:delete|with-AccessControl)$/,
    claims: ['buckets-private', ...KEYS],
  },
  {
    at: /^AWS::S3::Bucket \S+ \.Properties\.LifecycleConfiguration\S*\.ExpirationInDays$/,
    by: /^zero$/,
    claims: TRAIL,
  },
  { at: /^AWS::S3::Bucket /, refused: 'a bucket that cannot be, or keeps for another while' },
  { at: /^AWS::S3::BucketPolicy \S+ (?:\.Properties)?$/, claims: ['buckets-private', ...TRAIL] },
  {
    at: /^AWS::S3::BucketPolicy \S+ \.Properties\.PolicyDocument\.Statement$/,
    by: /^(?:extra|delete|empty)/,
    claims: ['buckets-private', ...TRAIL],
  },
  { at: /^AWS::S3::BucketPolicy .*\[Deny s3:\* \d\]$/, by: /^delete$/, claims: ['buckets-private'] },
  { at: /^AWS::S3::BucketPolicy .*\[Deny s3:\* \d\]\.Effect$/, by: /^weaker/, claims: ['buckets-private'] },
  {
    at: /^AWS::S3::BucketPolicy .*\[Deny s3:\* \d\]\.Condition.*aws:SecureTransport$/,
    by: /^flip$/,
    claims: ['buckets-private'],
  },
  { at: /^AWS::S3::BucketPolicy .*\[Allow .*\.Condition/, by: /^(?:delete|star)$/, claims: ['buckets-private'] },
  {
    at: /^AWS::S3::BucketPolicy .*\[Allow .*\.(?:Action|Principal)(?:\.\w+)?$/,
    by: /^(?:star|whole-service)$/,
    claims: ['buckets-private', ...TRAIL],
  },
  { at: /^AWS::S3::BucketPolicy /, refused: 'less is allowed, or more refused' },

  // What is written down, and what wakes somebody
  { at: /^AWS::Logs::LogGroup \S+ \.Properties\.KmsKeyId$/, by: /^delete$/, claims: KEYS },
  { at: /^AWS::Logs::LogGroup \S+ \.Properties\.RetentionInDays$/, by: /^zero$/, claims: TRAIL },
  { at: /^AWS::Logs::LogGroup /, refused: 'a log that cannot be, or keeps for another while' },
  { at: /^AWS::EC2::FlowLog \S+ (?:\.Properties)?$/, claims: TRAIL },
  {
    at: /^AWS::EC2::FlowLog \S+ \.Properties\.(?:TrafficType|ResourceId|LogGroupName)$/,
    by: /^(?:weaker-ACCEPT|another-of-its-type)$/,
    claims: TRAIL,
  },
  { at: /^AWS::EC2::FlowLog /, refused: 'a log that cannot be, or is written at another pace' },
  {
    at: /^AWS::CloudWatch::Alarm \S+ (?:\.Properties(?:\.(?:Dimensions|Metrics))?)?$/,
    by: /^(?:delete|empty)$/,
    claims: ALARM,
  },
  { at: /^AWS::CloudWatch::Alarm \S+ \.Properties\.ActionsEnabled$/, by: /^flip$/, claims: ALARM },
  { at: /^AWS::CloudWatch::Alarm \S+ \.Properties\.ComparisonOperator$/, by: /^weaker/, claims: ALARM },
  { at: /^AWS::CloudWatch::Alarm \S+ \.Properties\.(?:Namespace|MetricName)$/, by: /^(?:other|star)$/, claims: ALARM },
  {
    at: /^AWS::CloudWatch::Alarm \S+ \.Properties\.Dimensions\[\w+\](?:\.Value)?$/,
    by: /^(?:delete|star|unknown-text|another-of-its-type)$/,
    claims: ALARM,
  },
  {
    at: /^AWS::CloudWatch::Alarm \S+Alarms(?:Errors|Denied|RateLimited|AdminDenied|Disk) \.Properties\.Threshold$/,
    by: /^bigger$/,
    claims: ALARM,
  },
  {
    at: /^AWS::CloudWatch::Alarm \S+Alarms(?:Certificate|AdminCertificate|RevocationList|ApiKeys|Health) \.Properties\.Threshold$/,
    by: /^(?:zero|negative)$/,
    claims: ALARM,
  },
  { at: /^AWS::CloudWatch::Alarm \S+ \.Properties\.EvaluationPeriods$/, by: /^bigger$/, claims: ALARM },
  {
    at: /^AWS::CloudWatch::Alarm \S+Alarms(?:Health|Disk|Snapshots) \.Properties\.TreatMissingData$/,
    by: /^(?:weaker|delete)/,
    claims: ALARM,
  },
  {
    at: /^AWS::CloudWatch::Alarm \S+ .*\.(?:ComparisonOperator|Expression|MetricName|Namespace|Stat|Statistic)$/,
    claims: ALARM,
  },
  { at: /^AWS::CloudWatch::Alarm /, refused: 'an alarm that cannot be, or wakes somebody a little earlier or later' },
  {
    at: /^AWS::Logs::MetricFilter \S+Metrics(?:Calls|ApiKeyExpiry) /,
    refused: 'a number that no alarm needs, or that is reckoned another way',
  },
  { at: /^AWS::Logs::MetricFilter \S+ (?:\.Properties)?$/, by: /^delete$/, claims: ALARM },
  {
    at: /^AWS::Logs::MetricFilter \S+ \.Properties\.(?:FilterPattern|LogGroupName|MetricTransformations\[\w*\]\.(?:MetricName|MetricNamespace))$/,
    by: /^(?:other|another-of-its-type|unknown-text)$/,
    claims: ALARM,
  },
  {
    at: /^AWS::Logs::MetricFilter \S+ \.Properties\.MetricTransformations\[\w*\]\.MetricValue$/,
    by: /^zero$/,
    claims: ALARM,
  },
  {
    at: /^AWS::Logs::MetricFilter \S+ .*\.(?:FilterPattern|LogGroupName|MetricName|MetricNamespace|MetricTransformations|MetricValue)$/,
    claims: ALARM,
  },
  { at: /^AWS::Logs::MetricFilter /, refused: 'a number that cannot be, or that stands for more' },
  { at: /^AWS::DLM::LifecyclePolicy \S+ (?:\.Properties)?$/, claims: ['snapshot-restores', ...ALARM] },
  { at: /^AWS::DLM::LifecyclePolicy \S+ \.Properties\.State$/, by: /^weaker/, claims: ['snapshot-restores'] },
  {
    at: /^AWS::DLM::LifecyclePolicy \S+ \.Properties\.PolicyDetails\.TargetTags(?:\[\S+)?$/,
    by: /^(?:delete|empty|star|unknown-text)$/,
    claims: ['snapshot-restores', ...RIGHTS],
  },
  {
    at: /^AWS::DLM::LifecyclePolicy \S+ .*\.CreateRule\.Interval$/,
    by: /^bigger$/,
    claims: ['snapshot-restores', ...ALARM],
  },
  { at: /^AWS::DLM::LifecyclePolicy /, refused: 'a schedule that cannot be, or another time of day' },
];
