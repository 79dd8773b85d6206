import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const INSTALL_MS = 900_000;

/** The interpreter whose packages hold the emulator: it is installed if it is not there. */
export function deployPython(): string {
  const script = join(__dirname, '../../.ci/python-environment.mjs');
  return execFileSync(process.execPath, [script, 'moto'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: INSTALL_MS,
  }).trim();
}
