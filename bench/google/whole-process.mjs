import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const METER = fileURLToPath(new URL('meter.cjs', import.meta.url));

/** What a process costs from its start to its end: CPU of all threads and wall time in ms, peak of its memory in MB. */
export function wholeProcess(words, environment = {}) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', METER, ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    timeout: 120_000,
  });
  const wall = Math.round(performance.now() - started);
  if (status !== 0) throw new Error(stderr);
  return { wall, ...JSON.parse(stdout.trim().split('\n').at(-1)) };
}

export function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
