import { listAttacks } from '../../lib/prove';
import { CLOUD_RUN_ATTACKS } from '../../lib/prove/attacks/cloud-run/cloud-run';
import { METADATA_LISTENER_ATTACKS } from '../../lib/prove/attacks/doors/metadata-listener';
import { AWS, GOOGLE } from './clouds';
import { mutate } from './mutant';
import { secureTemplate } from './secure-template';

const ATTACKS = listAttacks().map(({ id }) => id);
const MUTANTS = [...AWS.mutants, ...GOOGLE.mutants];

/** Attacks on what Google Cloud alone has. */
const ON_GOOGLE_ALONE = [...CLOUD_RUN_ATTACKS, ...METADATA_LISTENER_ATTACKS].map(({ id }) => id);

/** Attacks that no file lets through: who keeps them out does not stand in it. */
const KEPT_OUT_BY_OTHERS: Readonly<Record<string, string>> = {
  'cloud-run-token-at-service': "Google's front end takes its token out, whatever the files say",
  'cloud-run-call-without-credentials': 'the server sends nothing without the token that its registration asks for',
};

function withoutMutant(attacks: readonly string[], mutants: readonly { readonly attack: string }[]): readonly string[] {
  const attacked = new Set([...mutants.map(({ attack }) => attack), ...Object.keys(KEPT_OUT_BY_OTHERS)]);
  return attacks.filter((id) => !attacked.has(id));
}

test('every attack has a mutant on which it must succeed', () => {
  expect(withoutMutant(ATTACKS, MUTANTS)).toEqual([]);
});

test('every attack on what Google Cloud alone has, has one there', () => {
  expect(withoutMutant(ON_GOOGLE_ALONE, GOOGLE.mutants)).toEqual([]);
});

test('no attack has a mutant that others keep out', () => {
  const others = Object.keys(KEPT_OUT_BY_OTHERS);
  expect(others.filter((id) => !ATTACKS.includes(id) || MUTANTS.some(({ attack }) => attack === id))).toEqual([]);
});

test('every mutant names an attack that there is', () => {
  expect(MUTANTS.filter(({ attack }) => !ATTACKS.includes(attack)).map(({ id, attack }) => `${id}: ${attack}`)).toEqual(
    [],
  );
});

test('no two mutants of a cloud share an id', () => {
  for (const { mutants } of [AWS, GOOGLE]) {
    const ids: readonly string[] = mutants.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  }
});

test('an edit that changes nothing is an error', () => {
  expect(() => mutate(secureTemplate('Orders'), { id: 'idle', edit: () => undefined })).toThrow(
    'mutant idle changes nothing',
  );
});
