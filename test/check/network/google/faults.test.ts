import { NETWORK_CLAIMS } from '../../../../lib/check/network/network-claims';
import { complained, type Fault } from '../../decided';
import type { Example } from '../../examples';
import { INTERNAL_FAULTS } from './faults/internal-faults';
import { NAME_FAULTS, RIGHT_NAMES } from './faults/name-faults';
import { PLACE_FAULTS } from './faults/place-faults';
import { PUBLIC_FAULTS } from './faults/public-faults';
import { RULE_FAULTS } from './faults/rule-faults';

// What the examples have in common is tried on one of them, so that the tests stay fast.
const TABLES: readonly (readonly [Example, readonly Fault[]])[] = [
  ['Invoices', [...RULE_FAULTS, ...PLACE_FAULTS, ...INTERNAL_FAULTS, ...NAME_FAULTS]],
  ['Storefront', PUBLIC_FAULTS],
];

describe.each(TABLES)('%s does not pass when there is', (example, faults) => {
  test.each(faults)('%s', (_what, edit, expected) => {
    expect(complained(example, NETWORK_CLAIMS, edit)).toEqual(expected);
  });
});

test('both examples pass as they are', () => {
  expect(complained('Invoices', NETWORK_CLAIMS, () => undefined)).toEqual([]);
  expect(complained('Storefront', NETWORK_CLAIMS, () => undefined)).toEqual([]);
});

test.each(RIGHT_NAMES)('%s does no harm', (_what, edit) => {
  expect(complained('Invoices', NETWORK_CLAIMS, edit)).toEqual([]);
});
