import type { EditedFile, Example } from '../../check/examples';
import { textOf } from './generated';
import { judged } from './judged';
import { ON_AWS, type StrangersFault } from './strangers/fault';
import { STRANGERS_FAULTS } from './strangers/faults';

/** What nobody needs to read the file: the check has to tell without it. */
function withoutMetadata(file: EditedFile): void {
  for (const resource of Object.values(file['Resources'] as Record<string, Record<string, unknown>>)) {
    delete resource['Metadata'];
  }
}

/** What the check says of a fault in an example, where none of the fitting claims names it. */
function untold([what, edit, claims]: StrangersFault, example: Example, isBare: boolean): readonly string[] {
  const file = JSON.parse(textOf(example)) as EditedFile;
  edit(file);
  if (isBare) withoutMetadata(file);
  const result = judged(example, JSON.stringify(file));
  if (result === 'refused') return [];
  const isTold = result.exitCode === 1 && claims.some((id) => result.broken.has(id) || result.unproven.has(id));
  return isTold
    ? []
    : [`${what}, ${example}: ${[...result.broken, ...result.unproven].join(', ') || 'nothing'} is named`];
}

test.each(Object.entries(STRANGERS_FAULTS))(
  '%s: each fault is told by a claim that fits',
  (_, faults) => {
    expect(
      faults.flatMap((fault, index) => {
        const [, , , ...examples] = fault;
        const all = examples.length > 0 ? examples : ON_AWS;
        // Each without what tools noted, and one in turn with it.
        const noted = all[index % all.length]!;
        return [...all.flatMap((example) => untold(fault, example, true)), ...untold(fault, noted, false)];
      }),
    ).toEqual([]);
  },
  600_000,
);
