import { expectedDoorsAndStores } from './doors-and-stores';
import type { Deployed } from './example';
import { expectedIdentity } from './identity';
import { expectedNetwork } from './network';
import { expectedWatching } from './watching';
import { expectedWorkload } from './workload';

/** What each look must see of an example, written by hand from what the example asks for. */
export function expected(example: Deployed): Readonly<Record<string, unknown>> {
  return {
    ...expectedNetwork(example),
    ...expectedDoorsAndStores(example),
    ...expectedIdentity(example),
    ...expectedWorkload(example),
    ...expectedWatching(example),
  };
}
