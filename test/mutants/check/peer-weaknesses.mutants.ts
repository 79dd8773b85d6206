import { resultsOf, says, WEAKNESSES } from '../../check/others/peer-results';

const MENDED = WEAKNESSES.filter(({ mend }) => mend !== undefined);

test.each(MENDED)('$of, mended: $weakness', (weakness) => {
  expect(says(weakness, resultsOf(weakness.template, [weakness.claim], weakness.mend))).toBe(false);
});
