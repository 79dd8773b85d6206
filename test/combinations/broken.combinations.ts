import { MUTANTS } from '../mutants/catalogue';
import { editBootstrap } from '../mutants/envoy';
import { type Mutant, mutate } from '../mutants/mutant';
import type { Template } from '../mutants/template';
import { attacksOf } from './attacks-of';
import { combinationTemplate } from './combination-stack';
import { possibleCombinations } from './combinations';
import { expectProven } from './expect-proven';

const UNREADABLE: Pick<Mutant, 'id' | 'edit'> = {
  id: 'a field that there is none of',
  edit: (template) => editBootstrap(template, (bootstrap) => void (bootstrap['no_such_field'] = 1)),
};

/** A combination with every way to show who one is beside a certificate, broken as a mutant of the examples is. */
async function expectProvenWithout(mutant: Pick<Mutant, 'id' | 'edit'>, attack: string): Promise<void> {
  const combination = possibleCombinations().find(
    (each) => each.admin === 'nobody' && each.auth.endsWith('+mutual-tls') && attacksOf(each).includes(attack),
  )!;
  await expectProven(combination, mutate(combinationTemplate(combination) as Template, mutant));
}

test.concurrent.each(['token-beside-a-certificate', 'proxy-open-to-network'])(
  'a combination fails with the mutant %s, by the attack that its guard keeps out',
  async (id) => {
    const mutant = MUTANTS.find((each) => each.id === id)!;
    const { attack } = mutant;
    await expect(expectProvenWithout(mutant, attack)).rejects.toThrow(
      new RegExp(`"id": "${attack}",[^}]*"verdict": "broken"`),
    );
  },
);

test.concurrent('a combination fails whose configuration the real proxy does not take', async () => {
  await expect(expectProvenWithout(UNREADABLE, 'no-token')).rejects.toThrow('no_such_field');
});
