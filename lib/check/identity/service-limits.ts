import type { AccessStatement } from '../../artifact/access-policy';
import type { Text } from '../../artifact/text';
import { isExact, isLimited } from './limits';
import { fieldsOf, type OwnAccount } from './own-account';

/** Keys that say for which account a service acts, by number. */
const ACCOUNTS = ['aws:SourceAccount', 'kms:CallerAccount', 'aws:PrincipalAccount'] as const;
/** Keys that say for which resource it acts, by its ARN. */
const ARNS = ['aws:SourceArn', 'kms:EncryptionContext:aws:logs:arn'] as const;

/**
 * Whether what a service of the cloud is allowed is limited to what it does for this account: else it can be made to do it by anybody who
 * uses that service, too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function isForAccount(statement: AccessStatement, own: OwnAccount): boolean {
  return (
    ACCOUNTS.some((key) => isLimited(statement, { key, accepts: own.is })) ||
    ARNS.some((key) => isLimited(statement, { key, accepts: (arn) => ownsArn(arn, own) }))
  );
}

/** The service and the account stand in it; behind them there may be wildcards. */
function ownsArn(arn: Text, own: OwnAccount): boolean {
  const [, , service = []] = fieldsOf(arn);
  return own.owns(arn) === true && isExact(service);
}
