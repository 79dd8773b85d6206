import { nearIds } from '../claims/near-ids';
import type { Attack } from './attack';
import { CATALOGUE } from './catalogue';

/** An id was asked for that no attack has. Nothing was looked at. */
export class UnknownAttackError extends Error {
  /** @param ofClaim ids of the attacks that test the claim of that id, where it is one */
  public constructor(id: string, known: readonly string[], ofClaim: readonly string[] = []) {
    const near = nearIds(id, known);
    const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : '--list shows all of them';
    const claim = `that is a claim, tested by ${ofClaim.join(' ')}`;
    super(`there is no attack ${JSON.stringify(id)}; ${ofClaim.length > 0 ? claim : hint}`);
    this.name = 'UnknownAttackError';
  }
}

/**
 * The attacks with these ids; all of them when nothing is asked for.
 *
 * @throws UnknownAttackError
 */
export function chooseAttacks(
  ids: readonly string[] | undefined,
  catalogue: readonly Attack[] = CATALOGUE,
): readonly Attack[] {
  if (ids === undefined) return catalogue;
  const known = catalogue.map((attack) => attack.id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    const ofClaim = catalogue.filter(({ claim }) => claim === unknown).map(({ id }) => id);
    throw new UnknownAttackError(unknown, known, ofClaim);
  }
  return catalogue.filter((attack) => ids.includes(attack.id));
}
