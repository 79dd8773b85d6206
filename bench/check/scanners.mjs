import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pythonOf } from '../../.ci/python-environment.mjs';

/** Runs a command to its end. */
function run(command, words, options = {}) {
  return spawnSync(command, words, { encoding: 'utf8', timeout: 600_000, maxBuffer: 1 << 28, ...options });
}

/** What a command costs from its start to its end, in ms of wall time: the least of several runs. */
export function leastWall(command, words, { rounds, mayFail = false, ...options }) {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    const { status, stderr, error } = run(command, words, options);
    if (error !== undefined || (status !== 0 && !mayFail)) throw new Error(`${command}: ${error?.message ?? stderr}`);
    return performance.now() - started;
  });
  return Math.min(...times);
}

/** cdk-nag with its pack AwsSolutions: how to run it on a template. */
export const CDK_NAG = {
  command: process.execPath,
  words: (template) => [fileURLToPath(new URL('nag.cjs', import.meta.url)), template],
};

/** checkov, in the version that the tests of the scanners use: how to run it on a template. Installs it where it is not there. */
export async function checkov() {
  const options = ['--quiet', '--compact', '--skip-download', '--framework', 'cloudformation'];
  return {
    command: await pythonOf('scanners'),
    words: (template) => ['-m', 'checkov.main', ...options, '--file', template],
    options: { mayFail: true },
  };
}
