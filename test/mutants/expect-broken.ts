import { listAttacks } from '../../lib/prove';
import type { Cloud } from './cloud';
import { type Mutant, mutate } from './mutant';
import { proveFile } from './prove';

/** The attack must succeed on the mutant and break its claim, while its control, which is what must still work, succeeds, too. */
export async function expectBroken<File, Of extends string>(
  cloud: Cloud<File, Of>,
  mutant: Mutant<File, Of>,
): Promise<void> {
  const file = mutate(cloud.secure(mutant.example ?? cloud.usual), mutant);
  const slow = listAttacks().some((attack) => attack.id === mutant.attack && attack.slow) ? ['--slow'] : [];
  const once = (): ReturnType<typeof proveFile> =>
    proveFile(cloud.fileName, JSON.stringify(file), '--only', mutant.attack, ...slow);
  const first = await once();
  // A deployment that a busy machine let starve shows nothing. It is booted once more; one that is found safe is not.
  const { exitCode, report } = first.report.attacks[0]?.verdict === 'unproven' ? await once() : first;
  const [attack] = report.attacks;
  const skipped = report.skipped.find(({ id }) => id === mutant.attack);
  // One comparison, so that a failure shows all that is known of what happened.
  expect({
    exitCode,
    attack: attack?.verdict ?? skipped,
    control: attack?.control.verdict,
    claim: report.claims.find(({ id }) => id === attack?.claim)?.verdict ?? report.claims,
    seen: `${attack?.observed} | ${attack?.refusedBy} | control: ${attack?.control.observed}`,
  }).toEqual({ exitCode: 1, attack: 'broken', control: 'succeeded', claim: 'broken', seen: expect.any(String) });
}
