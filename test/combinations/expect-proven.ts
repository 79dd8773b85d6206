import { prove, type Proof } from '../mutants/prove';
import { attacksOf } from './attacks-of';
import { combinationTemplate } from './combination-stack';
import { SEED } from './combinations';
import { describeCombination, type Combination } from './options';

/** The proof of a combination's short run holds. */
export async function expectProven(
  combination: Combination,
  template: object = combinationTemplate(combination),
): Promise<void> {
  const asked = attacksOf(combination);
  expectWithstood(describeCombination(combination), asked, await prove(JSON.stringify(template), '--only', ...asked));
}

/**
 * The real servers take what was synthesised, and each attack of the short run is refused by somebody who can be named while its control
 * succeeds. A failure shows the combination, its seed, and what was seen of every attack that is not so.
 */
export function expectWithstood(combination: string, asked: readonly string[], { exitCode, report }: Proof): void {
  const withstood = report.attacks.filter(
    ({ verdict, control }) => verdict === 'holds' && control.verdict === 'succeeded',
  );
  // One comparison, so that a failure shows all that is known of what happened.
  expect({
    combination,
    seed: SEED,
    exitCode,
    withstood: withstood.map(({ id }) => id).toSorted(),
    others: report.attacks.filter((attack) => !withstood.includes(attack)),
    skipped: report.skipped,
    doubtful: report.claims.filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven'),
  }).toEqual({
    combination,
    seed: SEED,
    exitCode: 0,
    withstood: asked.toSorted(),
    others: [],
    skipped: [],
    doubtful: [],
  });
}
