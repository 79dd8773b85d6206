import type { Reference, Text } from '../text';
import type { Resources } from './resources';

const PARTITION: Reference = { logicalId: 'AWS::Partition' };
const REGION: Reference = { logicalId: 'AWS::Region' };
const ACCOUNT: Reference = { logicalId: 'AWS::AccountId' };

/** By type: the attributes that give its ARN (`''` is a `Ref`), the service, and what of the ARN stands before and after its name. */
const ARNS: ReadonlyMap<string, readonly [readonly string[], string, 'regional' | 'global' | 'bare', string, string]> =
  new Map([
    ['AWS::KMS::Key', [['Arn'], 'kms', 'regional', 'key/', '']],
    ['AWS::S3::Bucket', [['Arn'], 's3', 'bare', '', '']],
    ['AWS::Logs::LogGroup', [['Arn'], 'logs', 'regional', 'log-group:', ':*']],
    ['AWS::SecretsManager::Secret', [['', 'Id'], 'secretsmanager', 'regional', 'secret:', '']],
    ['AWS::IAM::Role', [['Arn'], 'iam', 'global', 'role/', '']],
    ['AWS::IAM::User', [['Arn'], 'iam', 'global', 'user/', '']],
    ['AWS::IAM::ManagedPolicy', [['', 'PolicyArn'], 'iam', 'global', 'policy/', '']],
    ['AWS::IAM::InstanceProfile', [['Arn'], 'iam', 'global', 'instance-profile/', '']],
    ['AWS::Lambda::Function', [['Arn'], 'lambda', 'regional', 'function:', '']],
    ['AWS::ECS::Cluster', [['Arn'], 'ecs', 'regional', 'cluster/', '']],
    ['AWS::SQS::Queue', [['Arn'], 'sqs', 'regional', '', '']],
    ['AWS::SNS::Topic', [['', 'TopicArn'], 'sns', 'regional', '', '']],
    ['AWS::EFS::FileSystem', [['Arn'], 'elasticfilesystem', 'regional', 'file-system/', '']],
    ['AWS::ECR::Repository', [['Arn'], 'ecr', 'regional', 'repository/', '']],
  ]);

/** A text with each ARN of a resource of the file written out, so that it is the same however the template says it. */
export function withArns(text: Text, resources: Resources): Text {
  return merged(text.flatMap((part) => (typeof part === 'string' ? [part] : (arnOf(part, resources) ?? [part]))));
}

function arnOf({ logicalId, attribute = '' }: Reference, resources: Resources): Text | undefined {
  const [attributes = [], service = '', place, before = '', after = ''] =
    ARNS.get(resources.typeOf(logicalId) ?? '') ?? [];
  if (!attributes.includes(attribute)) return undefined;
  const where: Text = place === 'regional' ? [REGION, ':', ACCOUNT] : place === 'global' ? [':', ACCOUNT] : [':'];
  return ['arn:', PARTITION, `:${service}:`, ...where, `:${before}`, { logicalId }, after];
}

/** Adjacent literals become one, so that equal texts look equal. */
function merged(text: Text): Text {
  const whole: (string | Reference)[] = [];
  for (const part of text) {
    const last = whole.at(-1);
    if (typeof part === 'string' && typeof last === 'string') whole[whole.length - 1] = last + part;
    else if (part !== '') whole.push(part);
  }
  return whole;
}
