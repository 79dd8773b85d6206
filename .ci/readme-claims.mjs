// Puts the table of claims into the README. `npm run build`, then `node .ci/readme-claims.mjs`; a folder given as argument stands in for dist.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';

const file = fileURLToPath(new URL('../README.md', import.meta.url));
const compiled = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)));
const { CLAIMS } = (await import(pathToFileURL(join(compiled, 'claims', 'claims.js')).href)).default;

const line = (cells) => `| ${cells.map((cell) => cell.replaceAll(/[|*]/g, '\\$&')).join(' | ')} |`;
const count = (key) => CLAIMS.filter((claim) => claim[key] !== undefined).length;
const section = [
  '<!-- claims: written by .ci/readme-claims.mjs from lib/claims -->',
  `${CLAIMS.length} claims: ${count('decided')} are decided from the files, ${count('attacked')} are reported by the proof.`,
  [line(['claim', 'what must hold', '`check` decides', '`prove` attacks']), line(['---', '---', '---', '---'])]
    .concat(
      CLAIMS.map(({ id, statement, decided = '', attacked = '' }) => line([`\`${id}\``, statement, decided, attacked])),
    )
    .join('\n'),
  '<!-- /claims -->',
].join('\n\n');

const readme = readFileSync(file, 'utf8');
const marked = /<!-- claims\b[\s\S]*?<!-- \/claims -->/;
if (!marked.test(readme)) throw new Error('the README has no place for the claims');
writeFileSync(
  file,
  await format(
    readme.replace(marked, () => section),
    { ...(await resolveConfig(file)), parser: 'markdown' },
  ),
);
