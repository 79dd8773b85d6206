// Puts what the proofs of the examples found into the README. `npm run synth`, then for cdk.out and cdktf.out each
// `node dist/cli/main.js prove FOLDER --format json --output FILE`, then `node .ci/readme-verdict.mjs AWS_FILE GOOGLE_FILE`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const file = fileURLToPath(new URL('../README.md', import.meta.url));
const clouds = ['AWS', 'Google Cloud'].map((name, index) => ({
  name,
  ...JSON.parse(readFileSync(process.argv[2 + index], 'utf8')),
}));
const stacks = clouds.flatMap((cloud) => cloud.proofs.map(({ artifact }) => ({ artifact, cloud })));

/** What the attacks on a claim, and the risks that were taken beside it, came to in one stack. */
function cell(claim, { artifact, cloud: { claims, attacks } }) {
  const here = ({ subject }) => subject.startsWith(`${artifact}/`);
  const verdicts = claims.filter((each) => each.id === claim && here(each)).map(({ verdict }) => verdict);
  const wrong = verdicts.find((verdict) => verdict === 'broken' || verdict === 'unproven');
  if (wrong !== undefined) return `**${wrong}**`;
  const refused = attacks.filter((each) => each.claim === claim && here(each)).length;
  return [
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(refused === 0 && verdicts.includes('holds') ? ['holds'] : []),
    ...(verdicts.includes('accepted') ? ['accepted'] : []),
  ].join(', ');
}

function totals({ name, summary }) {
  return (
    `- ${name}: ${summary.refused} of ${summary.attacks} attacks refused, each by somebody named; ${summary.holds} claims hold, ` +
    `${summary.broken} broken, ${summary.unproven} unproven, ${summary.accepted} risks accepted, each with its reason; ` +
    `${Math.round(summary.durationMs / 1000)} s on two cores.`
  );
}

const ids = [...new Set(clouds.flatMap(({ claims }) => claims.map(({ id }) => id)))];
const all = ids.map((id) => [`\`${id}\``, ...stacks.map((stack) => cell(id, stack))]);
const rows = all.filter(([, ...cells]) => cells.some((each) => each !== ''));
const elsewhere = all.filter((row) => !rows.includes(row)).map(([id]) => id);
const line = (cells) => `| ${cells.join(' | ')} |`;
const section = [
  '<!-- verdict: written by .ci/readme-verdict.mjs from what the proofs of the examples found -->',
  clouds.map(totals).join('\n'),
  'An empty cell does not apply to that deployment.',
  [line(['claim', ...stacks.map(({ artifact }) => artifact)]), line(['---', ...stacks.map(() => '---')])]
    .concat(rows.map(line))
    .join('\n'),
  `Claims about what none of them has: ${elsewhere.join(', ')}.`,
  '<!-- /verdict -->',
].join('\n\n');

const readme = readFileSync(file, 'utf8');
const marked = /<!-- verdict\b[\s\S]*?<!-- \/verdict -->/;
if (!marked.test(readme)) throw new Error('the README has no place for the verdict');
writeFileSync(
  file,
  await format(
    readme.replace(marked, () => section),
    { ...(await resolveConfig(file)), parser: 'markdown' },
  ),
);
