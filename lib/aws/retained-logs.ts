import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Properties of {@link retainedLogs}. */
export interface RetainedLogsProps {
  readonly encryptionKey: IKey;
  /** @default RetentionDays.ONE_YEAR */
  readonly retention: RetentionDays | undefined;
}

/** What the containers wrote, encrypted; it outlives the stack, because that is when it is asked for. */
export function retainedLogs(scope: Construct, { encryptionKey, retention }: RetainedLogsProps): LogGroup {
  return new LogGroup(scope, 'Logs', {
    encryptionKey,
    retention: retention ?? RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
