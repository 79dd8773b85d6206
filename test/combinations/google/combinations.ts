import { allPairs } from '../all-pairs';
import { SEED } from '../combinations';
import { OPTIONS, type Combination } from './options';
import { whyImpossible } from './why-impossible';

/** Deployments in which every two values of two options that can stand together do. */
export function possibleCombinations(seed: number = SEED): readonly Combination[] {
  return allPairs(OPTIONS, (combination) => whyImpossible(combination).length === 0, seed);
}

/** What nothing forbids beside anything: one value of each will do where something is forbidden. */
const HARMLESS = {
  snapshots: ['default'],
  alarms: ['none'],
  encryptionKey: ['own'],
  requests: ['default'],
} as const;

/** Combinations with exactly one thing wrong, and every two values that occur in such a one. */
export function impossibleCombinations(seed: number = SEED): readonly Combination[] {
  return allPairs({ ...OPTIONS, ...HARMLESS }, (combination) => whyImpossible(combination).length === 1, seed);
}
