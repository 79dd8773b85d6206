import { AWS, GOOGLE } from './clouds';
import { expectBroken } from './expect-broken';

// Two at a time: a mutant waits more than it computes.
test.concurrent.each(AWS.mutants)('AWS: $guard removed: $attack succeeds ($id)', (mutant) => expectBroken(AWS, mutant));

test.concurrent.each(GOOGLE.mutants)('Google Cloud: $guard removed: $attack succeeds ($id)', (mutant) =>
  expectBroken(GOOGLE, mutant),
);
