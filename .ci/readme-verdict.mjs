// Puts what a proof found into the README: `npm run synth && node dist/cli/main.js prove cdk.out --format json | node .ci/readme-verdict.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const file = fileURLToPath(new URL('../README.md', import.meta.url));
const { claims, attacks, proofs, summary } = JSON.parse(readFileSync(0, 'utf8'));
const stacks = proofs.map(({ artifact }) => artifact);

/** What the attacks on a claim, and the risks that were taken beside it, came to in one stack. */
function cell(claim, stack) {
  const here = ({ subject }) => subject.startsWith(`${stack}/`);
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

const ids = [...new Set(claims.map(({ id }) => id))];
const all = ids.map((id) => [`\`${id}\``, ...stacks.map((stack) => cell(id, stack))]);
const rows = all.filter(([, ...cells]) => cells.some((each) => each !== ''));
const elsewhere = all.filter((row) => !rows.includes(row)).map(([id]) => id);
const line = (cells) => `| ${cells.join(' | ')} |`;
const totals =
  `${summary.refused} of ${summary.attacks} attacks refused, each by somebody named; ${summary.holds} claims hold, ${summary.broken} broken, ` +
  `${summary.unproven} unproven, ${summary.accepted} risks accepted, each with its reason; ${Math.round(summary.durationMs / 1000)} s on two cores.`;
const section = [
  '<!-- verdict: written by .ci/readme-verdict.mjs from what the proof of the examples found -->',
  `${totals} An empty cell does not apply to that deployment.`,
  [line(['claim', ...stacks]), line(['---', ...stacks.map(() => '---')]), ...rows.map(line)].join('\n'),
  `Claims about what none of the three has: ${elsewhere.join(', ')}.`,
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
