// What it costs to import portcullis/google against importing cdktf and the modules of the provider that it uses, each in a process of its
// own: `npm run build && node bench/google-import.mjs [rounds]`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, wholeProcess } from './google/whole-process.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const rounds = Number(process.argv[2] ?? 15);
const TARGET = 1.3;

/** The modules of the provider that are loaded with ours. */
function providerModules() {
  const script = `require('./dist/google/index.js'); console.log(JSON.stringify(Object.keys(require.cache)));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const paths = JSON.parse(stdout).map((path) => /provider-google\/lib\/([^/]+)\/index\.js$/.exec(path)?.[1]);
  return paths.filter((name) => name !== undefined);
}

const modules = providerModules();
const ours = () => wholeProcess([join(root, 'bench/google/import-ours.cjs')]);
const bare = () => wholeProcess([join(root, 'bench/google/import-bare.cjs'), ...modules]);
ours();
bare();
const pairs = Array.from({ length: rounds }, (_, round) => {
  const first = round % 2 === 0 ? ours() : bare();
  const second = round % 2 === 0 ? bare() : ours();
  return round % 2 === 0 ? [first, second] : [second, first];
});
for (const measure of ['cpu', 'wall', 'memory']) {
  const [our, their] = [0, 1].map((side) => median(pairs.map((pair) => pair[side][measure])));
  const ratio = median(pairs.map(([one, other]) => one[measure] / other[measure]));
  const unit = measure === 'memory' ? 'MB' : 'ms';
  console.log(
    `${measure}: ours ${our} ${unit}, cdktf and ${modules.length} modules ${their} ${unit}, ratio ${ratio.toFixed(2)}`,
  );
  if (measure === 'cpu' && ratio > TARGET) process.exitCode = 1;
}
