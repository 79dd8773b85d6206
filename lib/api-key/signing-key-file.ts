import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import type { UnsafeConfigurationError } from '../core/errors';
import { readSigningKey, type SigningKey, signingKeyInvalid } from './signing-key';

/** The variable that may hold the signing key itself, where it lives in a store of secrets and not in a file. */
export const SIGNING_KEY_VARIABLE: string = 'PORTCULLIS_API_KEY_SIGNING_KEY';

const OTHERS = 0o077;

/**
 * Reads the signing key from a file that its owner alone can read.
 *
 * @throws UnsafeConfigurationError `SigningKeyInvalid`
 */
export async function readSigningKeyFile(file: string): Promise<SigningKey> {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY);
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    // asked of what was opened, so that nobody puts another file in its place between the question and the reading
    const { mode } = fstatSync(descriptor);
    if ((mode & OTHERS) !== 0) {
      const given = (mode & 0o777).toString(8);
      throw signingKeyInvalid(
        file,
        `its mode ${given} lets others at it, who may have copied it; chmod 600 if they are trusted`,
      );
    }
    return await readSigningKey(textOf(descriptor, file), file);
  } finally {
    closeSync(descriptor);
  }
}

function textOf(descriptor: number, file: string): string {
  try {
    return readFileSync(descriptor, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): UnsafeConfigurationError {
  return signingKeyInvalid(file, `it cannot be read (${(error as NodeJS.ErrnoException).code})`);
}
