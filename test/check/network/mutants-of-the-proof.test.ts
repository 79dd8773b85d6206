import { NETWORK_CLAIMS } from '../../../lib/check/network/network-claims';
import { CATALOGUE } from '../../../lib/prove/catalogue';
import { MUTANTS } from '../../mutants/catalogue';
import { mutate } from '../../mutants/mutant';
import { secureTemplate } from '../../mutants/secure-template';
import { networkOf, wrongOf } from './example';

/** Mutants that the files alone show otherwise, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'admin-on-loopback-without-a-word':
    'the proxy needs the admin API there; that it was accepted is said to the reader alone',
  'viewers-register': 'what roles may ask for is told by admin-authenticated',
};

const claimOf = new Map(CATALOGUE.map(({ id, claim }) => [id, claim]));
const decided = new Set(NETWORK_CLAIMS.map(({ id }) => id));
const mutants = MUTANTS.filter(({ attack }) => decided.has(claimOf.get(attack) ?? '')).map(
  (mutant) => [mutant.id, mutant] as const,
);

test('the proof has mutants of the network', () => {
  expect(mutants.length).toBeGreaterThan(30);
  expect(Object.keys(OTHERWISE).filter((id) => !mutants.some(([known]) => known === id))).toEqual([]);
});

test.each(mutants.filter(([id]) => OTHERWISE[id] === undefined))(
  'breaks the claim that the proof attacks: %s',
  (_id, mutant) => {
    const rows = networkOf(mutate(secureTemplate(mutant.example ?? 'Orders'), mutant));
    expect(rows.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id)).toContain(
      claimOf.get(mutant.attack),
    );
  },
);

test('every claim about the network holds where every method stands at one door', () => {
  expect(wrongOf(secureTemplate('Combined'))).toEqual([]);
});
