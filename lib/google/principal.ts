import { isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';

/** Who somebody is, as IAM writes it. The last two are people and workloads of a federated pool. */
const PRINCIPAL =
  /^(?:user:[^\s@:]+@[^\s@:]+|group:[^\s@:]+@[^\s@:]+|serviceAccount:[^\s@:]+@[^\s@:]+\.gserviceaccount\.com|principal(?:Set)?:\/\/iam\.googleapis\.com\/\S*[^\s/*])$/;
/** The address may be known only at deployment; what kind of principal it is may not. */
const COMING = /^(?:user|group|serviceAccount):[^:]*$/;

/**
 * One principal of IAM by name: `user:`, `group:`, `serviceAccount:`, `principal:` or `principalSet:`. Never everybody: no `allUsers`, no
 * `allAuthenticatedUsers`, no `domain:`, no whole pool.
 *
 * @throws UnsafeConfigurationError `PrincipalInvalid`
 */
export function assertPrincipal(what: string, principal: string): void {
  if (typeof principal === 'string' && (isToken(principal) ? COMING : PRINCIPAL).test(principal)) return;
  throw new UnsafeConfigurationError({
    code: 'PrincipalInvalid',
    given: `${what} names ${quote(principal)}`,
    because: 'it is nobody that IAM knows, or so many that they are as good as everybody',
    write: "name people and groups one by one: 'group:ops@example.com', 'user:ada@example.com'",
  });
}
