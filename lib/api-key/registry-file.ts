import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiKeyRegistry, parseApiKeyRegistry } from '../core/api-key-registry';
import { UnsafeConfigurationError } from '../core/errors';

const PATIENCE_MS = 5_000;
const PAUSE_MS = 50;

/**
 * Reads a registry; `undefined` where there is none.
 *
 * @throws UnsafeConfigurationError `ApiKeyRegistryInvalid` and what else a registry is refused for
 */
export function readRegistry(file: string): ApiKeyRegistry | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw stuck(file, `it cannot be read (${code})`, 'name another with --registry');
  }
  return parseApiKeyRegistry(text, file);
}

/**
 * Changes a registry, whole or not at all. Of two that change it at once the second sees what the first wrote: the new file is begun
 * under a name that can be taken only once, before the old one is read, and its renaming gives the name free.
 *
 * @param change is given what stands there; what it throws leaves the file as it was
 * @throws UnsafeConfigurationError `ApiKeyRegistryInvalid`, `ApiKeyRegistryStuck`
 */
export async function changeRegistry<Result>(
  file: string,
  change: (
    registry: ApiKeyRegistry | undefined,
  ) => Promise<{ readonly registry: ApiKeyRegistry; readonly result: Result }>,
): Promise<Result> {
  const target = realPath(file);
  const unfinished = `${target}.unfinished`;
  const descriptor = await begin(unfinished, file);
  try {
    const { registry, result } = await change(readRegistry(target));
    const text = `${JSON.stringify(registry, undefined, 2)}\n`;
    parseApiKeyRegistry(text, file);
    const { mode } = statSync(target, { throwIfNoEntry: false }) ?? {};
    if (mode !== undefined) fchmodSync(descriptor, mode & 0o777);
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
    renameSync(unfinished, target);
    return result;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

async function begin(unfinished: string, file: string): Promise<number> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return openSync(unfinished, 'wx', 0o644);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST')
        throw stuck(file, `nothing can be written beside it (${code})`, 'name another with --registry');
    }
    if (Date.now() > until) {
      throw stuck(
        file,
        `somebody else changes it since ${PATIENCE_MS / 1_000} s`,
        `if nobody does, remove ${unfinished}`,
      );
    }
    await sleep(PAUSE_MS);
  }
}

/** A link stays one, and what it leads to is changed. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function stuck(file: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'ApiKeyRegistryStuck',
    given: `the API key registry ${JSON.stringify(file)}`,
    because,
    write,
  });
}
