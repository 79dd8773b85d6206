import { testInSandbox } from '../prove/network/in-sandbox';
import { MUTANTS } from './catalogue';
import { expectBroken } from './expect-broken';

/** One of each kind of guard; the whole catalogue takes minutes and runs with `npm run test:mutants`. */
const SAMPLE = [
  'no-token-check',
  'all-headers-forwarded',
  'admin-open-to-stranger',
  'metadata-open-for-metadata-from-task',
  'no-identity-key-for-requests-unsigned',
];

testInSandbox.each(MUTANTS.filter(({ id }) => SAMPLE.includes(id)))(
  '$guard removed: $attack succeeds',
  expectBroken,
  120_000,
);
