// Runs before `npm start`, `npm test` and `npm run test:mutants`. Brings what they need, says what and why, and is silent when nothing is missing.
// From a fresh clone there is no node_modules, so here and in the files beside it Node's own modules must do.
import { fileURLToPath } from 'node:url';
import { build, upToDate } from './build.mjs';
import { installPackages, packagesInstalled } from './packages.mjs';
import { installTools, missingTools } from './system-tools.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function step(why, run) {
  console.error(`setup: ${why}`);
  const code = run();
  if (code === 0) return;
  console.error(`setup: failed at: ${why}`);
  process.exit(code);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`setup: Node ${process.versions.node} is too old: install Node 20 or later`);
  process.exit(1);
}
if (!packagesInstalled(root)) {
  step('npm ci: the packages of package-lock.json, each checked against its hash, without their install scripts', () =>
    installPackages(root),
  );
}
if (!upToDate()) step('tsc: lib is newer than dist', build);
if (process.platform === 'linux') {
  const missing = missingTools({ pip: false });
  if (missing.length > 0 && installTools(missing) !== 0) process.exit(1);
}
