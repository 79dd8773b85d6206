import { MissingScannerError } from './missing-scanner-error';
import { scanned } from './scanned';
import type { Scanner } from './scanner';

const finding = { tool: 'fake', rule: 'told', resource: 'A' };

/** A scanner that fails on what is called bad, and counts how often it is started. */
function fake(fails: (file: string) => Error | undefined, batch = 4): { scanner: Scanner; batches: number[] } {
  const batches: number[] = [];
  const scan: Scanner['scan'] = (files) => {
    batches.push(files.length);
    for (const file of files) {
      const error = fails(file);
      if (error !== undefined) throw error;
    }
    return new Map(files.filter((file) => file.startsWith('told')).map((file) => [file, [finding]]));
  };
  return { scanner: { name: 'fake', runs: '', version: () => '1', reads: ['terraform'], batch, scan }, batches };
}

test('a file that a scanner fails on is refused, and the others of its batch are scanned all the same', () => {
  const { scanner } = fake((file) => (file === 'bad' ? new Error('no') : undefined));
  expect([...scanned(scanner, ['told-1', 'silent', 'bad', 'told-2'])]).toEqual([
    ['told-1', [finding]],
    ['silent', []],
    ['bad', [{ tool: 'fake', rule: 'refused', resource: '' }]],
    ['told-2', [finding]],
  ]);
});

test('no batch is larger than the scanner takes', () => {
  const { scanner, batches } = fake(() => undefined);
  const files = Array.from({ length: 11 }, (_, index) => `told-${index}`);
  expect(scanned(scanner, files).size).toBe(11);
  expect(batches.every((size) => size <= 4)).toBe(true);
  expect(batches).toHaveLength(3);
});

test('a scanner that is not there refuses no file: it is an error', () => {
  const { scanner } = fake(() => new MissingScannerError('absent'));
  expect(() => scanned(scanner, ['a', 'b'])).toThrow('absent');
});
