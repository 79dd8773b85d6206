import { allPairs } from './all-pairs';
import { OPTIONS, type Combination } from './options';
import { whyImpossible } from './why-impossible';

/** Another one makes other combinations of the same pairs: `COMBINATIONS_SEED=7 npm run test:combinations`. */
export const SEED: number = Number(process.env['COMBINATIONS_SEED'] ?? 1);

/** Deployments in which every two values of two options that can stand together do. */
export function possibleCombinations(seed: number = SEED): readonly Combination[] {
  return allPairs(OPTIONS, (combination) => whyImpossible(combination).length === 0, seed);
}

/** What nothing forbids beside anything: one value of each will do where something is forbidden. */
const HARMLESS = {
  endpoints: ['own'],
  forwardQuery: ['delay'],
  forwardHeaders: ['default'],
  corsOrigins: ['none'],
  limits: ['default'],
  server: ['default'],
} as const;

/** Combinations with exactly one thing wrong, and every two values that occur in such a one. */
export function impossibleCombinations(seed: number = SEED): readonly Combination[] {
  return allPairs({ ...OPTIONS, ...HARMLESS }, (combination) => whyImpossible(combination).length === 1, seed);
}
