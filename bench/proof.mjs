// How long a proof takes, from the command to its end: `npm run synth && node bench/proof.mjs [runs]`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.argv[2] ?? 3);

function prove() {
  const words = ['dist/cli/main.js', 'prove', 'cdk.out', '--format', 'json'];
  const started = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8', timeout: 600_000 });
  const wallMs = performance.now() - started;
  if (stdout === '') throw new Error(stderr);
  return { wallMs, report: JSON.parse(stdout) };
}

const seconds = (milliseconds) => (milliseconds / 1_000).toFixed(1);
const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

const results = Array.from({ length: runs }, () => {
  const result = prove();
  const { summary, proofs = [] } = result.report;
  const parts = proofs.map((proof) => `${proof.subject} ${seconds(proof.summary.durationMs)} s`).join(', ');
  console.log(`${seconds(result.wallMs)} s: ${summary.attacks} attacks; ${parts}; exit ${summary.exitCode}`);
  return result;
});
console.log(`median of ${runs}: ${seconds(median(results.map(({ wallMs }) => wallMs)))} s`);
