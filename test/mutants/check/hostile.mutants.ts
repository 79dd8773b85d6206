import { checkHostile } from '../../check/check-hostile';
import { type Example, EXAMPLES } from '../../check/examples';

/** Of each of five examples: a thousand in all in a minute or two. HOSTILE_EACH=2000 tries ten thousand, in half an hour. */
const EACH = Number(process.env['HOSTILE_EACH'] ?? 200);
const MINUTES = 60;

test.each(Object.keys(EXAMPLES) as Example[])(
  'none of hundreds of hostile changes of %s makes the check fail or hang',
  (example) => {
    const outcomes = Array.from({ length: EACH }, (_, seed) => checkHostile(example, seed));
    expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome === 'checked').length).toBeGreaterThan(EACH / 2);
  },
  MINUTES * 60_000,
);
