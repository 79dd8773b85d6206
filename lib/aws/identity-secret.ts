import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { isElsewhere } from './elsewhere';

/**
 * Refuses a secret that the node could not read.
 *
 * @throws UnsafeConfigurationError `IdentitySecretElsewhere`
 */
export function assertSecretHere(scope: Construct, secret: ISecret): void {
  if (!isElsewhere(scope, secret)) return;
  throw new UnsafeConfigurationError({
    code: 'IdentitySecretElsewhere',
    given: `identity.secret is in ${quote(`${secret.env.account}/${secret.env.region}`)}`,
    because:
      'the endpoint that the node has instead of a way out leads to the secrets of its own account and region alone',
    write: 'store the key in a secret beside the stack',
  });
}
