import { proveFile } from '../../mutants/prove';
import { expectWithstood } from '../expect-proven';
import { describeCombination } from '../options';
import { attacksOf } from './attacks-of';
import { combinationConfiguration } from './combination-stack';
import type { Combination } from './options';

/** The proof of a combination's short run holds. */
export async function expectProven(
  combination: Combination,
  configuration: object = combinationConfiguration(combination),
): Promise<void> {
  const asked = attacksOf(combination);
  const proof = await proveFile('cdk.tf.json', JSON.stringify(configuration), '--only', ...asked);
  expectWithstood(describeCombination(combination), asked, proof);
}
