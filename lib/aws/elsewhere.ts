import { Stack, Token, TokenComparison, type IResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Whether a resource is known to be in another account or region than the stack, where no endpoint of the node leads. What is unknown
 * until deployment reads as here: there the endpoint refuses what is not.
 */
export function isElsewhere(scope: Construct, { env }: IResource): boolean {
  const { account, region } = Stack.of(scope);
  return differ(env.account, account) || differ(env.region, region);
}

function differ(there: string, here: string): boolean {
  return Token.compareStrings(there, here) === TokenComparison.DIFFERENT;
}
