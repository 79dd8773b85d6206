import { readSigningKey, type SigningKey } from '../../api-key/signing-key';
import { readSigningKeyFile, SIGNING_KEY_VARIABLE } from '../../api-key/signing-key-file';

/** Where a signing key is written to and looked for when nothing is said. */
export const SIGNING_KEY_FILE: string = 'api-key-signing.pem';

/**
 * The signing key of the file that was named, else of the environment, else of the usual file.
 *
 * @throws UnsafeConfigurationError `SigningKeyInvalid`
 */
export function findSigningKey(named: string | undefined): Promise<SigningKey> {
  const given = process.env[SIGNING_KEY_VARIABLE];
  if (named === undefined && given !== undefined && given !== '') return readSigningKey(given, SIGNING_KEY_VARIABLE);
  return readSigningKeyFile(named ?? SIGNING_KEY_FILE);
}
