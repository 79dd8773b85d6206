import { MUTANTS } from './catalogue';
import { expectBroken } from './expect-broken';

// Two at a time: a mutant waits more than it computes.
test.concurrent.each(MUTANTS)('$guard removed: $attack succeeds ($id)', expectBroken);
