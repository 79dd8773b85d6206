// What our synthesis costs against the same template made with aws-cdk-lib alone, as CPU time of the whole process:
// `npm run synth && node bench/synth.mjs [rounds]`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const { textsOf } = createRequire(import.meta.url)('./bare-app/texts.cjs');
const rounds = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'));

/** Synthesises and returns the CPU time in ms, all threads, from the start of the process to its end. */
function cpuMs(app, out) {
  const words = ['--require', join(root, 'bench/bare-app/cpu-time.cjs'), app];
  const env = {
    ...process.env,
    CDK_VALIDATION: 'false',
    CDK_OUTDIR: join(folder, out),
    BARE_TEXTS: join(folder, 'texts.json'),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: root,
    env,
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout.trim().split('\n').at(-1));
}

const template = (out) => JSON.parse(readFileSync(join(folder, out, 'Orders.template.json'), 'utf8'));
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

try {
  const ours = join(root, 'bench/synth-app.cjs');
  const bare = join(root, 'bench/bare-app/app.cjs');
  cpuMs(ours, 'ours');
  writeFileSync(join(folder, 'texts.json'), JSON.stringify(textsOf(template('ours'))));
  cpuMs(bare, 'bare');
  if (!isDeepStrictEqual(template('ours'), template('bare')))
    throw new Error('the templates differ: see test/aws/synthesis.test.ts');
  const pairs = Array.from({ length: rounds }, () => [cpuMs(ours, 'ours'), cpuMs(bare, 'bare')]);
  const [our, their] = [0, 1].map((side) => median(pairs.map((pair) => pair[side])));
  console.log(`CPU of one synthesis, median of ${rounds}: ours ${our} ms, aws-cdk-lib alone ${their} ms`);
  console.log(
    `ratio ${(our / their).toFixed(2)} (median of the pairs ${median(pairs.map(([one, other]) => one / other)).toFixed(2)})`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
