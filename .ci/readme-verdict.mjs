// Puts what a proof printed into the README: `npm start --silent | node .ci/readme-verdict.mjs`.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../README.md', import.meta.url));
const printed = readFileSync(0, 'utf8').trim();
const parts = printed.split('\n\n');
const [heading, claims] = parts;
if (!claims?.startsWith('claim ')) throw new Error('this is no table of a proof');

const block = (text) => ['```text', text, '```'].join('\n');
const section = [
  '<!-- verdict: written by .ci/readme-verdict.mjs from what npm start printed -->',
  block([heading, claims, '[...]', parts.at(-1)].join('\n\n')),
  '<details><summary>The whole of it: both stacks, every attack, what was taken on, what stood in</summary>',
  block(printed),
  '</details>',
  '<!-- /verdict -->',
].join('\n\n');

const readme = readFileSync(file, 'utf8');
const marked = /<!-- verdict\b[\s\S]*?<!-- \/verdict -->/;
if (!marked.test(readme)) throw new Error('the README has no place for the verdict');
writeFileSync(
  file,
  readme.replace(marked, () => section),
);
