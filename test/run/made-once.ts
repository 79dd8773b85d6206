import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/**
 * A folder that one worker of a run of Jest makes and the others find. Whoever comes while it is made waits for it, and makes it himself
 * where that fails or takes too long.
 */
export function madeOnce(name: string, make: (folder: string) => void): string {
  const shared = process.env['PORTCULLIS_TEST_SHARED'];
  if (shared === undefined)
    throw new Error('Jest has made no shared folder: globalSetup is missing in its configuration');
  const folder = join(shared, name);
  const lock = `${folder}.lock`;
  const until = Date.now() + PATIENCE_MS;
  while (!existsSync(folder) && mkdirSync(lock, { recursive: true }) === undefined && Date.now() < until) pause();
  if (existsSync(folder)) return folder;
  const made = mkdtempSync(`${folder}-`);
  try {
    make(made);
  } catch (error) {
    rmSync(lock, { recursive: true, force: true });
    throw error;
  }
  if (!existsSync(folder)) renameSync(made, folder);
  return folder;
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
