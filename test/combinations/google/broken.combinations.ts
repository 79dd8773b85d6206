import { GOOGLE_MUTANTS } from '../../mutants/google/catalogue';
import type { Configuration } from '../../mutants/google/configuration';
import { mutate } from '../../mutants/mutant';
import { attacksOf } from './attacks-of';
import { combinationConfiguration } from './combination-stack';
import { possibleCombinations } from './combinations';
import { expectProven } from './expect-proven';

test.concurrent.each(['everybody-may-call-the-service', 'proxy-open-to-network'])(
  'a combination fails with the mutant %s, by the attack that its guard keeps out',
  async (id) => {
    const mutant = GOOGLE_MUTANTS.find((each) => each.id === id)!;
    const { attack } = mutant;
    const combination = possibleCombinations().find(
      (each) => each.exposure === 'block' && each.admin === 'nobody' && attacksOf(each).includes(attack),
    )!;
    const broken = mutate(combinationConfiguration(combination) as Configuration, mutant);
    await expect(expectProven(combination, broken)).rejects.toThrow(
      new RegExp(`"id": "${attack}",[^}]*"verdict": "broken"`),
    );
  },
);
