import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';

/** Reading one log group; the framework's own grant lists all of the account, too. */
export function grantReadLogs({ logGroupArn }: ILogGroup, grantee: IGrantable): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents'],
    resourceArns: [logGroupArn],
  });
}
