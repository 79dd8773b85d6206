// What `portcullis check` costs: `npm run synth && node bench/check.mjs [rounds] [--no-scanners]`. Each figure against what it is held to, and
// against cdk-nag and checkov on the same template, in the versions that are locked.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changed, checkFile, EXAMPLES, fileOf, NETWORK_CLAIMS, root, withRules } from './check/inputs.mjs';
import { CDK_NAG, checkov, leastWall } from './check/scanners.mjs';

const words = process.argv.slice(2);
const rounds = Number(words.find((word) => /^\d+$/.test(word)) ?? 15);
const TARGET = { deployment: 50, rules: 1_000, random: 10_000, memory: 300 };
const names = Object.keys(EXAMPLES);
const say = (what, value, unit, target) => {
  const verdict = target === undefined ? '' : value <= target ? `, within ${target}` : `, MORE THAN ${target}`;
  console.log(`${what}: ${value.toFixed(1)} ${unit}${verdict}`);
  if (target !== undefined && value > target) process.exitCode = 1;
};

deployments();
randomDeployments();
for (const name of ['Billing', 'Invoices']) growth(name);
for (const name of ['Billing', 'Invoices']) {
  const { memory } = inFreshProcess(name, 10_000);
  say(`${name} with 10000 rules in a process of its own, peak of memory`, memory, 'MB', TARGET.memory);
}
if (words.includes('--no-scanners')) console.log('NOT compared with cdk-nag and checkov: --no-scanners');
else await scanners();

/** In turns, the least of all rounds: what else the machine does makes none of them shorter. The first is of code that nothing has run yet. */
function deployments() {
  for (const name of names) {
    const { read, check, memory } = inFreshProcess(name);
    say(`${name}, first in a process: to read what it means`, read, 'ms');
    say(`${name}, first in a process: to decide every claim`, check, 'ms');
    say(`${name}, first in a process: peak of memory`, memory, 'MB', TARGET.memory);
  }
  const costs = Array.from({ length: rounds }, () => names.map((name) => checkFile(name, fileOf(name))));
  for (const [index, name] of names.entries()) {
    const least = (field) => Math.min(...costs.map((round) => round[index][field]));
    say(`${name}, to read what it means`, least('read'), 'ms');
    say(`${name}, to decide every claim`, least('check'), 'ms', TARGET.deployment);
  }
}

/** Of five syntheses, with one rule each that nobody has seen: what they say alike, such as scripts, is worked out once. */
function randomDeployments() {
  const costs = Array.from({ length: 1_000 }, (_, seed) => {
    const name = names[seed % names.length];
    return checkFile(name, changed(name, seed));
  });
  const sum = (cost) => costs.reduce((before, each) => before + cost(each), 0);
  say('1,000 random deployments, who reaches what in them alone', networkOnly(), 'ms');
  say(
    '1,000 random deployments',
    sum(({ read, check }) => read + check),
    'ms',
    TARGET.random,
  );
}

function networkOnly() {
  const costs = Array.from({ length: 1_000 }, (_, seed) => {
    const name = names[seed % names.length];
    return checkFile(name, changed(name, seed), NETWORK_CLAIMS).check;
  });
  return costs.reduce((before, each) => before + each, 0);
}

function inFreshProcess(name, rules = 0) {
  const command = [fileURLToPath(new URL('check/first.mjs', import.meta.url)), name, String(rules)];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function growth(name) {
  let before;
  for (const count of [1_000, 10_000, 100_000]) {
    const file = withRules(name, count);
    let cost;
    try {
      const { read, check } = checkFile(name, file);
      cost = read + check;
    } catch (error) {
      console.log(`${name} with ${count} rules is refused: ${error.message.split('\n')[0]}`);
      return;
    }
    const ratio = before === undefined ? '' : `, ${(cost / before).toFixed(1)} times that of a tenth`;
    say(`${name} with ${count} rules${ratio}`, cost, 'ms', count === 10_000 ? TARGET.rules : undefined);
    before = cost;
  }
}

async function scanners() {
  const template = join(root, EXAMPLES.Billing);
  const few = Math.min(rounds, 3);
  const ours = [join(root, 'dist/cli/main.js'), 'check', template];
  const own = leastWall(process.execPath, ours, { rounds: few, mayFail: true });
  say('Billing, the whole command', own, 'ms');
  for (const [name, scanner] of Object.entries({ 'cdk-nag': CDK_NAG, checkov: await checkov() })) {
    const their = leastWall(scanner.command, scanner.words(template), { rounds: few, ...scanner.options });
    say(`Billing, ${name}, the whole command (${(own / their).toFixed(2)} of it is ours)`, their, 'ms');
  }
}
