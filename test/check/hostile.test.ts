import { checkHostile } from './check-hostile';
import { type Example, EXAMPLES } from './examples';

/** A few of those of `npm run test:mutants`. */
const EACH = 3;

test.each(Object.keys(EXAMPLES) as Example[])('no hostile change of %s makes the check fail or hang', (example) => {
  const outcomes = Array.from({ length: EACH }, (_, seed) => checkHostile(example, seed));
  expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
  expect(outcomes.some(({ outcome }) => outcome === 'checked')).toBe(true);
});
