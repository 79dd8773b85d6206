import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLAIMS } from '../lib/claims/claims';
import { PROVEN_CLAIMS } from '../lib/prove/claims';
import { examplesOf, GOOGLE_PAGE, README, readmeSection } from './readme';

const lib = join(__dirname, '../lib');

/** Error codes that the sources name: PascalCase literals where errors are made, other than ids of constructs. */
function codesInSources(): ReadonlySet<string> {
  const literal = /(?:(\bthis|\bscope),\s*)?'([A-Z][a-z]+(?:[A-Z][a-z0-9]+)+)'/g;
  const made = /\b(?:new (?:UnsafeConfiguration|CannotProve)Error|pathInvalid|refuse)\(/;
  const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const codes = files
    .map((file) => readFileSync(join(lib, file), 'utf8').replaceAll(/this\.name = '\w+'/g, ''))
    .filter((source) => made.test(source))
    .flatMap((source) => [...source.matchAll(literal)])
    .filter((match) => match[1] === undefined)
    .map((match) => match[2] ?? '');
  return new Set(codes);
}

test('the list of errors names every code that the sources can raise, and no other', () => {
  const errors = readFileSync(join(__dirname, '../ERRORS.md'), 'utf8');
  const named = [...errors.matchAll(/^\| `(\w+)` /gm)].map((match) => match[1] ?? '');
  expect([...named].sort((one, other) => one.localeCompare(other))).toEqual(named);
  expect(new Set(named)).toEqual(codesInSources());
});

describe('the verdict that the README opens with', () => {
  const table = readmeSection('verdict');

  test('names every claim of the proof, and none is broken or unproven', () => {
    const words = new Set(table.split(/[^a-z0-9-]+/));
    expect(PROVEN_CLAIMS.map(({ id }) => id).filter((id) => !words.has(id))).toEqual([]);
    expect(table).not.toMatch(/\*\*(?:broken|unproven)\*\*/);
  });
});

test('the table of claims says what the sources say (node .ci/readme-claims.mjs writes it)', () => {
  const rows = [...readmeSection('claims').matchAll(/^\| `.*$/gm)].map(([row]) =>
    row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(/\\([|*])/g, '$1')),
  );
  const cells = CLAIMS.map((claim) => [`\`${claim.id}\``, claim.statement, claim.decided ?? '', claim.attacked ?? '']);
  expect(rows).toEqual(cells.map((row) => ['', ...row, '']));
});

test('the first example is the secure one, and short', () => {
  const [first = ''] = examplesOf(README);
  expect(first.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  expect(README.indexOf('```ts')).toBe(README.indexOf('```'));
});

test.each([...`${README}${GOOGLE_PAGE}`.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map((match) => match[1] ?? ''))(
  'links to %s, which exists',
  (link) => {
    const [path = '', section] = link.split('#');
    expect(() => readdirSync(join(__dirname, '..', path, '..'))).not.toThrow();
    expect(readdirSync(join(__dirname, '..', path, '..'))).toContain(path.split('/').at(-1));
    if (section !== undefined) expect(headings(path)).toContain(section);
  },
);

/** The headings of a page, as links write them. */
function headings(path: string): readonly string[] {
  const page = readFileSync(join(__dirname, '..', path), 'utf8');
  return [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
}
