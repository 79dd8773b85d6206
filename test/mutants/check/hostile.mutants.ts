import { checkHostile } from '../../check/check-hostile';
import { type Example, EXAMPLES } from '../../check/examples';

/** Of five examples: 10,000 in all. */
const EACH = 2_000;
const MINUTES = 60;

test.each(Object.keys(EXAMPLES) as Example[])(
  'none of thousands of hostile changes of %s makes the check fail or hang',
  (example) => {
    const outcomes = Array.from({ length: EACH }, (_, seed) => checkHostile(example, seed));
    expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === 'checked').length).toBeGreaterThan(EACH / 2);
  },
  MINUTES * 60_000,
);
