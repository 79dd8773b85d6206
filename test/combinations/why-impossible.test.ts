import { newStack } from '../aws/template-of';
import { refusal } from '../core/refusal';
import { buildCombination } from './combination-stack';
import { impossibleCombinations, possibleCombinations } from './combinations';
import { describeCombination } from './options';
import { whyImpossible } from './why-impossible';

const named = (combinations: ReturnType<typeof possibleCombinations>): [string, (typeof combinations)[number]][] =>
  combinations.map((combination) => [describeCombination(combination), combination]);

describe('the library refuses what the rule calls impossible, for its reason:', () => {
  test.each(named(impossibleCombinations()))('%s', (_, combination) => {
    expect([refusal(() => buildCombination(newStack(), combination)).code]).toEqual(whyImpossible(combination));
  });
});

describe('the library builds what the rule calls possible:', () => {
  test.each(named(possibleCombinations()))('%s', (_, combination) => {
    expect(() => buildCombination(newStack(), combination)).not.toThrow();
  });
});
