import { quote, UnsafeConfigurationError } from '../core/errors';
import { assertPublicKey } from '../restate/request-identity';
import type { IdentityProps } from './restate-server-props';

/**
 * The keys that services accept, the one that the server signs with first.
 *
 * @throws UnsafeConfigurationError `PublicKeyInvalid`, `PublicKeyRepeated`
 */
export function identityPublicKeys({ publicKey, alsoAccepted = [] }: Omit<IdentityProps, 'secret'>): readonly string[] {
  assertPublicKey(publicKey);
  const keys = [publicKey];
  for (const [index, key] of alsoAccepted.entries()) {
    assertPublicKey(key, `identity.alsoAccepted[${index}]`);
    if (keys.includes(key)) throw repeated(`identity.alsoAccepted[${index}] ${quote(key)}`);
    keys.push(key);
  }
  return keys;
}

function repeated(given: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'PublicKeyRepeated',
    given,
    because: 'it is accepted already, so that a rotation would go on without the key that was meant',
    write: 'give the key that the server signed with before, or will sign with next',
  });
}
