import { disagreements } from './disagreements';
import { generatedModel } from './model';

/** Two of those of `npm run test:mutants`: both kinds of certificates, the internet and blocks of IPv6, and operators. */
const SEEDS = [1, 4];

test.each(SEEDS)('a model on AWS and the same on Google Cloud admit the same flows: %d', (seed) => {
  expect(disagreements(generatedModel(seed))).toEqual([]);
});
