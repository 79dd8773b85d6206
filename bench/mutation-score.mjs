// Single faults in the examples, told by `portcullis check` and by other scanners: `npm run build && node bench/mutation-score.mjs [mutants a
// cloud] [seed] > bench/mutation-score.md`. The same tree gives the same Markdown; what it is doing, and how long that took, is said aside.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { chosen, claimOf } from './mutation-score/choice.mjs';
import { killsOf } from './mutation-score/kills.mjs';
import { scanAll, stopScanning } from './mutation-score/scan.mjs';
import { tablesOf, WHAT_COUNTS } from './mutation-score/tables.mjs';

const [count, seed] = [Number(process.argv[2] ?? 300), Number(process.argv[3] ?? 1)];
const CLOUDS = { aws: 'AWS', google: 'Google Cloud' };
const ENDING = { aws: 'template.json', google: 'tf.json' };
const READS = { aws: 'cloudformation', google: 'terraform' };

const folder = mkdtempSync(join(tmpdir(), 'portcullis-mutation-score-'));
process.env.CDK_VALIDATION = 'false';
// whatever a process that is ended leaves is in here
process.env.TMPDIR = folder;
process.env.PORTCULLIS_TEST_SHARED = join(folder, 'examples');
const require = createRequire(import.meta.url);
require('./mutation-score/typescript.cjs');
const { changed, generatedOf, kindOf, textOf } = require('../test/mutants/check/generated.ts');
const { judged } = require('../test/mutants/check/judged.ts');
const { sampled } = require('../test/mutants/check/sample.ts');
const { EXAMPLES } = require('../test/check/examples.ts');
const { SCANNERS } = require('../test/scanners/scanners.ts');
const { version } = require('../package.json');

const secure = new Map();
const leave = () => {
  stopScanning();
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    leave();
    process.exit(1);
  });
}

const started = performance.now();
const say = (what) => console.error(`${((performance.now() - started) / 1_000).toFixed(0)} s: ${what}`);
try {
  if (!(count > 0) || !Number.isInteger(count) || !Number.isInteger(seed)) throw new Error('how many, and which seed?');
  mkdirSync(process.env.PORTCULLIS_TEST_SHARED);
  const parts = [];
  for (const cloud of Object.keys(CLOUDS)) parts.push(await scored(cloud));
  const options = { ...(await resolveConfig(import.meta.filename)), parser: 'markdown' };
  process.stdout.write(
    await format(['# Single faults, and who tells them', WHAT_COUNTS, ...parts].join('\n\n'), options),
  );
} finally {
  leave();
}

/** Every mutant of a cloud before every scanner that reads such files. */
async function scored(cloud) {
  const mutants = chosen(
    generatedOf(cloud).filter((mutant) => 'claims' in (mutant.expectation ?? {}) && changed(mutant) !== undefined),
    { count, seed, sampled, kindOf },
  );
  say(`${mutants.length} mutants of ${CLOUDS[cloud]}`);
  const write = (name, text) => {
    const file = join(folder, `${name}.${ENDING[cloud]}`);
    // in lines, as the frameworks write it: some rules read lines
    writeFileSync(file, JSON.stringify(JSON.parse(text), undefined, 1));
    return file;
  };
  const examples = Object.keys(EXAMPLES).filter((example) => EXAMPLES[example] === cloud);
  const untouched = new Map(examples.map((example) => [example, write(example, textOf(example))]));
  const files = mutants.map((mutant, index) => write(`${cloud}-${index}`, changed(mutant)));
  const ours = files.map((file, index) =>
    told(mutants[index], judged(mutants[index].example, readFileSync(file, 'utf8'))),
  );
  say('all of them checked');
  const others = SCANNERS.filter(({ reads }) => reads.includes(READS[cloud]));
  const found = await scanAll(others, [...untouched.values(), ...files], availableParallelism());
  say('all of them scanned');
  const results = mutants.map((mutant, index) => ({
    claim: claimOf(mutant),
    ...killsOf(found, files[index], untouched.get(mutant.example), ours[index]),
  }));
  const counted = (name) => [...untouched.values()].reduce((sum, file) => sum + found.get(name).get(file).length, 0);
  return tablesOf({
    cloud: CLOUDS[cloud],
    results,
    tools: [
      { name: 'portcullis check', version, runs: 'every claim', own: true, findings: wrongWithout(examples) },
      ...others.map((scanner) => ({ ...scanner, version: scanner.version(), findings: counted(scanner.name) })),
    ],
  });
}

/** Ours must say which claim it is: one that fits the fault, and that was not wrong before; and end with the exit code 1. */
function told({ expectation, example }, result) {
  if (result === 'refused') return { killed: true, refused: true };
  const before = judgedUntouched(example);
  const fits = (id) => ['broken', 'unproven'].some((verdict) => result[verdict].has(id) && !before[verdict].has(id));
  return { killed: result.exitCode === 1 && expectation.claims.some(fits), refused: false };
}

function judgedUntouched(example) {
  if (!secure.has(example)) secure.set(example, judged(example, textOf(example)));
  return secure.get(example);
}

function wrongWithout(examples) {
  const results = examples.map(judgedUntouched);
  return results.reduce((sum, { broken, unproven }) => sum + broken.size + unproven.size, 0);
}
