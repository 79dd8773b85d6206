// Runs before `npm start` and every kind of test: brings what they need, says what and why, and is silent and quick when nothing is
// missing. From a fresh clone there is no node_modules, so until it is there Node's own modules must do.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, upToDate } from './build.mjs';
import { installPackages, packagesInstalled } from './packages.mjs';
import { installSystemTools } from './system-tools.mjs';

/** The server that the examples name. */
const RESTATE_VERSION = '1.7.12';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

function fail(message) {
  console.error(`setup: ${message}`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node ${process.versions.node} is too old: install Node 20 or later, then run this again`);
}
if (!packagesInstalled(root)) {
  console.error(
    'setup: npm ci: the packages of package-lock.json, each checked against its hash, without their install scripts',
  );
  if (installPackages(root) !== 0) fail('npm ci failed: see its message above');
}
if (!upToDate()) {
  console.error('setup: tsc: lib is newer than dist');
  if (build() !== 0) fail('lib does not compile: see the messages above');
}
if (process.platform === 'linux') {
  const { missingTools } = require('../dist/prove/toolchain/missing-tools.js');
  if (installSystemTools(missingTools()) !== 0) process.exit(1);
  await prefetch().catch((error) => fail(error.message));
}

/** The servers that the proof boots, in the cache that `portcullis prove` itself uses. */
async function prefetch() {
  const { installToolchain } = require('../dist/prove/toolchain/toolchain.js');
  const install = () =>
    installToolchain({ restateVersion: RESTATE_VERSION, onStep: (step) => console.error(`setup: ${step}`) });
  try {
    await install();
  } catch (error) {
    if (error.code !== 'PipMissing') throw error;
    if (installSystemTools([{ tool: 'pip', debianPackage: 'python3-pip' }]) !== 0) process.exit(1);
    await install();
  }
}
