import type { Text } from '../../artifact/text';

/** An ARN in the account and region of the stack, as a template says it. */
export function ownArn(service: string, ...name: Text): Text {
  return [
    'arn:',
    { logicalId: 'AWS::Partition' },
    `:${service}:`,
    { logicalId: 'AWS::Region' },
    ':',
    { logicalId: 'AWS::AccountId' },
    ':',
    ...name,
  ];
}

/** The ARN of a bucket of the file, and of what is in it. */
export function bucketArn(id: string, ...rest: Text): Text {
  return ['arn:', { logicalId: 'AWS::Partition' }, ':s3:::', { logicalId: id }, ...rest];
}

/** The ARN of a snapshot, which is of no account. */
export const ANY_SNAPSHOT: Text = [
  'arn:',
  { logicalId: 'AWS::Partition' },
  ':ec2:',
  { logicalId: 'AWS::Region' },
  `::snapshot/snap-${'0'.repeat(17)}`,
];
