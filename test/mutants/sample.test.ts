import { testInSandbox } from '../prove/network/in-sandbox';
import { AWS, GOOGLE } from './clouds';
import { expectBroken } from './expect-broken';

/** One of each kind of guard; the whole catalogue takes minutes and runs with `npm run test:mutants`. */
const SAMPLE = ['no-token-check', 'admin-open-to-stranger', 'no-identity-key-for-requests-unsigned'];

/** The same of what Google Cloud alone has. */
const SAMPLE_OF_GOOGLE = ['everybody-may-call-the-service', 'metadata-open-for-metadata-from-task'];

testInSandbox.each(AWS.mutants.filter(({ id }) => SAMPLE.includes(id)))(
  '$guard removed: $attack succeeds',
  (mutant) => expectBroken(AWS, mutant),
  120_000,
);

testInSandbox.each(GOOGLE.mutants.filter(({ id }) => SAMPLE_OF_GOOGLE.includes(id)))(
  'on Google Cloud, $guard removed: $attack succeeds',
  (mutant) => expectBroken(GOOGLE, mutant),
  120_000,
);
