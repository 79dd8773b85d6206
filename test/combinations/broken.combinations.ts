import { MUTANTS } from '../mutants/catalogue';
import { editBootstrap } from '../mutants/envoy';
import { mutate } from '../mutants/mutant';
import type { Template } from '../mutants/template';
import { attacksOf } from './attacks-of';
import { combinationTemplate } from './combination-stack';
import { possibleCombinations } from './combinations';
import { expectProven } from './expect-proven';
import type { Combination } from './options';

const COMBINATIONS = possibleCombinations();

/** What becomes of a combination that has what is said, without one of its guards. */
async function withoutGuard(
  has: (combination: Combination) => boolean,
  edit: (template: Template) => void,
): Promise<void> {
  const combination = COMBINATIONS.find(has)!;
  const template = combinationTemplate(combination);
  await expectProven(combination, mutate(template as Template, { id: 'a combination without a guard', edit }));
}

test.concurrent.each(['token-beside-a-certificate', 'proxy-open-to-network'])(
  'a combination fails with the mutant %s, by the attack that the guard keeps out',
  async (id) => {
    const { attack, edit } = MUTANTS.find((mutant) => mutant.id === id)!;
    const has = (combination: Combination): boolean =>
      combination.admin === 'nobody' &&
      combination.auth.includes('+mutual-tls') &&
      attacksOf(combination).includes(attack);
    await expect(withoutGuard(has, edit)).rejects.toThrow(new RegExp(`"id": "${attack}",[^}]*"verdict": "broken"`));
  },
);

test.concurrent('a combination fails whose configuration the real proxy does not take', async () => {
  const edit = (template: Template): void =>
    editBootstrap(template, (bootstrap) => void (bootstrap['no_such_field'] = 1));
  await expect(withoutGuard(() => true, edit)).rejects.toThrow('no_such_field');
});
