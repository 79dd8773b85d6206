import { readTemplate } from '../../lib/artifact/cloudformation/read-template';
import { deploymentsOf } from '../../lib/artifact/role';
import { type Json, parseTemplateText } from '../../lib/artifact/template-text';
import { listAttacks } from '../../lib/prove';
import { MUTANTS } from './catalogue';
import { mutate } from './mutant';
import { secureTemplate } from './secure-template';
import type { Template } from './template';

function read(template: Template): ReturnType<typeof readTemplate> {
  const content = parseTemplateText(JSON.stringify(template), 'mutant') as ReadonlyMap<string, Json>;
  return readTemplate({ name: 'mutant', file: 'mutant', content });
}

const ATTACKS = listAttacks().map(({ id }) => id);

test('every attack has a mutant on which it must succeed', () => {
  const attacked = new Set(MUTANTS.map(({ attack }) => attack));
  expect(ATTACKS.filter((id) => !attacked.has(id))).toEqual([]);
});

test('every mutant names an attack that there is', () => {
  expect(MUTANTS.filter(({ attack }) => !ATTACKS.includes(attack)).map(({ id, attack }) => `${id}: ${attack}`)).toEqual(
    [],
  );
});

test('no two mutants share an id', () => {
  const ids = MUTANTS.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test.each(MUTANTS)('$id is still a deployment that can be read, and another one', (mutant) => {
  const secure = read(secureTemplate(mutant.example ?? 'Orders'));
  const artifact = read(mutate(secureTemplate(mutant.example ?? 'Orders'), mutant));
  expect(artifact.unreadable).toEqual([]);
  expect(deploymentsOf(artifact)).toHaveLength(1);
  expect(artifact).not.toEqual(secure);
});

test('an edit that changes nothing is an error', () => {
  expect(() => mutate(secureTemplate('Orders'), { id: 'idle', edit: () => undefined })).toThrow(
    'mutant idle changes nothing',
  );
});
