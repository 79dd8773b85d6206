import { quote, UnsafeConfigurationError } from '../core/errors';
import { assertPublicKey } from './request-identity';

/** Public halves of a request identity, of which the server signs with one. */
export interface IdentityPublicKeys {
  /** The one that the server signs with. */
  readonly publicKey: string;
  /** Those that services accept beside it while it is rotated. */
  readonly alsoAccepted?: readonly string[];
}

/**
 * The keys that services accept, the one that the server signs with first.
 *
 * @throws UnsafeConfigurationError `PublicKeyInvalid`, `PublicKeyRepeated`
 */
export function identityPublicKeys({ publicKey, alsoAccepted = [] }: IdentityPublicKeys): readonly string[] {
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
