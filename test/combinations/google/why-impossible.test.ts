import { newStack } from '../../google/network-of';
import { refusal } from '../../core/refusal';
import { describeCombination } from '../options';
import { buildCombination, combinationConfiguration } from './combination-stack';
import { impossibleCombinations, possibleCombinations } from './combinations';
import { whyImpossible } from './why-impossible';

const named = (combinations: ReturnType<typeof possibleCombinations>): [string, (typeof combinations)[number]][] =>
  combinations.map((combination) => [describeCombination(combination), combination]);

describe('the library refuses what the rule calls impossible, for its reason:', () => {
  test.each(named(impossibleCombinations()))('%s', (_, combination) => {
    expect([refusal(() => buildCombination(newStack(), combination)).code]).toEqual(whyImpossible(combination));
  });
});

describe('the library synthesises what the rule calls possible:', () => {
  test.each(named(possibleCombinations()))('%s', (_, combination) => {
    expect(() => combinationConfiguration(combination)).not.toThrow();
  });
});
