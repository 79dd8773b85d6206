import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const CDK_NAG = '3.0.2';
const CHECKOV = '3.3.30';

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

const NAG = `
const { App, Stack, CfnInclude } = { ...require('aws-cdk-lib'), ...require('aws-cdk-lib/cloudformation-include') };
const { AwsSolutionsChecks } = require('cdk-nag');
const app = new App();
const stack = new Stack(app, 'Included');
new CfnInclude(stack, 'Template', { templateFile: process.argv[2] });
console.log(new AwsSolutionsChecks(app).validateScope(app).violations.length);
`;

/** cdk-nag with its pack AwsSolutions, installed into a folder: how to run it on a template. `undefined`: it cannot be. */
export function cdkNag(folder, modules) {
  // Without one, npm installs into whatever package the folder stands in.
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const installed = run(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps', `cdk-nag@${CDK_NAG}`],
    { cwd: folder },
  );
  if (installed.status !== 0) return undefined;
  writeFileSync(join(folder, 'nag.cjs'), NAG);
  return {
    command: process.execPath,
    words: (template) => [join(folder, 'nag.cjs'), template],
    options: { cwd: folder, env: { ...process.env, NODE_PATH: modules } },
  };
}

/** checkov, installed into an environment of its own in a folder: how to run it on a file. `undefined`: it cannot be. */
export function checkov(folder) {
  const home = join(folder, 'checkov');
  if (run('python3', ['-m', 'venv', home]).status !== 0) return undefined;
  if (run(join(home, 'bin/pip'), ['install', '--quiet', `checkov==${CHECKOV}`]).status !== 0) return undefined;
  return {
    command: join(home, 'bin/checkov'),
    words: (template) => [
      '--quiet',
      '--compact',
      '--skip-download',
      '--framework',
      'cloudformation',
      '--file',
      template,
    ],
    options: { mayFail: true },
  };
}
