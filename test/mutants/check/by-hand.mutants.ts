import type { EditedFile } from '../../check/examples';
import { handMadeFaults, makeFault } from './by-hand/hand-made-fault';
import { textOf } from './generated';
import { judged } from './judged';

/** What somebody wrote who did not know how the check decides, beside what is made by rule. */
const FAULTS = handMadeFaults();

test('there are hundreds, and each has a name of its own', () => {
  expect(FAULTS.length).toBeGreaterThan(400);
  expect(new Set(FAULTS.map(({ id }) => id)).size).toBe(FAULTS.length);
});

describe.each([
  ['as it is written', (file: EditedFile): EditedFile => file],
  ['without what is said beside it', withoutMetadata],
])('in a file %s', (_, written) => {
  test('each is told, by a claim that fits', () => {
    const untold = FAULTS.filter((fault) => {
      const file = JSON.parse(textOf(fault.example)) as EditedFile;
      makeFault(fault, file);
      const result = judged(fault.example, JSON.stringify(written(file)));
      if (result === 'refused') return false;
      const told = new Set([...result.broken, ...result.unproven]);
      return result.exitCode === 0 || !fault.claims.some((claim) => told.has(claim));
    });
    expect(untold.map(({ id, example }) => `${example}: ${id}`)).toEqual([]);
  }, 3_600_000);
});

function withoutMetadata(file: EditedFile): EditedFile {
  delete file['//'];
  for (const resources of Object.values(file['resource'] as Record<string, Record<string, EditedFile>>)) {
    for (const resource of Object.values(resources)) delete resource['//'];
  }
  return file;
}
