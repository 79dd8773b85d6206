import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { UsageError } from './usage-error';

/**
 * Creates a file for a secret, with mode 0600 from its first moment; a key that is already there is never lost.
 *
 * @throws UsageError
 */
export function writeNewSecret(file: string, text: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new UsageError(`${file} exists already and is not overwritten`, 'name another with --output');
    throw new UsageError(
      `${file} cannot be created (${code})`,
      'name a file in a folder that you can write to with --output',
    );
  }
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
