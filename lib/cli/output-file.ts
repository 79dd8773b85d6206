import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from './usage-error';

/**
 * Throws when a file could not be written, before the work whose result it is to hold.
 *
 * @throws UsageError
 */
export function assertWritable(file: string): void {
  const folder = dirname(resolve(file));
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new UsageError(
      `--output ${file}: ${folder} is no folder that can be written to`,
      'create it, or name another file',
    );
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UsageError(`--output ${file} is a folder`, 'name a file in it');
  }
}

/** Writes a file whole or not at all: whoever reads it meanwhile sees the old one. */
export function writeWhole(file: string, text: string): void {
  const unfinished = `${resolve(file)}.${process.pid}.unfinished`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
