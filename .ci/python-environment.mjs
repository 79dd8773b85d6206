// The Python interpreter of an environment in the cache: `node .ci/python-environment.mjs scanners` prints its path, after installing what
// .ci/requirements/scanners.txt locks, if it is not there yet. Programs are started as modules of it: `PATH -m checkov.main`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const TIMEOUT_MS = 900_000;
const INTERPRETER = 'bin/python';

/** What each environment is for, and about how much is fetched. */
const STEPS = {
  scanners: 'installing checkov and cfn-lint (pip, 100 MB): the scanners that the templates are held against',
  moto: 'installing moto (pip, 40 MB): the emulation of AWS that the templates are deployed to',
};

/**
 * Absolute path of the interpreter of an environment. Made once for each content of its lock, beside its place, and renamed when it is
 * whole: an environment that is half there is never taken for one.
 */
export async function pythonOf(name, onStep = (step) => console.error(`setup: ${step}`)) {
  if (STEPS[name] === undefined) throw new Error(`there is no environment ${name}: ${Object.keys(STEPS).join(', ')}`);
  const { installCached } = require('../dist/prove/toolchain/cache.js');
  const lock = fileURLToPath(new URL(`requirements/${name}.txt`, import.meta.url));
  const version = createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 16);
  const tool = {
    folder: `python-${name}-${version}`,
    step: STEPS[name],
    entry: INTERPRETER,
    install: async (folder) => install(folder, lock),
  };
  const [python] = await installCached([tool], onStep);
  return python;
}

function install(folder, lock) {
  // without pip of its own: Debian has venv in python3, and what venv takes pip from in a package of its own
  run('python3', ['-m', 'venv', '--without-pip', folder], 'the Python environment could not be made');
  const python = join(folder, INTERPRETER);
  const options = ['--quiet', '--require-hashes', '--no-deps', '--only-binary', ':all:', '--requirement', lock];
  run(
    'python3',
    ['-m', 'pip', '--python', python, 'install', ...options],
    'the locked packages could not be installed',
  );
  run(python, ['-c', VERSIONS, lock], 'pip says that it has installed the locked packages, and has not');
}

/** A setting of pip's can put the packages elsewhere. */
const VERSIONS = `
import importlib.metadata, re, sys
for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\\\]+)", open(sys.argv[1]).read(), re.M):
    assert importlib.metadata.version(name) == version, name + " is not " + version
`;

function run(command, words, what) {
  const options = { encoding: 'utf8', stdio: ['ignore', 2, 'pipe'], timeout: TIMEOUT_MS };
  const { status, error, stderr } = spawnSync(command, words, options);
  if (status === 0) return;
  if (error?.code === 'ENOENT' || /No module named (?:pip|venv)|no such option: --python/.test(stderr)) {
    throw new Error(
      'there is no python3 with venv and pip 22.3 or later: run `apt-get install python3-venv python3-pip`',
    );
  }
  throw new Error(`${what}: ${(error?.message ?? stderr).trim().slice(-600)}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(await pythonOf(process.argv[2] ?? ''));
  } catch (error) {
    console.error(`setup: ${error.message}`);
    process.exitCode = 1;
  }
}
