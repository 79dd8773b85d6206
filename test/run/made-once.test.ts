import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { madeOnce } from './made-once';

const write =
  (text: string) =>
  (folder: string): void =>
    writeFileSync(join(folder, 'text'), text);

test('what is made is found by whoever comes later, and not made again', () => {
  const folder = madeOnce('found-later', write('first'));
  expect(madeOnce('found-later', write('second'))).toBe(folder);
  expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('first');
});

test('what fails to be made is not there, and is made by the next one without waiting', () => {
  const fails = (folder: string): void => {
    write('half')(folder);
    throw new Error('it fails');
  };
  expect(() => madeOnce('fails-first', fails)).toThrow('it fails');
  expect(existsSync(join(process.env['PORTCULLIS_TEST_SHARED'] ?? '', 'fails-first'))).toBe(false);
  const folder = madeOnce('fails-first', write('whole'));
  expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('whole');
});
