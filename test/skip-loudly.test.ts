import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { testUnless } from './skip-loudly';

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== relative(__dirname, __filename))
  .map((name) => [name, readFileSync(join(__dirname, name), 'utf8')] as const);

test('no test is skipped without a line that says so', () => {
  const skipping = files.filter(([, content]) => /\b(?:test|it|describe)\.skip\b/.test(content));
  expect(skipping.length).toBeGreaterThan(0);
  expect(skipping.filter(([, content]) => !content.includes('SKIPPED')).map(([name]) => name)).toEqual([]);
});

describe('a test that needs something', () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  afterAll(() => write.mockRestore());

  test('is skipped with the reason where that is missing', () => {
    expect(testUnless('no tool', 'nothing is shown')).toBe(test.skip);
    expect(write).toHaveBeenCalledWith('\nSKIPPED: nothing is shown: no tool\n\n');
  });

  test('is run in silence where it is there', () => {
    write.mockClear();
    expect(testUnless(undefined, 'nothing is shown')).toBe(test);
    expect(write).not.toHaveBeenCalled();
  });
});
