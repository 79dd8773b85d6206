// What `portcullis check` names in what the peers synthesise: `npm run build && node bench/peers.mjs [--write FOLDER]`. Installs the real
// packages in pinned versions into a temporary folder and synthesises them there; `--write` keeps the templates, as the tests have them.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { check } = require('../dist/check/index.js');
const here = fileURLToPath(new URL('.', import.meta.url));
const PACKAGES = {
  '@restatedev/restate-cdk': '1.7.0',
  '@restatedev/byoc': '0.5.0',
  'aws-cdk-lib': '2.276.0',
  constructs: '10.8.1',
};
const words = process.argv.slice(2);
const target = words[0] === '--write' ? words[1] : undefined;

const folder = mkdtempSync(join(tmpdir(), 'portcullis-peers-'));
try {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps']);
  run('npm', [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--legacy-peer-deps',
    'node-fetch@3.3.2',
  ]);
  copyFileSync(join(here, 'peers/app.cjs'), join(folder, 'app.cjs'));
  run(process.execPath, ['app.cjs', join(folder, 'cdk.out')]);
  for (const file of readdirSync(join(folder, 'cdk.out')).filter((name) => name.endsWith('.template.json'))) {
    const template = readTemplate(join(folder, 'cdk.out', file));
    const stack = file.replace('.template.json', '');
    if (target !== undefined)
      writeFileSync(join(target, fixtureOf(stack)), `${JSON.stringify(template, undefined, 2)}\n`);
    report(stack, join(folder, 'cdk.out', file));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(command, args) {
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}:\n${stdout}${stderr}`);
}

/** Without the framework's own marks: who made what by which construct is in no template that somebody writes by hand. */
function readTemplate(path) {
  const { Resources, Conditions: _conditions, Rules: _rules, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  const own = Object.entries(Resources).filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata');
  return { ...rest, Resources: Object.fromEntries(own.map(([id, { Metadata: _metadata, ...body }]) => [id, body])) };
}

function fixtureOf(stack) {
  const name = stack.startsWith('Byoc') ? 'byoc' : 'restate-cdk';
  return `${name}-${PACKAGES[`@restatedev/${name}`]}-${stack}.template.json`;
}

function report(stack, path) {
  const { claims } = check({ path });
  const broken = claims.filter(({ verdict }) => verdict === 'broken');
  const unproven = claims.filter(({ verdict }) => verdict === 'unproven');
  console.log(`\n${stack}: ${broken.length} broken, ${unproven.length} unproven`);
  for (const { id, subject, evidence } of broken) console.log(`  ${id} ${subject}: ${evidence.slice(0, 160)}`);
}
