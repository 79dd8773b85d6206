import { NETWORK_CLAIMS } from '../../../lib/check/network/network-claims';
import { secureTemplate } from '../../mutants/secure-template';
import { networkOf, wrongOf } from './example';

test.each(['Orders', 'Billing', 'Ledger'] as const)('every claim about the network of %s holds', (example) => {
  const template = secureTemplate(example);
  expect(wrongOf(template)).toEqual([]);
  const held = new Set(networkOf(template).map(({ id }) => id));
  expect(NETWORK_CLAIMS.filter(({ id }) => !held.has(id))).toEqual([]);
});
