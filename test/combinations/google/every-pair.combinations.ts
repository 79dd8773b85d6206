import { describeCombination } from '../options';
import { possibleCombinations } from './combinations';
import { expectProven } from './expect-proven';

const CASES = possibleCombinations().map((combination) => ({ combination, of: describeCombination(combination) }));

// A few at a time: a run waits more than it computes.
test.concurrent.each(CASES)('$of', ({ combination }) => expectProven(combination));
